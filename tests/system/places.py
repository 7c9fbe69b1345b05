"""Where the bot of a test keeps its rows: in a file, or in a database of the embedded PostgreSQL server.

Rows are read and changed directly, without the bot's services. The placeholders in a statement are those of
SQLite: `?` or `?1`.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, TextClause, text

from bot.settings import Settings
from bot.state_dir import file_keys
from bot.storage import copies
from bot.storage.driver import sqlite
from bot.vault.keyring import Keyring
from tests import databases
from tests.database_file import open_file

DATABASE = "plumbline.db"
_PLACEHOLDER = re.compile(r"\?(\d*)")
Row = Any
"""A row that gives its values by their columns' names."""


class Place(Protocol):
    """The rows of one bot. Nobody may use it while it is copied or replaced."""

    @property
    def settings(self) -> Settings: ...
    def take(self, source: Path) -> None:
        """Begin with the rows of another place, named by its state folder."""
        ...

    def open(self) -> None: ...
    def close(self) -> None: ...
    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]: ...
    def change(self, statement: str, values: Sequence[Any]) -> None: ...
    def back_up(self, target: Path) -> None: ...
    def restore(self, source: Path) -> None: ...


class FilePlace:
    """A database file in the state folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.book: sqlite.Connection

    def take(self, source: Path) -> None:
        shutil.copy(source / DATABASE, self.settings.state_dir)

    def open(self) -> None:
        self.book = open_file(self.settings.database_path)
        self.book.row_factory = sqlite.Row

    def close(self) -> None:
        self.book.close()

    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]:
        return self.book.execute(statement, values).fetchall()

    def change(self, statement: str, values: Sequence[Any]) -> None:
        self.book.execute(statement, values)

    def back_up(self, target: Path) -> None:
        copies.backup(self.settings.database_path, target, file_keys(Keyring.load(self.settings.key_path)))

    def restore(self, source: Path) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.settings.database_path}{end}").unlink(missing_ok=True)
        shutil.copy(source, self.settings.database_path)


class ServerPlace:
    """A database of the embedded server. Copies are databases too."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.state_dir / DATABASE
        self.settings = settings.changed(database_url=databases.address(self._path))
        self._engine: Engine = databases.engine_of(self._path)

    def take(self, source: Path) -> None:
        databases.copy(source / DATABASE, self._path)

    def open(self) -> None:
        """There is nothing to open: each look has a connection of its own."""

    def close(self) -> None:
        """There is nothing to close."""

    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]:
        return rows_of(self._engine, statement, values)

    def change(self, statement: str, values: Sequence[Any]) -> None:
        with self._engine.begin() as connection:
            connection.execute(*_named(statement, values))

    def back_up(self, target: Path) -> None:
        databases.copy(self._path, target)

    def restore(self, source: Path) -> None:
        databases.copy(source, self._path)


def rows_of(engine: Engine, statement: str, values: Sequence[Any]) -> list[Row]:
    """Return rows of a database on a server, for a statement with the placeholders of SQLite."""
    with engine.connect() as connection:
        return [_Named({**row._mapping}) for row in connection.execute(*_named(statement, values))]


def place(settings: Settings) -> Place:
    return ServerPlace(settings) if databases.engine == databases.POSTGRES else FilePlace(settings)


class _Named(tuple[Any, ...]):
    """A row like those of SQLite: a tuple, which also gives its values by their columns' names."""

    def __new__(cls, row: Mapping[str, Any]) -> "_Named":
        made = super().__new__(cls, row.values())
        made._row = row
        return made

    _row: Mapping[str, Any]

    def keys(self) -> list[str]:
        return [*self._row]

    def __getitem__(self, key: Any) -> Any:
        return self._row[key] if isinstance(key, str) else super().__getitem__(key)


def _named(statement: str, values: Sequence[Any]) -> tuple[TextClause, dict[str, Any]]:
    numbers = iter(range(1, len(values) + 1))
    # Where a row stands is the nearest that PostgreSQL has to the order in which rows came.
    statement = statement.replace("rowid", "ctid")
    named = _PLACEHOLDER.sub(lambda found: f":v{found[1] or next(numbers)}", statement)
    return text(named), {f"v{number}": value for number, value in enumerate(values, 1)}
