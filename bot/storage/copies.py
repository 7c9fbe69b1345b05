"""Copies of the database file, and a look at it as it lies there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NotOverwritten(Exception):
    """Something is there already: a database, or the journal of one."""


class NotADatabase(Exception):
    """The file is not a whole SQLite database."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the file shows: is it whole, its schema's revision, and how many timers are parked."""

    whole: bool
    revision: str | None = None
    parked: int = 0


def backup(source: Path, target: Path) -> None:
    """Copy a database that may be in use, into a file for its owner alone; nothing half-written stays.

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
    """Put a backup where the database belongs, in a folder for its owner alone. Raises as `backup` does."""
    if not source.is_file():
        raise FileNotFoundError(source)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup(source, target)


def look_at(path: Path) -> Health:
    """Read the file without changing it."""
    try:
        with closing(_reader(path)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            return Health(
                whole and bool(tables),
                _one(connection, "SELECT version_num FROM alembic_version")
                if "alembic_version" in tables
                else None,
                _one(connection, "SELECT count(*) FROM agenda WHERE parked IS NOT NULL")
                if "agenda" in tables
                else 0,
            )
    except sqlite3.DatabaseError:
        return Health(whole=False)


def _one(connection: sqlite3.Connection, statement: str) -> Any:
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
