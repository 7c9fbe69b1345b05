"""A lock file, so that only one process uses a database. It also gives that process a lasting name."""

import fcntl
import os
from pathlib import Path
from typing import Self

from bot.ids import new_id
from bot.storage.files import make_folder


class AlreadyRunning(Exception):
    """Another process is using this state directory."""


class Lock:
    """A lock on a file. The operating system releases it when the process ends, however it ends.

    Within one process, the last Lock to take it has it: SimCord restarts a bot without closing the old one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._file: int | None = None

    @property
    def holder(self) -> str:
        """The name of whoever has the lock, the same for one process after the other. Take the lock first.

        What a killed process had claimed in the database, the next one can so recognise as its own to free.
        """
        assert self._file is not None, "the lock is not taken"
        known = os.pread(self._file, _LONGEST, 0).decode("ascii", "ignore")
        if not known:
            known = new_id()
            os.pwrite(self._file, known.encode(), 0)
        return known

    def take(self) -> None:
        """Take the lock. Raises AlreadyRunning if another process has it."""
        before = _HOLDERS.get(self._path)
        if before is not None and before is not self:
            self._file, before._file = before._file, None
        if self._file is None:
            self._file = self._taken()
        _HOLDERS[self._path] = self

    def release(self) -> None:
        """Release the lock, unless another Lock of this process has taken it over."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            _HOLDERS.pop(self._path, None)

    def _taken(self) -> int:
        make_folder(self._path.parent)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            raise AlreadyRunning(str(self._path.parent)) from error
        return file

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def holder_of(path: Path) -> str:
    """Return the name that whoever has this lock was given; empty if nobody ever had it."""
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("ascii", "ignore")
    except FileNotFoundError:
        return ""


_LONGEST = 64
"""How many bytes of the file are read: more than any name has."""
_HOLDERS: dict[Path, Lock] = {}
"""The Lock that has each file, in this process."""
