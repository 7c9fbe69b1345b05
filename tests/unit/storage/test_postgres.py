"""The adapter for PostgreSQL, on a real server: one writer in all processes, and connections that break."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.settings import Settings
from bot.state_dir import database
from bot.storage import postgres
from bot.storage.database import Database, StorageUnavailable
from bot.storage.postgres import PostgresAdapter, TransactionLost
from bot.storage.tx import Tx
from bot.storage.unavailable import Damaged, DriverMissing, Reason
from bot.vault.keyring import Keyring
from tests.databases import address, engine_of

ADD = text("INSERT INTO tallies (server, month, what, count) VALUES (1, '2026-01', :what, 1)")
ALL = text("SELECT what FROM tallies ORDER BY what")
WHO = text("SELECT pg_backend_pid()")


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = at(address(tmp_path))
    yield opened
    await opened.close()


def at(url: str) -> Database:
    return Database(None, PostgresAdapter(url))


async def add(db: Database, what: str) -> None:
    await db.write(lambda tx: tx.execute(ADD, [{"what": what}]))


async def found(db: Database) -> list[str]:
    return [row.what for row in await db.read(lambda tx: tx.all(ALL))]


def kill(place: Path, pid: int) -> None:
    """End a connection, as the server does when it is restarted."""
    with engine_of(place).connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")


def why(refused: pytest.ExceptionInfo[StorageUnavailable]) -> tuple[Reason, bool]:
    return refused.value.reason, refused.value.saving


# -- one writer ---------------------------------------------------------------------------------------


async def test_one_process_writes_at_a_time(db: Database, tmp_path: Path) -> None:
    """What the second reads in its write, the first has committed, though it was already waiting."""
    other, begun, may_end = at(address(tmp_path)), asyncio.Event(), asyncio.Event()
    seen: list[int] = []

    async def first(tx: Tx) -> None:
        await tx.execute(ADD, [{"what": "first"}])
        begun.set()
        await may_end.wait()

    async def second(tx: Tx) -> None:
        seen.append(len(await tx.all(ALL)))

    writing = asyncio.create_task(db.write(first))
    await begun.wait()
    waiting = asyncio.create_task(other.write(second))
    await asyncio.sleep(0.3)
    assert seen == []
    may_end.set()
    await asyncio.gather(writing, waiting)
    assert seen == [1]
    await other.close()


async def test_a_reader_sees_one_state_and_can_write_nothing(db: Database) -> None:
    async def read(tx: Tx) -> tuple[int, int]:
        before = len(await tx.all(ALL))
        await add(db, "meanwhile")
        return before, len(await tx.all(ALL))

    async def write(tx: Tx) -> None:
        await tx.execute(ADD, [{"what": "never"}])

    assert await db.read(read) == (0, 0)
    assert await found(db) == ["meanwhile"]
    with pytest.raises(DBAPIError, match="read-only"):
        await db.read(write)
    assert await found(db) == ["meanwhile"]


async def test_an_error_undoes_the_write_and_the_next_one_works(db: Database) -> None:
    async def fails(tx: Tx) -> None:
        await tx.execute(ADD, [{"what": "undone"}])
        raise ValueError("made up")

    with pytest.raises(ValueError, match="made up"):
        await db.write(fails)
    await add(db, "kept")
    assert await found(db) == ["kept"]


async def test_touching_it_needs_the_servers_log_as_any_other_write(db: Database) -> None:
    position = text("SELECT pg_current_wal_insert_lsn()")
    before = await db.read(lambda tx: tx.scalar(position))
    await db.write(lambda tx: tx.touch())
    assert await db.read(lambda tx: tx.scalar(position)) != before


# -- connections that break ---------------------------------------------------------------------------


async def test_a_connection_that_broke_between_two_transactions_is_replaced(
    db: Database, tmp_path: Path
) -> None:
    for pid in (await db.write(lambda tx: tx.scalar(WHO)), await db.read(lambda tx: tx.scalar(WHO))):
        kill(tmp_path, pid)
    await add(db, "after")
    assert await found(db) == ["after"]


async def test_a_write_whose_connection_breaks_is_run_once_more(db: Database, tmp_path: Path) -> None:
    ran: list[int] = []

    async def breaks_once(tx: Tx) -> None:
        ran.append(await tx.scalar(WHO))
        await tx.execute(ADD, [{"what": "once"}])
        if len(ran) == 1:
            await asyncio.to_thread(kill, tmp_path, ran[0])
        await tx.all(ALL)

    await db.write(breaks_once)
    assert len(ran) == 2
    assert await found(db) == ["once"]


async def test_a_read_whose_connection_breaks_is_run_once_more(db: Database, tmp_path: Path) -> None:
    ran: list[int] = []

    async def breaks_once(tx: Tx) -> list[Any]:
        ran.append(await tx.scalar(WHO))
        if len(ran) == 1:
            await asyncio.to_thread(kill, tmp_path, ran[0])
        return [*await tx.all(ALL)]

    assert await db.read(breaks_once) == []
    assert len(ran) == 2


@pytest.mark.parametrize("committed", [True, False])
async def test_whether_a_commit_was_lost_is_found_out(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    """The connection breaks after the server has committed, or before it got to know of it."""
    plain, ran = AsyncConnection.commit, list[str]()

    async def breaks(connection: AsyncConnection) -> None:
        monkeypatch.setattr(AsyncConnection, "commit", plain)
        pid: int = (await connection.execute(WHO)).scalar_one()
        if committed:
            # The server commits, and its answer is lost.
            await connection.exec_driver_sql("COMMIT")
        await asyncio.to_thread(kill, tmp_path, pid)
        await plain(connection)

    async def body(tx: Tx) -> None:
        ran.append("ran")
        await tx.execute(ADD, [{"what": "once"}])

    await db.open()
    monkeypatch.setattr(AsyncConnection, "commit", breaks)
    await db.write(body)
    assert len(ran) == (1 if committed else 2)
    assert await found(db) == ["once"]


async def test_a_cancelled_read_leaves_its_connection_usable(db: Database) -> None:
    async def slow(tx: Tx) -> None:
        await tx.execute(text("SELECT pg_sleep(5)"))

    for _ in range(6):
        reading = asyncio.create_task(db.read(slow))
        await asyncio.sleep(0.05)
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
    assert await found(db) == []


# -- a server that is away, or silent -----------------------------------------------------------------


class Network:
    """Passes bytes between a client and the server, as long as it is told to."""

    def __init__(self, there: str) -> None:
        self._there = there
        self._passes = asyncio.Event()
        self._passes.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []

    def fall_silent(self) -> None:
        self._passes.clear()

    def speak_again(self) -> None:
        self._passes.set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_unix_connection(self._there)
        self._ends += [writer, there[1]]
        for one, other in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._pass(one, other))
            self._tasks.add(task)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while some := await reader.read(65536):
                await self._passes.wait()
                writer.write(some)
            writer.close()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*(end.wait_closed() for end in self._ends), return_exceptions=True)


@asynccontextmanager
async def network(place: Path) -> AsyncIterator[tuple[Network, str]]:
    """Put a network between the tests and the server. Yield it, and the address of the database behind it."""
    url = make_url(address(place))
    between = Network(f"{url.query['host']}/.s.PGSQL.5432")
    serving = await asyncio.start_unix_server(between.take, place / ".s.PGSQL.5432")
    try:
        yield between, url.update_query_dict({"host": str(place)}).render_as_string(hide_password=False)
    finally:
        serving.close()
        await between.close()


async def test_a_server_that_falls_silent_is_given_up_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing arrives, and nothing is refused: the connection looks as if it were there."""
    monkeypatch.setattr(postgres, "_SILENCE_S", 0.5)
    monkeypatch.setitem(postgres.CONNECTING, "connect_timeout", 2)
    async with network(tmp_path) as (between, url):
        db = at(url)
        await add(db, "before")
        between.fall_silent()
        async with asyncio.timeout(20):
            with pytest.raises(StorageUnavailable) as refused:
                await add(db, "never")
            assert why(refused) == (Reason.UNREACHABLE, True)
            with pytest.raises(StorageUnavailable) as refused:
                await found(db)
            assert why(refused) == (Reason.UNREACHABLE, False)
        between.speak_again()
        await add(db, "again")
        assert await found(db) == ["again", "before"]
        await db.close()


async def test_a_server_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        db = at(f"postgresql://me:secret@127.0.0.1:{free.getsockname()[1]}/none")
    with pytest.raises(StorageUnavailable) as refused:
        await add(db, "never")
    assert why(refused) == (Reason.UNREACHABLE, True)
    assert "secret" not in str(refused.value)


async def test_somebody_who_may_not_enter_is_told_that_it_is_unreachable(tmp_path: Path) -> None:
    url = make_url(address(tmp_path)).set(database="there_is_none")
    with pytest.raises(StorageUnavailable) as refused:
        await at(url.render_as_string(hide_password=False)).open()
    assert why(refused)[0] is Reason.UNREACHABLE


# -- what the server reports --------------------------------------------------------------------------


def raising(code: str) -> Callable[[Tx], Any]:
    """Return a body in which the server reports this error."""
    statement = text(f"DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '{code}'; END $$")
    return lambda tx: tx.execute(statement)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("53100", Reason.FULL),
        ("25006", Reason.READ_ONLY),
        ("55P03", Reason.LOCKED),
        ("57014", Reason.LOCKED),
        ("58030", Reason.FAILING),
        ("53300", Reason.UNREACHABLE),
        ("57P03", Reason.UNREACHABLE),
    ],
)
async def test_what_the_server_reports_becomes_a_reason(db: Database, code: str, reason: Reason) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        await db.write(raising(code))
    assert why(refused) == (reason, True)
    assert refused.value.code == code
    await add(db, "after")
    assert await found(db) == ["after"]


async def test_damage_is_said_to_be_damage(db: Database) -> None:
    with pytest.raises(Damaged):
        await db.write(raising("XX001"))


@pytest.mark.parametrize("code", ["40001", "40P01"])
async def test_what_failed_because_of_another_transaction_is_run_again(db: Database, code: str) -> None:
    ran: list[str] = []

    async def body(tx: Tx) -> None:
        ran.append(code)
        await tx.execute(ADD, [{"what": "once"}])
        if len(ran) < 3:
            await raising(code)(tx)

    await db.write(body)
    assert len(ran) == 3
    assert await found(db) == ["once"]


async def test_an_error_of_a_statement_never_shows_what_somebody_wrote(db: Database) -> None:
    await add(db, "hardest sentence")
    with pytest.raises(DBAPIError) as refused:
        await add(db, "hardest sentence")
    assert "duplicate key" in str(refused.value)
    for error in (refused.value, refused.value.orig):
        assert "hardest" not in f"{error} {error!r} {getattr(error, 'args', ())}"


async def test_a_migration_may_take_longer_than_a_statement_of_the_running_bot(db: Database) -> None:
    timeout: list[Any] = []

    def look(connection: Connection) -> None:
        timeout.append(connection.exec_driver_sql("SHOW statement_timeout").scalar())

    await db.migrate(look)
    assert timeout == ["0"]
    assert await db.write(lambda tx: tx.scalar(text("SHOW statement_timeout"))) == "10s"


async def test_the_server_keeps_no_sample_of_what_people_wrote(db: Database) -> None:
    """Without this, deleted texts would stay in pg_statistic, even after a full vacuum."""
    sampled = text(
        "SELECT attrelid::regclass::text AS place, attname FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0"
        " AND typname IN ('varchar', 'text', 'bytea') AND attstattarget IS DISTINCT FROM 0"
    )
    assert await db.read(lambda tx: tx.all(sampled)) == []


async def test_a_write_that_ignores_an_error_of_the_server_is_no_success(db: Database) -> None:
    async def ignores(tx: Tx) -> None:
        await tx.execute(ADD, [{"what": "undone"}])
        with suppress(DBAPIError):
            await raising("P0001")(tx)

    with pytest.raises(TransactionLost):
        await db.write(ignores)
    assert await found(db) == []


async def test_what_may_have_been_committed_is_never_run_again(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks during the commit, and nobody can be asked afterwards."""
    ran: list[str] = []

    async def breaks(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("COMMIT")
        monkeypatch.setattr(postgres, "_BEGIN", text("SELECT pg_terminate_backend(pg_backend_pid())"))
        await connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    async def body(tx: Tx) -> None:
        ran.append("ran")
        await tx.execute(ADD, [{"what": "once"}])

    await db.open()
    monkeypatch.setattr(AsyncConnection, "commit", breaks)
    with pytest.raises(StorageUnavailable) as refused:
        await db.write(body)
    assert why(refused) == (Reason.UNREACHABLE, False)
    assert ran == ["ran"]
    assert await found(db) == ["once"]


def test_without_its_driver_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = Settings(_env_file=None, _environ={}, state_dir=tmp_path, database_url="postgresql://here/none")
    with pytest.raises(DriverMissing):
        database(told, Keyring.fresh())
