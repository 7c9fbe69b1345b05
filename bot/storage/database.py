"""The database as services use it, whichever engine is behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.errors import Refusal
from bot.logs import get_logger, where
from bot.storage.adapter import Adapter
from bot.storage.file_keys import FileKeys
from bot.storage.sqlite import SqliteAdapter
from bot.storage.tx import Tx
from bot.storage.unavailable import Damaged, StorageUnavailable

__all__ = ["Damaged", "Database", "StorageUnavailable"]

log = get_logger(__name__)

T = TypeVar("T")

ATTEMPTS = 12
"""How often a transaction is tried at most, if the engine says that it may be run once more."""


class Database:
    """Reads and writes, each in a transaction. `open` before the first use, `close` after the last.

    file: None if it isn't in a file. With keys, the file is encrypted with the current one.
    """

    def __init__(
        self, file: Path | None, adapter: Adapter | None = None, keys: FileKeys | None = None
    ) -> None:
        self.file = file
        self.keys = keys
        self.adapter = adapter or SqliteAdapter(self.path, keys)
        self.reads, self.writes = 0, 0
        """How many transactions have ended well."""
        self._under_way: set[asyncio.Task[Any]] = set()

    @property
    def path(self) -> Path:
        """Return its file. Raises ValueError if it isn't in one."""
        if self.file is None:
            raise ValueError("this database isn't in a file")
        return self.file

    @property
    def shared(self) -> bool:
        """Whether other processes may use it at the same time."""
        return self.file is None

    async def write(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` in one write transaction, in a shielded task of its own.

        If the caller is cancelled, the write still runs to its end.
        """
        return await self._shielded(self._transact(body))

    async def read(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `body` in a steady view of the database, in which nothing can be written."""
        with _unavailability_logged("read"):
            _, result = await self._run(self.adapter.reading, body)
        self.reads += 1
        return result

    async def open(self) -> None:
        """Open the database, and create it if there is none. Raises StorageUnavailable and WrongKey."""
        await self.adapter.open()

    async def migrate(self, upgrade: Callable[[Connection], None]) -> None:
        """Let `upgrade` change the schema in one transaction."""
        await self._shielded(self._migrate(upgrade))

    async def checkpoint(self) -> bool:
        """Write the journal into the file and empty it, so that no deleted text stays in it.

        Return False if a reader prevents that.
        """
        with _unavailability_logged("checkpoint"):
            return await self.adapter.checkpoint()

    async def close(self) -> None:
        """Wait for the writes that are running, then close the file. Its journal is emptied by that."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.adapter.close()

    async def _shielded(self, write: Coroutine[Any, Any, T]) -> T:
        if asyncio.current_task() in self._under_way:
            write.close()
            # There is one writer, so the inner write would wait for the outer one for ever.
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
        with _unavailability_logged("write"):
            tx, result = await self._run(self.adapter.writing, body)
        self.writes += 1
        tx.committed()
        return result

    async def _run(
        self, begin: Callable[[], AbstractAsyncContextManager[Tx]], body: Callable[[Tx], Awaitable[T]]
    ) -> tuple[Tx, T]:
        """Run `body` in a transaction, again if the engine says so. Return that which ended well."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with begin() as tx:
                    result = await body(tx)
                return tx, result
            except Exception as error:
                # Whatever it is, the engine says whether it was in the transaction's way; all else goes on.
                if attempt == ATTEMPTS or not self.adapter.may_run_again(error):
                    raise
        raise AssertionError("the last attempt returns or raises")


@contextmanager
def _unavailability_logged(what: str) -> Iterator[None]:
    """Log here, for everything that uses the database, that it can't be used. Others need not log it again.

    The log writes the same line once a minute at most.
    """
    try:
        yield
    except Damaged as error:
        log.error(
            "The database is damaged, and nothing is written to it any more", what=what, code=error.code
        )
        raise
    except StorageUnavailable as error:
        log.error("The database can't be used right now", what=what, why=error.reason.value, code=error.code)
        raise


def _log_failure(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, Refusal | StorageUnavailable):
        log.error("A write failed after its caller had gone", error=error, traceback=where(error))
