"""Copy and inspect the database file."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from bot.storage.authorizer import COPYING, INSPECTING
from bot.storage.connecting import connect
from bot.storage.driver import sqlite
from bot.storage.encryption import export, journals
from bot.storage.file_keys import FileKey, FileKeys, key_of
from bot.storage.files import or_nothing, sync_folder
from bot.storage.unavailable import Damaged, unavailable

T = TypeVar("T")


class NotOverwritten(Exception):
    """The target exists already: a database, or the journal of one."""


class NotADatabase(Exception):
    """The file is not a whole SQLite database."""


class ParkedCount(Struct, frozen=True):
    """How many timers of a kind were given up, and the type of the error that their last try raised."""

    kind: str
    error: str
    count: int


class Health(Struct, frozen=True):
    """Whether the file is intact, its schema's revision, and the timers that were given up."""

    whole: bool
    revision: str | None = None
    parked: tuple[ParkedCount, ...] = ()


def backup(source: Path, target: Path, keys: FileKeys | None = None) -> None:
    """Copy a database, which may be in use, into a file that only its owner can read.

    With keys, the copy is encrypted with the current one, whichever the source is encrypted with, if any.
    The target appears only when it is whole, even if the process is killed. Raises FileNotFoundError if there
    is no source, NotOverwritten if the target exists, NotADatabase if the source is damaged, WrongKey, and
    StorageUnavailable if the disk is full or fails.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    refuse_to_overwrite(target)
    partial = _partial_of(target)
    # A journal that a killed backup left would be applied to the new copy.
    for left in (partial, *journals(partial)):
        left.unlink(missing_ok=True)
    with or_nothing(partial):
        try:
            _copy(source, partial, keys)
        except (sqlite.DatabaseError, Damaged) as failed:
            because = unavailable(failed)
            if because is None or isinstance(because, Damaged):
                raise NotADatabase(source) from failed
            raise because from failed
        if not look_at(partial, keys).whole:
            raise NotADatabase(source)
        refuse_to_overwrite(target)
        partial.rename(target)
        sync_folder(target.parent)


def delete(copy: Path) -> None:
    """Delete a copy, and everything that was written on the way to it or beside it."""
    for end in ("", ".partial", ".encrypting", ".moving"):
        written = copy.with_name(f"{copy.name}{end}")
        for left in (written, *journals(written)):
            left.unlink(missing_ok=True)


def look_at(path: Path, keys: FileKeys | None = None) -> Health:
    """Inspect the file without changing it or creating files beside it. The bot may be using it.

    Raises WrongKey, and StorageUnavailable if it can't be read right now, which doesn't mean that it is
    damaged.
    """
    try:
        return examined(path, _health, keys)
    except (sqlite.DatabaseError, Damaged) as failed:
        because = unavailable(failed)
        if because is not None and not isinstance(because, Damaged):
            raise because from failed
        return Health(whole=False)


def examined(path: Path, read: Callable[[sqlite.Connection], T], keys: FileKeys | None = None) -> T:
    """Return what `read` finds in the file, without creating files beside it. The bot may be using it.

    Raises WrongKey, Damaged, and what SQLite raises.
    """
    key, alone = key_of(path, keys), not in_use(path)
    # Reading a file in WAL mode creates a journal beside it, and `restore` would then refuse to overwrite it.
    with closing(connect(path, key, INSPECTING, "immutable=1" if alone else "mode=ro")) as connection:
        try:
            found = read(connection)
        except sqlite.DatabaseError:
            if not (alone and in_use(path)):
                raise
        else:
            if not (alone and in_use(path)):
                return found
    # The bot has begun in the meantime, so the file may have changed while it was read.
    with closing(connect(path, key_of(path, keys), INSPECTING, "mode=ro")) as connection:
        return read(connection)


def _partial_of(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.partial")


def _copy(source: Path, partial: Path, keys: FileKeys | None) -> None:
    old, new = key_of(source, keys), None if keys is None else keys.fresh()
    with closing(connect(source, old, COPYING, "mode=ro")) as original:
        if old is None and new is not None:
            # SQLite copies pages, and those of a plain file are no pages of an encrypted one.
            export(original, partial, new)
        else:
            _copy_pages(original, partial, new)


def _copy_pages(original: sqlite.Connection, partial: Path, key: FileKey | None) -> None:
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(partial, key, COPYING)) as copy:
        original.backup(copy)
        # In WAL mode, opening the copy would create a journal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _health(connection: sqlite.Connection) -> Health:
    whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return Health(
        whole and bool(tables),
        _one(connection, "SELECT version_num FROM alembic_version") if "alembic_version" in tables else None,
        _parked(connection) if "agenda" in tables else (),
    )


def _parked(connection: sqlite.Connection) -> tuple[ParkedCount, ...]:
    rows = connection.execute(
        "SELECT kind, parked, count(*) FROM agenda WHERE parked IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return tuple(ParkedCount(*row) for row in rows)


def _one(connection: sqlite.Connection, statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return None if row is None else row[0]


def in_use(path: Path) -> bool:
    """Whether a process has the database open, or was killed while it had it open."""
    return any(journal.exists() for journal in journals(path))


def refuse_to_overwrite(target: Path) -> None:
    """Refuse a journal as well: SQLite would apply one that was left behind to the new database."""
    for there in (target, *journals(target)):
        if there.exists() or there.is_symlink():
            raise NotOverwritten(there)
