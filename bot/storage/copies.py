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
class Parked:
    """How many timers of a kind were given up on, and the type of the error in which each try ended."""

    kind: str
    error: str
    count: int


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the file shows: is it whole, its schema's revision, and which timers are parked."""

    whole: bool
    revision: str | None = None
    parked: tuple[Parked, ...] = ()


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
    """Read the file without changing it, nor what lies beside it; a bot may be at work on it."""
    alone = not _in_use(path)
    # To read a file in WAL mode makes a journal beside it, if there is none: a restore would refuse that.
    health = _health(path, "immutable=1" if alone else "mode=ro")
    began_meanwhile = alone and _in_use(path)
    return _health(path, "mode=ro") if began_meanwhile else health


def _health(path: Path, how: str) -> Health:
    try:
        with closing(_reader(path, how)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            return Health(
                whole and bool(tables),
                _one(connection, "SELECT version_num FROM alembic_version")
                if "alembic_version" in tables
                else None,
                _parked(connection) if "agenda" in tables else (),
            )
    except sqlite3.DatabaseError:
        return Health(whole=False)


def _parked(connection: sqlite3.Connection) -> tuple[Parked, ...]:
    rows = connection.execute(
        "SELECT kind, parked, count(*) FROM agenda WHERE parked IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return tuple(Parked(*row) for row in rows)


def _one(connection: sqlite3.Connection, statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return None if row is None else row[0]


def _reader(path: Path, how: str = "mode=ro") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)


def _in_use(path: Path) -> bool:
    """Somebody has it open, or was killed while they had."""
    return any(journal.exists() for journal in _journals(path))


def _journals(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _refuse_to_overwrite(target: Path) -> None:
    """A journal left beside a missing database would be played into the new one."""
    for there in (target, *_journals(target)):
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
