"""How SQLAlchemy reaches SQLite: what may wait is one visit to the connection's thread, what cannot is none.

SQLAlchemy's own adapter makes four visits of each statement, which made `Send` 20 times as slow as its rows.
To begin or to commit may wait for a lock or the disk, and goes to the thread. Between the two a statement
waits for nobody: what it reads and writes are pages in memory. It takes less time than the way there.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy import Dialect, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

Statement = Callable[[sqlite3.Cursor], object]
"""Runs one statement on the cursor that it is given."""


@dataclass(frozen=True, slots=True)
class _Ran:
    """What a statement left, its cursor closed."""

    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Holds no cursor of the driver's: there is none once its statement has run."""

    __slots__ = ("_ran",)

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = deque()
        self._ran = _Ran([], None, -1, None)

    @property
    def description(self) -> Any:
        return self._ran.description

    @property
    def rowcount(self) -> int:
        return self._ran.rowcount

    @property
    def lastrowid(self) -> Any:
        return self._ran.lastrowid

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        # SQLAlchemy can wait in a greenlet alone: whoever calls from elsewhere wants no waiting.
        if in_greenlet():
            return super().execute(operation, parameters)
        return self._run_here(lambda cursor: cursor.execute(operation, parameters or ()))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        if in_greenlet():
            return super().executemany(operation, seq_of_parameters)
        return self._run_here(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        told = () if parameters is None else parameters
        await self._run(lambda cursor: cursor.execute(operation, told))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._run(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    def _run_here(self, statement: Statement) -> None:
        connection: Any = self._connection
        self._ran = _run(connection._conn, statement)
        self._rows = deque(self._ran.rows)

    async def _run(self, statement: Statement) -> None:
        connection: Any = self._connection
        self._ran = await connection._execute(_run, connection._conn, statement)
        self._rows = deque(self._ran.rows)

    async def _async_soft_close(self) -> None:
        """It is closed already; the rows stay to be read."""

    def close(self) -> None:
        self._rows.clear()


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls: type[AsyncAdapt_aiosqlite_cursor] = _Cursor


def use(engine: AsyncEngine) -> None:
    """Let this engine connect in this way."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect(dialect: Dialect, _record: object, args: list[Any], told: dict[str, Any]) -> _Connection:
        connection: Any = aiosqlite.connect(*args, **{**told, "check_same_thread": False})
        # A program that ends without closing must not wait for this thread.
        connection._thread.daemon = True
        return _Connection(dialect.dbapi, await_only(connection))


def _run(connection: sqlite3.Connection, statement: Statement) -> _Ran:
    """In the connection's thread, or where its result is wanted."""
    cursor = connection.cursor()
    try:
        statement(cursor)
        rows = cursor.fetchall() if cursor.description else []
        return _Ran(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
