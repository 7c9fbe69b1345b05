"""`plumbline backup`: copy the database, which may be in use, check the copy, and encrypt it.

The copy is always a database file, also of a database on a server. So there is one kind of backup, which can
be restored to either, and rehearsed without a server.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from bot.backups import age
from bot.backups.rotation import Keep, name_at, rotate
from bot.settings import Settings
from bot.state_dir import file_keys
from bot.storage import copies
from bot.storage.copies import NotADatabase, NotOverwritten
from bot.storage.files import or_nothing, sync_folder
from bot.storage.lock import Lock
from bot.storage.moving import copy_to_file
from bot.storage.source import FileSource
from bot.vault.deletion_file import DeletionFile
from bot.vault.keyring import Keyring
from bot.vault.usage import fits

_PARTIAL = ".plumbline-backup.partial"
_NO_NAMELESS_FILES = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL)
"""How a file system says that it doesn't know files without a name."""


class Made(Struct, frozen=True):
    """The backup, the older ones that were deleted, and how many lines of the deletion log went with them."""

    path: Path
    deleted: tuple[Path, ...] = ()
    lines: int = 0


def backup(settings: Settings, target: Path, public: str, keep: Keep | None, now: datetime) -> Made:
    """Make a backup in a folder, or with a name, and then delete those of the folder that aren't kept.

    Raises FileNotFoundError if there is no database, NotOverwritten, NotADatabase if it is damaged,
    NotCurrent if one on a server is not of this version, AlreadyRunning if another backup is being made, what reading the key file raises, OSError and
    StorageUnavailable.
    """
    if settings.database_url is None and not settings.database_path.is_file():
        raise FileNotFoundError(settings.database_path)
    path = target / name_at(now) if target.is_dir() else target
    if path.exists() or path.is_symlink():
        raise NotOverwritten(path)
    ring = Keyring.load(settings.key_path)
    with Lock(settings.backup_lock_path), _checked_copy(settings, ring) as copy:
        _encrypt(copy, path, public)
    return _rotated(settings, ring, path, keep, now) if keep is not None else Made(path)


@contextmanager
def _checked_copy(settings: Settings, ring: Keyring) -> Iterator[Path]:
    """Yield a copy beside the database that can be opened, and delete it afterwards."""
    copy, keys = settings.backup_copy_path, file_keys(ring)
    copies.delete(copy)
    with or_nothing(copy):
        if settings.database_url is None:
            copies.backup(settings.database_path, copy, keys)
        else:
            copy_to_file(settings.database_url, copy, keys)
        if copies.look_at(copy, keys).revision is None or not fits(FileSource(copy, keys), ring):
            raise NotADatabase(settings.database_path)
        yield copy
    copies.delete(copy)


def _encrypt(copy: Path, path: Path, public: str) -> None:
    with copy.open("rb") as plain, _appearing_whole(path) as encrypted:
        age.encrypt(plain, encrypted, public)


@contextmanager
def _appearing_whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that gets its name after the block. Until then a killed process leaves nothing of it."""
    left = path.with_name(_PARTIAL)
    left.unlink(missing_ok=True)
    file = _nameless(path.parent)
    if file is not None:
        with os.fdopen(file, "w+b") as written:
            yield written
            _flush(written)
            _name(written.fileno(), path)
    else:
        with or_nothing(left):
            file = os.open(left, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "w+b") as written:
                yield written
                _flush(written)
            if path.exists():
                raise NotOverwritten(path)
            left.rename(path)
    sync_folder(path.parent)


def _nameless(folder: Path) -> int | None:
    """Return a new file without a name; None if that isn't possible there."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno not in _NO_NAMELESS_FILES or not folder.is_dir():
            raise
        return None


def _name(file: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # With a folder's descriptor Python follows the link in /proc to the file itself.
        os.link(
            f"/proc/self/fd/{file}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True
        )
    except FileExistsError as there:
        raise NotOverwritten(path) from there
    finally:
        os.close(folder)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _rotated(settings: Settings, ring: Keyring, path: Path, keep: Keep, now: datetime) -> Made:
    deleted, oldest = rotate(path.parent, path, keep)
    lines = 0
    if oldest is not None:
        log = DeletionFile(settings.deletions_path, ring)
        lines = log.forget_before(min(oldest, _earliest(keep, now)))
    return Made(path, tuple(deleted), lines)


def _earliest(keep: Keep, now: datetime) -> date:
    """Return the day from which the deletion log is kept even if this folder has no backup of then.

    Otherwise the first backup in a new folder would make those in another folder impossible to restore.
    """
    return (now - keep.span).date()
