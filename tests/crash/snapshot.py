"""What the files of a killed bot contain, read from a copy: the bot itself still has to recover them."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from bot.ids import PersonId
from bot.storage.driver import sqlite
from bot.vault.keyring import Keyring
from bot.vault.sealing import Cell, SealedText, Vault
from tests.database_file import open_file
from tests.system.places import rows_of

DATABASE, KEYS = "plumbline.db", "keys.json"
SHARED_MEMORY = "-shm"
"""The end of the name of a file that SQLite makes again from the journal."""


class Snapshot:
    """A database, and the keys that open the sealed texts in it."""

    def __init__(self, connection: sqlite.Connection, vault: Vault) -> None:
        connection.row_factory = sqlite.Row
        self._connection = connection
        self._vault = vault

    @property
    def vault(self) -> Vault:
        return self._vault

    @property
    def tables(self) -> list[str]:
        return [
            str(name)
            for (name,) in map(tuple, self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        ]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def has(self, statement: str, *values: Any) -> bool:
        return bool(self.rows(statement, *values))

    def person(self, account: int) -> str:
        """Return the id of a Discord account; empty if the bot has not heard of it."""
        finger = self._vault.finger("account", str(account))
        found = self.rows(
            "SELECT id FROM people WHERE finger = ?1 UNION SELECT id FROM strangers WHERE finger = ?1", finger
        )
        return str(found[0]["id"]) if found else ""

    def opened(self, cell: Cell) -> str:
        """Return a sealed text; empty if there is none, or if its key is gone."""
        found = self.rows(f"SELECT {cell.column} AS text FROM {cell.table} WHERE id = ?", cell.row)
        keys = self.rows(
            'SELECT ring_key, wrapped FROM data_keys WHERE "case" = ? AND author = ?', cell.case, cell.author
        )
        if not found or not keys:
            return ""
        sealed = SealedText(found[0]["text"], (keys[0]["ring_key"], keys[0]["wrapped"]))
        return self._vault.open(cell, sealed) or ""

    def is_whole(self) -> bool:
        return [tuple(row) for row in self.rows("PRAGMA integrity_check")] == [("ok",)]


class ServerSnapshot(Snapshot):
    """The rows of bots that share a database on a server."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @property
    def tables(self) -> list[str]:
        found = self.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
        return [str(row["name"]) for row in found]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        return rows_of(self._engine, statement, values)

    def is_whole(self) -> bool:
        """Whether the server says so: it keeps its own files whole, so nobody looks at each page."""
        return self.has("SELECT 1 FROM installation")


def cell(case: str, author: str, table: str, column: str, row: str, written: int) -> Cell:
    return Cell(case, PersonId(author), table, column, row, written)


@contextmanager
def snapshot_of(state: Path) -> Iterator[Snapshot | None]:
    """Yield the files of a state directory whose bot has ended; None if it has no database yet."""
    with TemporaryDirectory(prefix="plumbline-crash-") as folder:
        place = Path(folder)
        if state.exists():
            copy(state, place)
        if not (place / DATABASE).exists() or not (place / KEYS).exists():
            yield None
            return
        with closing(open_file(place / DATABASE)) as connection:
            yield Snapshot(connection, Vault(Keyring.load(place / KEYS)))


@contextmanager
def in_use(state: Path) -> Iterator[Snapshot]:
    """Yield a view of the database of a bot that is running, without changing its files."""
    with closing(open_file(state / DATABASE, "mode=ro")) as connection:
        yield Snapshot(connection, Vault(Keyring.load(state / KEYS)))


def copy(state: Path, place: Path) -> None:
    """Copy what a crash would leave of a state directory."""
    for one in sorted(state.iterdir()):
        if one.is_file() and not one.name.endswith(SHARED_MEMORY):
            shutil.copy(one, place)
