"""Move everything from the database file to a database on a server, or back.

All rows are copied in one transaction of the target. Before it is committed, each table is read again on
both sides: the rows have to be equal. The source is only read. So whenever this is interrupted, the source is
as it was, and the target is whole or has nothing of it.
"""

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import Boolean, Column, Connection, Date, MetaData, Table, inspect, text

from bot.storage import schema, server
from bot.storage.authorizer import INSPECTING, WRITING
from bot.storage.connecting import Mode, connect
from bot.storage.copies import delete, in_use, refuse_to_overwrite
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys, key_of
from bot.storage.files import created, or_nothing, sync_folder
from bot.storage.migrate import HEAD, empty, to_head
from bot.text import storable

_BUFFERED = 1_000
_ALWAYS_THERE = ("installation",)
"""Has a row in an empty database too. The source's takes its place."""

_OF_MIGRATIONS = {"alembic_version"}
"""Each side has its own, and both say the same."""
Row = tuple[Any, ...]


class NotCurrent(Exception):
    """The database has another version's schema, or none."""


class NotEmpty(Exception):
    """There are rows in the target already. `table`: where."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class NotEqual(Exception):
    """What was copied isn't what is in the source. `table`: where."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Moved(Struct, frozen=True):
    """How much was moved. changed: the rows from which a character had to be dropped."""

    rows: int
    tables: int
    changed: int = 0


class Side(Protocol):
    """One of the two databases."""

    def tables(self) -> set[str]:
        """Return the names of the tables that are there."""
        ...

    def read(self, table: Table, columns: Sequence[str]) -> Generator[Row]: ...
    def write(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None: ...


class FileSide:
    """The database file, on a connection of its own."""

    def __init__(self, connection: sqlite.Connection) -> None:
        self._connection = connection

    def tables(self) -> set[str]:
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found if not name.startswith("sqlite_")}

    def read(self, table: Table, columns: Sequence[str]) -> Generator[Row]:
        yield from self._connection.execute(f"SELECT {_listed(columns)} FROM {_quoted(table.name)}")

    def write(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        places = ", ".join("?" for _ in columns)
        self._connection.executemany(
            f"INSERT INTO {_quoted(table.name)} ({_listed(columns)}) VALUES ({places})", rows
        )


class ServerSide:
    """The database on the server, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # psycopg's own connection: SQLAlchemy has no COPY, and no cursor on the server that ends by itself.
        self._driver: Any = connection.connection.driver_connection

    def tables(self) -> set[str]:
        return {*inspect(self._connection).get_table_names()}

    def read(self, table: Table, columns: Sequence[str]) -> Generator[Row]:
        with self._driver.cursor("rows") as cursor:
            cursor.itersize = _BUFFERED
            cursor.execute(f"SELECT {_listed(columns)} FROM {_quoted(table.name)}")
            yield from cursor

    def write(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        statement = f"COPY {_quoted(table.name)} ({_listed(columns)}) FROM STDIN"
        with self._driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def count_on(self, table: Table) -> None:
        """Let the numbers that the server gives to new rows go on after the highest that there is."""
        column = table.autoincrement_column
        if column is not None:
            name, highest = _quoted(table.name), f"coalesce(max({_quoted(column.name)}), 0)"
            sequence = "pg_get_serial_sequence(:table, :column)"
            statement = text(f"SELECT setval({sequence}, {highest} + 1, false) FROM {name}")
            self._connection.execute(statement, {"table": name, "column": column.name})


def to_server(file: Path, keys: FileKeys, url: str, tables: MetaData = schema.metadata) -> Moved:
    """Copy the file's rows into an empty database on a server.

    Raises NotCurrent, NotEmpty, NotEqual, InUse, WrongKey, StorageUnavailable and what SQLite raises.
    """
    # Opened otherwise, a file would get a journal beside it. Only a bot that was killed leaves one.
    mode: Mode = "mode=ro" if in_use(file) else "immutable=1"
    with server.alone(url) as connection:
        with closing(connect(file, key_of(file, keys), INSPECTING, mode)) as source:
            source.execute("BEGIN")
            _require_current(_revision_of(source))
            _make_empty(connection, tables)
            side = ServerSide(connection)
            moved = _copy(FileSide(source), _as_on_server, side, tables)
        for table in tables.sorted_tables:
            side.count_on(table)
        connection.commit()
    return moved


def to_file(url: str, file: Path, keys: FileKeys, tables: MetaData = schema.metadata) -> Moved:
    """Copy the rows of a database on a server into a new file. It appears only when it is whole.

    Raises NotCurrent, NotOverwritten, NotEqual, InUse, StorageUnavailable and what SQLite raises.
    """
    with server.alone(url) as connection:
        return _into_new_file(connection, file, keys, tables)


def copy_to_file(url: str, file: Path, keys: FileKeys, tables: MetaData = schema.metadata) -> Moved:
    """Do the same while bots use the database: the file holds one state of it. Nobody waits for that."""
    with server.connected(url, statement_timeout="0", default_transaction_read_only="on") as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _into_new_file(connection, file, keys, tables)


# -- inside -------------------------------------------------------------------------------------------


def _into_new_file(connection: Connection, file: Path, keys: FileKeys, tables: MetaData) -> Moved:
    refuse_to_overwrite(file)
    # As `copies.delete` knows it, so that what a killed process left is found.
    unfinished = file.with_name(f"{file.name}.moving")
    delete(unfinished)
    with or_nothing(unfinished):
        _require_current(_revision_on(connection))
        with os.fdopen(created(unfinished, like=file.parent), "wb") as new:
            new.write(empty(keys))
        with closing(connect(unfinished, key_of(unfinished, keys), WRITING, "mode=rw")) as target:
            target.execute("BEGIN IMMEDIATE")
            for name in _ALWAYS_THERE:
                target.execute(f"DELETE FROM {_quoted(name)}")
            moved = _copy(ServerSide(connection), _as_in_file, FileSide(target), tables)
            target.execute("COMMIT")
        refuse_to_overwrite(file)
        unfinished.rename(file)
        sync_folder(file.parent)
    return moved


def _make_empty(connection: Connection, tables: MetaData) -> None:
    """Make all tables, if there are none. Raises NotCurrent, and NotEmpty if one of them has rows."""
    there = {*inspect(connection).get_table_names()}
    if not there:
        to_head(connection)
    _require_current(_revision_on(connection))
    for table in tables.sorted_tables:
        found = connection.exec_driver_sql(f"SELECT 1 FROM {_quoted(table.name)} LIMIT 1").first()
        if found is not None and table.name not in _ALWAYS_THERE:
            raise NotEmpty(table.name)
    for name in _ALWAYS_THERE:
        connection.exec_driver_sql(f"DELETE FROM {_quoted(name)}")


Form = Callable[[Row], Row]
"""Turns a row of the source into one of the target."""


def _copy(
    source: Side, form: Callable[[Table], Form], target: Side, tables: MetaData = schema.metadata
) -> Moved:
    if unknown := source.tables() - tables.tables.keys() - _OF_MIGRATIONS:
        # A table is declared when its slice is imported. Without that, this would leave some out.
        raise NotImplementedError(f"tables that no imported module declares: {sorted(unknown)}")
    rows = changed = 0
    for table in tables.sorted_tables:
        columns, formed, lost = [one.name for one in table.columns], form(table), _Lost()
        with closing(source.read(table, columns)) as found:
            target.write(table, columns, map(formed, found))
        wanted = (lost.seen(row, formed(row)) for row in source.read(table, columns))
        if (before := _digest(wanted)) != _digest(target.read(table, columns)):
            raise NotEqual(table.name)
        rows, changed = rows + before[0], changed + lost.rows
    return Moved(rows, len(tables.sorted_tables), changed)


class _Lost:
    """Counts the rows from which a character was dropped."""

    def __init__(self) -> None:
        self.rows = 0

    def seen(self, before: Row, after: Row) -> Row:
        self.rows += _lost_a_character(before, after)
        return after


def _lost_a_character(before: Row, after: Row) -> bool:
    return any(
        isinstance(one, str) and isinstance(kept, str) and one != kept
        for one, kept in zip(before, after, strict=True)
    )


def _as_on_server(table: Table) -> Form:
    return partial(_turned, [_on_server(one) for one in table.columns])


def _as_in_file(table: Table) -> Form:
    return partial(_turned, [_in_file(one) for one in table.columns])


def _turned(turns: Sequence[Callable[[Any], Any]], row: Row) -> Row:
    return tuple(None if value is None else turn(value) for turn, value in zip(turns, row, strict=True))


def _on_server(column: Column[Any]) -> Callable[[Any], Any]:
    """Return what turns a value of this column from the file into the server's."""
    match column.type:
        case Boolean():
            return bool
        case Date():
            return date.fromisoformat
    return lambda value: storable(value) if isinstance(value, str) else value


def _in_file(column: Column[Any]) -> Callable[[Any], Any]:
    match column.type:
        case Boolean():
            return int
        case Date():
            return date.isoformat
    return lambda value: value


def _digest(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many rows there are, and a number that is the same for the same rows in any order."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest())
    return count, total % 2**256


def _revision_of(file: sqlite.Connection) -> str | None:
    there = file.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    row = file.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    return None if row is None else str(row[0])


def _revision_on(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _require_current(revision: str | None) -> None:
    if revision != HEAD:
        raise NotCurrent(revision)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))
