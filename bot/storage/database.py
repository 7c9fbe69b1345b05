"""The database: what services ask of it, whichever engine answers."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.errors import Refusal
from bot.logs import get_logger
from bot.storage.adapter import Adapter, Damaged
from bot.storage.sqlite import SqliteAdapter
from bot.storage.tx import Tx

__all__ = ["Damaged", "Database"]

log = get_logger(__name__)

T = TypeVar("T")

ATTEMPTS = 12
"""How often a write is run at most, where the engine says that another write was all that stopped it."""


class Database:
    """Reads and writes, each in a transaction. `open` before the first use, `close` after the last."""

    def __init__(self, path: Path, adapter: Adapter | None = None) -> None:
        self.path = path
        self.adapter = adapter or SqliteAdapter(path)
        self._under_way: set[asyncio.Task[Any]] = set()

    async def write(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` in one write transaction, whole, in a task of its own.

        The task is shielded: a caller who was cancelled may find the work done.
        """
        return await self._shielded(self._transact(body))

    async def read(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` in a steady view of the database, in which nothing can be written."""
        async with self.adapter.reading() as tx:
            return await body(tx)

    async def open(self) -> None:
        """Open the database, and make it if there is none. Raises Damaged."""
        await self.adapter.open()

    async def migrate(self, upgrade: Callable[[Connection], None]) -> None:
        """Let `upgrade` change the schema: whole or not at all, as every write."""
        await self._shielded(self._migrate(upgrade))

    async def checkpoint(self) -> bool:
        """Fold the journal into the file and empty it of what was erased; False if a reader is in the way."""
        return await self.adapter.checkpoint()

    async def close(self) -> None:
        """Let the writes under way end, then let go of the file; nothing deleted stays in its journal."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.adapter.close()

    async def _shielded(self, write: Coroutine[Any, Any, T]) -> T:
        if asyncio.current_task() in self._under_way:
            write.close()
            # It would wait for itself: there is one writer.
            raise RuntimeError("a write inside a write")
        task = asyncio.create_task(write)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_log_failure)
            raise

    async def _migrate(self, upgrade: Callable[[Connection], None]) -> None:
        async with self.adapter.migrating() as tx:
            await tx.hand_over(upgrade)

    async def _transact(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self.adapter.writing() as tx:
                    result = await body(tx)
                break
            except Exception as error:
                if attempt == ATTEMPTS or not self.adapter.may_run_again(error):
                    raise
        tx.committed()
        return result


def _log_failure(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, Refusal):
        log.error("A write failed after its caller had gone", error=error)
