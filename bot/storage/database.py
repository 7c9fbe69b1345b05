"""One SQLite file behind two engines: a single writer and two readers."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import Refusal
from bot.storage import driver
from bot.storage.tx import Tx

log = logging.getLogger(__name__)

T = TypeVar("T")

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=10000",
)


class Damaged(Exception):
    """The file is not a database, or no longer a whole one."""


class Database:
    """The file and its two engines. `open` before the first use, `close` after the last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        url = f"sqlite+aiosqlite:///{path}"
        # hide_parameters: an error's message must never carry what somebody wrote.
        told: dict[str, Any] = {"max_overflow": 0, "hide_parameters": True, "pool_reset_on_return": None}
        self._writer = create_async_engine(url, pool_size=1, **told)
        self._readers = create_async_engine(url, pool_size=2, **told)
        self._under_way: set[asyncio.Task[Any]] = set()
        _prepare(self._writer, begin="BEGIN IMMEDIATE", pragmas=_PRAGMAS)
        _prepare(self._readers, begin="BEGIN", pragmas=(*_PRAGMAS[1:], "query_only=ON"))

    async def write(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` in one immediate transaction, whole, in a task of its own.

        A cancelled caller may find its work done: a cancellation that reached SQLAlchemy inside a
        transaction could leave a dead connection that holds the write lock.
        """
        if asyncio.current_task() in self._under_way:
            # It would wait for itself: there is one writer.
            raise RuntimeError("a write inside a write")
        task = asyncio.create_task(self._transact(body))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_tell_of_failure)
            raise

    async def read(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` on a reader: a steady view of the file, in which nothing can be written."""
        async with self._readers.connect() as connection, connection.begin():
            return await body(Tx(connection))

    async def open(self) -> None:
        """Open the writer first, so that the file and its journal mode are its doing. Raises Damaged."""
        try:
            async with self._writer.connect() as connection:
                await connection.run_sync(lambda _: None)
        except DatabaseError as error:
            if getattr(error.orig, "sqlite_errorcode", None) in _DAMAGE:
                raise Damaged from None
            raise

    async def migrate(self, upgrade: Callable[[Connection], None]) -> None:
        """Let `upgrade` change the schema on the writer's connection: whole, as every write."""
        await self.write(lambda tx: tx.hand_over(upgrade))

    async def checkpoint(self) -> bool:
        """Fold the journal into the file and empty it of what was erased; False if a reader is in the way."""
        async with self._writer.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            # The one writer must not wait here for a reader as long as it may elsewhere.
            await raw.execute("PRAGMA busy_timeout=50")
            try:
                async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    (busy, _, _) = await cursor.fetchone()
            finally:
                await raw.execute(f"PRAGMA {_PRAGMAS[-1]}")
        return not busy

    async def close(self) -> None:
        """Let the writes under way end, then let go of the file; nothing deleted stays in its journal."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._readers.dispose()
        await self._writer.dispose()

    async def _transact(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        async with self._writer.begin() as connection:
            tx = Tx(connection)
            result = await body(tx)
        tx.committed()
        return result


def _prepare(engine: AsyncEngine, *, begin: str, pragmas: Sequence[str]) -> None:
    driver.use(engine)

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        # The driver must begin none of its own: a deferred transaction cannot be upgraded under contention.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "reset")
    def returned(connection: Any, _record: object, _state: object) -> None:
        # SQLAlchemy would roll back at each return, which is one more visit to the thread.
        if connection.driver_connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _tell_of_failure(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, Refusal):
        log.error("A write failed after its caller had gone: %s", type(error).__name__)
