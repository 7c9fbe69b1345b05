"""Copies of the database file, its state at rest, and the lock that keeps it to one process."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds the lock."""


class NotOverwritten(Exception):
    """Something is there already: a database, or the journal of one."""


class NotADatabase(Exception):
    """The file is not a whole SQLite database."""


class Lock:
    """One process a database: a lock on a file, which the system lets go of when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def take(self) -> None:
        """Raises AlreadyRunning when another holds it. The folder is made, for its owner alone."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(held)
            raise AlreadyRunning from taken
        self._held = held

    def release(self) -> None:
        """Let go; where it is not held, do nothing."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the file shows: whether it is whole, the revision of its schema, how many timers are parked."""

    whole: bool
    revision: str | None = None
    parked: int = 0


def backup(source: Path, target: Path) -> None:
    """Copy a database that may be in use, into a file for its owner alone; nothing half-written is left behind.

    Raises FileNotFoundError without a source, NotOverwritten when something is at the target, NotADatabase.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    _refuse_to_overwrite(target)
    with _owned(target):
        try:
            with closing(_reader(source)) as original, closing(sqlite3.connect(target)) as copy:
                original.backup(copy)
                # One file, not three: a copy in WAL mode would grow a journal wherever it is opened.
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as broken:
            raise NotADatabase(source) from broken
        if not look_at(target).whole:
            raise NotADatabase(source)


def restore(source: Path, target: Path) -> None:
    """Put a backup where the database belongs. Raises as `backup` does; the folder is made, for its owner alone."""
    if not source.is_file():
        raise FileNotFoundError(source)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup(source, target)


def look_at(path: Path) -> Health:
    """Read the file without changing it."""
    try:
        with closing(_reader(path)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return Health(
                whole and bool(tables),
                _one(connection, "SELECT version_num FROM alembic_version") if "alembic_version" in tables else None,
                _one(connection, "SELECT count(*) FROM agenda WHERE parked IS NOT NULL") if "agenda" in tables else 0,
            )
    except sqlite3.DatabaseError:
        return Health(whole=False)


def _one(connection: sqlite3.Connection, statement: str) -> int | str | None:
    row = connection.execute(statement).fetchone()
    return None if row is None else row[0]


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _refuse_to_overwrite(target: Path) -> None:
    """A journal left beside a missing database would be played into the new one."""
    for there in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm", "-journal"))):
        if there.exists() or there.is_symlink():
            raise NotOverwritten(there)


@contextmanager
def _owned(target: Path) -> Iterator[None]:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise
