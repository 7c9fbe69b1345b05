"""A database that a command looks at, also while bots use it. `server.py` has the one on a server."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from bot.storage import copies
from bot.storage.copies import Health, examined
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys

T = TypeVar("T")

Rows = Callable[..., Sequence[tuple[Any, ...]]]
"""Runs a statement, whose values are named `:name`, and returns its rows: `rows(statement, {"name": 1})`."""


class Source(Protocol):
    """Where to look."""

    @property
    def there(self) -> bool:
        """Whether there is a database."""
        ...

    def look(self, work: Callable[[Rows], T]) -> T:
        """Return what `work` finds, in one state of the database.

        Raises WrongKey, Damaged, StorageUnavailable and what SQLite raises.
        """
        ...

    def has(self, table: str) -> bool:
        """Whether it has a table of this name. Raises what `look` raises."""
        ...

    def health(self) -> Health:
        """Raises WrongKey and StorageUnavailable."""
        ...


class FileSource(Struct, frozen=True):
    """The database file."""

    path: Path
    keys: FileKeys | None = None

    @property
    def there(self) -> bool:
        return self.path.is_file()

    def look(self, work: Callable[[Rows], T]) -> T:
        return examined(self.path, lambda connection: work(partial(_rows_of_file, connection)), self.keys)

    def has(self, table: str) -> bool:
        found = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"
        return bool(self.look(lambda rows: rows(found, {"name": table})))

    def health(self) -> Health:
        return copies.look_at(self.path, self.keys)


def _rows_of_file(
    connection: sqlite.Connection, statement: str, values: Mapping[str, Any] | None = None
) -> Sequence[tuple[Any, ...]]:
    return connection.execute(statement, values or {}).fetchall()
