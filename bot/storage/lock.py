"""A lock file, so that only one process uses a database."""

import fcntl
import os
from pathlib import Path
from typing import Self


class AlreadyRunning(Exception):
    """Another process is using this state directory."""


class Lock:
    """A lock on a file. The operating system releases it when the process ends, however it ends.

    Within one process, the last Lock to take it has it: SimCord restarts a bot without closing the old one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._file: int | None = None

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
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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


_HOLDERS: dict[Path, Lock] = {}
"""The Lock that has each file, in this process."""
