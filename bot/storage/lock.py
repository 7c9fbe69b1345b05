"""One process a database."""

import fcntl
import os
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds this state directory."""


class Lock:
    """A lock on a file: gone with the process that took it, however that ended."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Raises AlreadyRunning when another process has it."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise AlreadyRunning(str(self._path.parent)) from error
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
