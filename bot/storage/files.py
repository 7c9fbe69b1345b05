"""What a change to the files of a folder needs, so that it survives a loss of power."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Create a folder that only its owner can enter, unless it exists. It then survives a power cut."""
    if folder.is_dir():
        return
    above = folder.parent
    if not above.is_dir():
        make_folder(above)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(above)


@contextmanager
def or_nothing(file: Path) -> Iterator[None]:
    """Delete a file that could not be written to its end."""
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Sync the folder, because a file's new name survives a power cut only after that."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def created(path: Path, *, like: Path) -> int:
    """Create a file that only its owner can read, and return it, open. It gets the owner of `like`.

    What an interrupted command left under this name is deleted first: it could have other permissions.
    """
    path.unlink(missing_ok=True)
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    if os.geteuid() == 0 and like.exists():
        # The bot is mostly another user than the administrator who runs a command, and must read the file.
        owner = like.stat()
        os.fchown(opened, owner.st_uid, owner.st_gid)
    return opened


@contextmanager
def alone_in(folder: Path, *, waiting: bool = True) -> Iterator[None]:
    """Be the only one, among all processes, in a block for this folder.

    Raises BlockingIOError if another one is and `waiting` is False. The system ends it with the process.
    """
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX if waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)
