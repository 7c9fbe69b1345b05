"""The adapter for one SQLite file: one connection that writes, and two that read.

aiosqlite owns each connection and its thread. What may wait for a lock or for the disk runs in that
thread: opening, a write's BEGIN IMMEDIATE and COMMIT, emptying the journal, closing. Between BEGIN and COMMIT
a statement waits for nobody: it reads and writes pages in memory, which takes less time than going to a
thread and back. So SQLAlchemy's synchronous engine is put on the same connection, and runs statements where
they are asked for; only those for many rows go to a thread.
"""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from msgspec import Struct
from sqlalchemy import Connection, CursorResult, Executable, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.own_thread import in_own_thread
from bot.storage import bulk
from bot.storage.authorizer import MIGRATING, READING, WRITING, Allowed
from bot.storage.connecting import connect
from bot.storage.driver import sqlite
from bot.storage.encryption import encrypt
from bot.storage.file_keys import FileKey, FileKeys, key_of
from bot.storage.files import sync_folder
from bot.storage.session import Hint
from bot.storage.tx import Tx, Values
from bot.storage.unavailable import Damaged, Reason, unavailable

T = TypeVar("T")

_WAITS_MS = 10_000
"""How long a write waits for a lock of another program."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={_WAITS_MS}",
)
_OF_READERS = (*PRAGMAS[1:], "query_only=ON")
_OF_A_NEW_FILE = ("auto_vacuum=INCREMENTAL",)
"""It counts only before anything is in the file. An earlier version's file gets it when it is encrypted."""
_STILL_LOCKED_WAITS_MS = 200
"""How long it waits when the write before it has waited in vain, since writes wait one behind the other."""
IN_A_ROW = 15
"""How many statements run in a row before other tasks on the event loop get a turn."""
_READERS = 2
_CHECKPOINT_WAITS_MS = 50
"""How long a checkpoint waits for a reader: short, since all writes wait for it."""
_VACUUMED_PAGES = 250
"""How many free pages a checkpoint gives back to the system: few, since all writes wait for it."""
_JOURNAL_BEGINS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", bytes(4), b"")
"""How a journal can begin (sqlite.org/fileformat2.html#walformat). After a loss of power it may be zeros."""
_CURSOR_ROWS = 64
"""How many rows a cursor fetches in one call to the thread; aiosqlite's own default."""


class BrokenReferences(Exception):
    """A migration would have left rows that refer to missing rows; it was rolled back."""


class TransactionLost(Exception):
    """SQLite has undone the transaction because of an error that its body ignored."""


class OpenFile(Struct, frozen=True):
    """One connection to the file, and the ways to use it: through its threads, or directly."""

    raw: sqlite.Connection
    threaded: aiosqlite.Connection
    connection: Connection
    bulk: Executor
    """A thread for statements about many rows. asyncio's own may all be waiting for names of hosts."""


class SqliteTx(Tx):
    """A transaction on one connection."""

    def __init__(self, file: OpenFile) -> None:
        super().__init__()
        self._file = file
        self._statements = 0

    async def _run(self, statement: Executable, values: Values) -> CursorResult[Any]:
        self._statements += 1
        if self._statements % IN_A_ROW == 0:
            await asyncio.sleep(0)
        return self._file.connection.execute(statement, values)

    async def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        if len(rows) > IN_A_ROW:
            await self.hand_over(lambda connection: connection.exec_driver_sql(*bulk.bound(statement, rows)))
        elif rows:
            await self._run(statement, rows)

    async def touch(self) -> None:
        # SQLite leaves out an UPDATE that changes nothing, but not this. Nobody looks at the number.
        (number,) = self._file.raw.execute("PRAGMA user_version").fetchone()
        self._file.raw.execute(f"PRAGMA user_version={number:d}")

    def tell_others(self, what: Hint) -> None:
        """Do nothing, since one process alone uses a file."""

    async def hand_over(self, work: Callable[[Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._file.bulk, work, self._file.connection)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # Nobody else may use the connection until the thread has finished with it.
            await asyncio.wait([running])
            raise


class SqliteAdapter:
    """The connections to one file. The first use opens them, the writer first, since it creates the file.

    With keys, the file is encrypted with the current one; if it isn't yet, opening it does that.
    """

    def __init__(self, path: Path, keys: FileKeys | None = None) -> None:
        self._path = path
        self._keys = keys
        self._opened: sqlite.Connection | None = None
        # hide_parameters: an error's message must never contain what somebody wrote.
        self.engine = create_engine(
            "sqlite://",
            module=sqlite,
            creator=self._just_opened,
            poolclass=NullPool,
            pool_reset_on_return=None,
            hide_parameters=True,
        )
        self._opening = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._writer: OpenFile | None = None
        self._readers: deque[OpenFile] = deque()
        self._free_readers = asyncio.Semaphore(0)
        self._waits_ms = _WAITS_MS
        self._damaged = False

    async def open(self) -> None:
        """Open the connections now."""
        with self._plainly():
            await self._the_writer()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        async with self._writing:
            self._refuse_if_damaged()
            with self._plainly():
                async with self._transaction(await self._the_writer()) as tx:
                    yield tx

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[Tx]:
        """Run a migration, and check foreign keys only at its end.

        SQLite can make some changes only by dropping a table and creating it again. With foreign keys enabled
        that would delete every row that refers to the table (sqlite.org/lang_altertable.html).
        """
        async with self._writing:
            self._refuse_if_damaged()
            with self._plainly():
                writer = await self._the_writer()
                writer.raw.set_authorizer(MIGRATING)
                await writer.threaded.execute("PRAGMA foreign_keys=OFF")
                try:
                    async with self._transaction(writer) as tx:
                        yield tx
                        if await tx.hand_over(_has_broken_references):
                            raise BrokenReferences
                finally:
                    await writer.threaded.execute("PRAGMA foreign_keys=ON")
                    writer.raw.set_authorizer(WRITING)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        with self._plainly(may_write=False):
            await self._the_writer()
            async with self._free_readers:
                reader = self._readers.popleft()
                try:
                    # In WAL mode a reader's BEGIN and COMMIT take no lock that anybody else waits for.
                    reader.raw.execute("BEGIN")
                    with reader.connection.begin():
                        yield SqliteTx(reader)
                finally:
                    self._readers.append(reader)

    def may_run_again(self, _error: Exception) -> bool:
        """Return False: with one writer at a time, no write fails because of another one."""
        return False

    async def checkpoint(self) -> bool:
        async with self._writing:
            self._refuse_if_damaged()
            with self._plainly():
                writer, before = await self._the_writer(), self._waits_ms
                await self._let_wait(writer, _CHECKPOINT_WAITS_MS)
                try:
                    await writer.threaded.execute_fetchall(f"PRAGMA incremental_vacuum({_VACUUMED_PAGES})")
                    async with writer.threaded.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                        row = await cursor.fetchone()
                finally:
                    await self._let_wait(writer, before)
        return row is not None and not row[0]

    async def close(self) -> None:
        """Close the readers first: the last connection to close writes the journal into the file."""
        async with self._writing, self._opening:
            if self._writer is None:
                return
            for _ in range(_READERS):
                await self._free_readers.acquire()
                await _close(self._readers.popleft())
            await _close(self._writer)
            self._writer = None

    # -- inside ---------------------------------------------------------------------------------

    @asynccontextmanager
    async def _transaction(self, writer: OpenFile) -> AsyncIterator[Tx]:
        try:
            await self._begin(writer)
            # This tells SQLAlchemy that a transaction has begun. It sends nothing to SQLite.
            with writer.connection.begin():
                tx = SqliteTx(writer)
                yield tx
                await tx.about_to_commit()
                await self._commit(writer)
        except asyncio.CancelledError:
            # The thread may run BEGIN after the task that asked for it was cancelled. After any other error,
            # such as a COMMIT that failed, SQLAlchemy has rolled back.
            await writer.threaded.rollback()
            raise

    async def _begin(self, writer: OpenFile) -> None:
        try:
            await writer.threaded.execute("BEGIN IMMEDIATE")
        except sqlite.OperationalError as error:
            because = unavailable(error)
            if because is not None and because.reason is Reason.LOCKED:
                await self._let_wait(writer, _STILL_LOCKED_WAITS_MS)
            raise
        await self._let_wait(writer, _WAITS_MS)

    async def _commit(self, writer: OpenFile) -> None:
        if not writer.raw.in_transaction:
            # After some errors SQLite undoes the whole transaction. Then a body that went on has written
            # outside of any, and must not seem to have worked.
            raise TransactionLost
        await writer.threaded.commit()

    async def _let_wait(self, writer: OpenFile, milliseconds: int) -> None:
        """Let the writer wait that long for a lock."""
        if milliseconds != self._waits_ms:
            await writer.threaded.execute(f"PRAGMA busy_timeout={milliseconds}")
            self._waits_ms = milliseconds

    def _refuse_if_damaged(self) -> None:
        """Raises Damaged. Whatever is written to a damaged file could overwrite what is still whole in it."""
        if self._damaged:
            raise Damaged

    @contextmanager
    def _plainly(self, *, may_write: bool = True) -> Iterator[None]:
        """Raise StorageUnavailable instead of SQLite's own errors, except for those about one statement.

        Where nothing may be written, "read only" is about a statement as well.
        """
        try:
            yield
        except (sqlite.Error, DBAPIError) as error:
            because = unavailable(error)
            if because is None or (because.reason is Reason.READ_ONLY and not may_write):
                raise
            if because.reason is Reason.FAILING and _disk_full(self._path):
                because.reason = Reason.FULL
            self._damaged |= isinstance(because, Damaged)
            because.saving = may_write
            raise because from error

    async def _the_writer(self) -> OpenFile:
        if self._writer is None:
            async with self._opening:
                if self._writer is None:
                    self._writer = await self._all_opened()
        return self._writer

    async def _all_opened(self) -> OpenFile:
        """Open the writer, then the readers. Return the writer. If one can't be opened, none stays open."""
        new = not self._path.exists() or self._path.stat().st_size == 0
        _examine_journal(self._path)
        if self._keys is not None:
            await in_own_thread(encrypt, self._path, self._keys)
        key = key_of(self._path, self._keys)
        files: list[OpenFile] = []
        try:
            files.append(await self._open(key, WRITING, (*_OF_A_NEW_FILE, *PRAGMAS) if new else PRAGMAS))
            for _ in range(_READERS):
                files.append(await self._open(key, READING, _OF_READERS))
            if new:
                sync_folder(self._path.parent)
        except BaseException:
            for file in reversed(files):
                await _close(file)
            raise
        writer, *readers = files
        for reader in readers:
            self._readers.append(reader)
            self._free_readers.release()
        self._damaged, self._waits_ms = False, _WAITS_MS
        return writer

    async def _open(self, key: FileKey | None, allowed: Allowed, pragmas: Sequence[str]) -> OpenFile:
        def connected() -> sqlite.Connection:
            self._opened = connect(self._path, key, None, pragmas=pragmas)
            return self._opened

        threaded = aiosqlite.Connection(connected, _CURSOR_ROWS)
        # A private attribute, because aiosqlite has no public way: a program that ends without closing the
        # database must not wait for this thread.
        threaded._thread.daemon = True
        try:
            await threaded
        except BaseException:
            # Whatever it is, also a cancellation: aiosqlite tells its thread to end then, and doesn't wait.
            # The thread answers to the loop, which may be closed by then. The error is raised again.
            await in_own_thread(threaded._thread.join)
            raise
        opened = OpenFile(
            self._just_opened(), threaded, self.engine.connect(), ThreadPoolExecutor(1, "many-rows")
        )
        # Last, because SQLAlchemy asks a new connection for more than our statements need.
        opened.raw.set_authorizer(allowed)
        return opened

    def _just_opened(self) -> sqlite.Connection:
        """Give SQLAlchemy the connection that aiosqlite has just opened. They are opened one at a time."""
        assert self._opened is not None
        return self._opened


def _has_broken_references(connection: Connection) -> bool:
    """Whether any row refers to a row that does not exist."""
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


def _examine_journal(database: Path) -> None:
    """Raises Damaged if the journal was overwritten with something else.

    SQLite would ignore such a journal and empty it, and with it everything that was not in the file yet.
    """
    journal = database.with_name(f"{database.name}-wal")
    if journal.is_file():
        with journal.open("rb") as file:
            if file.read(4) not in _JOURNAL_BEGINS:
                raise Damaged


def _disk_full(database: Path) -> bool:
    """Whether the disk has no room at all. SQLite reports some failures for that reason as an I/O error."""
    return os.statvfs(database.parent).f_bavail == 0


async def _close(file: OpenFile) -> None:
    file.bulk.shutdown(wait=False)
    await file.threaded.close()
    file.connection.close()
