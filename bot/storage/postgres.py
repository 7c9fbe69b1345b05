"""The adapter for a PostgreSQL database, which several processes may share. One of them writes at a time.

Every rule of this program was written for one writer. A lock of the server, held for the length of a write's
transaction, keeps that true for all processes, at READ COMMITTED: a write reads what each write before it has
left. A reader sees the database in one state, at REPEATABLE READ, and can write nothing.

psycopg is imported only if a database's address is set.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, CursorResult, Executable, event, make_url, text
from sqlalchemy.dialects.sqlite.dml import OnConflictClause
from sqlalchemy.engine.interfaces import ExceptionContext, IsolationLevel
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.session import Hint
from bot.storage.tx import Tx, Values
from bot.storage.unavailable import Damaged, Reason, StorageUnavailable

T = TypeVar("T")

# PostgreSQL's compiler asks an ON CONFLICT for the constraint that it names. SQLite's names none.
OnConflictClause.constraint_target = None  # type: ignore[attr-defined] # its types know it on PostgreSQL's class alone

DRIVER = "postgresql+psycopg"
ONE_WRITER = 0x506C756D
"""The name of the lock that a write holds while its transaction lasts."""
TOLD = "plumbline"
"""The channel on which a process tells the others that it has changed what they may keep in memory."""
_READERS = 4
_CONNECT_S = 5
_STATEMENT_S = 10
"""How long the server works at one statement or waits for a lock, before it gives up and says so."""
_SILENCE_S = 15
"""How long we wait for the server to say anything, before we take the connection to be dead."""
_BULK_S = 300
"""The same, for work about any number of rows."""
_OPTIONS = {
    "statement_timeout": f"{_STATEMENT_S}s",
    "lock_timeout": f"{_STATEMENT_S}s",
    "idle_in_transaction_session_timeout": "60s",
    "client_min_messages": "error",
    "TimeZone": "UTC",
}
CONNECTING: dict[str, Any] = {
    "connect_timeout": _CONNECT_S,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": _SILENCE_S * 1000,
    "application_name": "plumbline",
}
_AGAIN = frozenset({"40001", "40P01"})
"""serialization_failure and deadlock_detected (postgresql.org/docs/current/errcodes-appendix.html)."""
_REASONS = {
    "53100": Reason.FULL,
    "25006": Reason.READ_ONLY,
    "55P03": Reason.LOCKED,
    "57014": Reason.LOCKED,
    "58030": Reason.FAILING,
    "XX001": Reason.DAMAGED,
    "XX002": Reason.DAMAGED,
}
_UNREACHABLE = frozenset({"08", "28", "3D", "53", "57"})
"""Classes of errors with which the server refuses a connection or ends it. It may take one again soon."""


class PostgresTx(Tx):
    """A transaction on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__()
        self._connection = connection
        self._told: set[Hint] = set()

    async def _run(self, statement: Executable, values: Values) -> CursorResult[Any]:
        with _not_silent(self._connection, _SILENCE_S):
            return await self._connection.execute(statement, values)

    async def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await self._run(statement, rows)

    async def touch(self) -> None:
        # A transaction that has changed nothing writes nothing to the server's log, but this message does.
        await self._run(_MESSAGE, None)

    def tell_others(self, what: Hint) -> None:
        if what not in self._told:
            self._told.add(what)
            self.before_commit(partial(self._tell, what))

    async def _tell(self, what: Hint) -> None:
        await self._run(_NOTIFY, {"channel": TOLD, "what": what.value})

    async def hand_over(self, work: Callable[[Connection], T]) -> T:
        with _not_silent(self._connection, _BULK_S):
            return await self._connection.run_sync(work)


class PostgresAdapter:
    """The connections of this process to the database: one that writes, and a few that read.

    A connection that breaks is replaced at its next use, and `may_run_again` says of the error it raised that
    the transaction may be run once more.
    """

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername=DRIVER)
        self.writer = _engine(address, 1, "READ COMMITTED")
        self.readers = _engine(address, _READERS, "REPEATABLE READ", default_transaction_read_only="on")
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        with plainly():
            async with self.writer.connect():
                pass

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        # Waiting for this lock has no end, as waiting for the one connection would.
        async with self._writing:
            with plainly():
                async with self._transaction() as tx:
                    yield tx

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[Tx]:
        async with self._writing:
            with plainly():
                async with self._transaction() as tx:
                    await tx.execute(_NO_TIMEOUT)
                    yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        with plainly(may_write=False):
            async with self.readers.connect() as connection:
                yield PostgresTx(connection)

    def may_run_again(self, error: Exception) -> bool:
        """Return whether another process was in the way, or the connection broke before the commit."""
        if isinstance(error, ConnectionLost):
            return True
        return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _AGAIN

    async def checkpoint(self) -> bool:
        """Return True: the server recycles its log and takes out deleted rows by itself."""
        return True

    async def close(self) -> None:
        await self.readers.dispose()
        await self.writer.dispose()

    # -- inside ---------------------------------------------------------------------------------

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Tx]:
        async with self.writer.connect() as connection:
            tx = PostgresTx(connection)
            transaction = await tx.scalar(_BEGIN)
            yield tx
            await tx.about_to_commit()
            if not _still_whole(connection):
                raise TransactionLost
            try:
                with _not_silent(connection, _SILENCE_S):
                    await connection.commit()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                lost = error
            else:
                return
        await self._find_out(transaction, lost)

    async def _find_out(self, transaction: int, lost: DBAPIError) -> None:
        """Return if the transaction, whose connection broke while it was committed, has been committed.

        Raises ConnectionLost if it was undone, and StorageUnavailable if nobody can say.
        """
        try:
            async with self.writer.connect() as connection:
                tx = PostgresTx(connection)
                # The transaction held this lock, so once we have it, the transaction is over.
                await tx.execute(_BEGIN)
                status = await tx.scalar(_STATUS, {"transaction": str(transaction)})
        except DBAPIError as error:
            # Not as a lost connection: what may have been committed must not be run once more.
            raise _because(Reason.UNREACHABLE, "COMMIT", saving=False) from error
        if status == "committed":
            return
        if status == "aborted":
            raise ConnectionLost from lost
        raise _because(Reason.UNREACHABLE, "COMMIT", saving=False) from lost


class TransactionLost(Exception):
    """A statement failed and the body went on. The server would undo the write, and call it committed."""


class ConnectionLost(StorageUnavailable):
    """The connection broke before the transaction was committed, so nothing of it was stored."""

    def __init__(self, code: str = "") -> None:
        super().__init__(Reason.UNREACHABLE, code)


BEGIN = f"SELECT pg_current_xact_id()::text FROM pg_advisory_xact_lock({ONE_WRITER})"
"""The first statement of a write. Its answer is the transaction's number."""
_BEGIN = text(BEGIN)
_STATUS = text("SELECT pg_xact_status(CAST(:transaction AS xid8))")
_MESSAGE = text("SELECT pg_logical_emit_message(true, 'plumbline', '')")
_NOTIFY = text("SELECT pg_notify(:channel, :what)")
_NO_TIMEOUT = text("SET LOCAL statement_timeout = 0")


def options(more: Mapping[str, str]) -> str:
    """Return what a connection tells the server when it begins: our settings for all, and more of them."""
    return " ".join(f"-c {name}={value}" for name, value in {**_OPTIONS, **more}.items())


def _engine(address: URL, connections: int, level: IsolationLevel, **more: str) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_STATEMENT_S,
        isolation_level=level,
        # An error's message must never contain what somebody wrote.
        hide_parameters=True,
        connect_args={**CONNECTING, "options": options(more)},
    )
    event.listen(engine.sync_engine, "handle_error", _without_values)
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Take the values of a row out of an error's message, where the server explains itself with them."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0],)


@contextmanager
def _not_silent(connection: AsyncConnection, seconds: float) -> Iterator[None]:
    """Break the connection if what is awaited in this block takes longer.

    A cancelled psycopg first asks the server to stop and waits for its answer, for ever if the network
    swallows it. With the socket shut, it sees that there is nobody any more.
    """
    raw = connection.sync_connection
    assert raw is not None
    driver = raw.connection.driver_connection
    assert driver is not None
    with shut_after(driver.fileno(), seconds):
        yield


@contextmanager
def shut_after(number: int, seconds: float) -> Iterator[None]:
    """Shut the socket with this file number if the block takes longer."""
    timer = asyncio.get_running_loop().call_later(seconds, _shut, number)
    try:
        yield
    finally:
        timer.cancel()


def _still_whole(connection: AsyncConnection) -> bool:
    """Whether no statement of the transaction has failed."""
    raw = connection.sync_connection
    driver = None if raw is None else raw.connection.driver_connection
    return driver is not None and driver.info.transaction_status.name != "INERROR"


def _shut(number: int) -> None:
    with socket.socket(fileno=os.dup(number)) as there, suppress(OSError):
        there.shutdown(socket.SHUT_RDWR)


@contextmanager
def plainly(*, may_write: bool = True) -> Iterator[None]:
    """Raise StorageUnavailable instead of the driver's errors, except for those about one statement.

    Where nothing may be written, "read only" is about a statement as well.
    """
    try:
        yield
    except NoConnectionFree as error:
        raise _because(Reason.LOCKED, "POOL", saving=may_write) from error
    except DBAPIError as error:
        code = str(getattr(error.orig, "sqlstate", None) or "")
        if error.connection_invalidated:
            lost = ConnectionLost(code)
            lost.saving = may_write
            raise lost from error
        reason = _REASONS.get(code)
        if reason is None and (
            code[:2] in _UNREACHABLE or (not code and isinstance(error, OperationalError))
        ):
            reason = Reason.UNREACHABLE
        if reason is None or (reason is Reason.READ_ONLY and not may_write):
            raise
        raise _because(reason, code, saving=may_write) from error


def _because(reason: Reason, code: str, *, saving: bool) -> StorageUnavailable:
    because = Damaged(code) if reason is Reason.DAMAGED else StorageUnavailable(reason, code)
    because.saving = saving
    return because
