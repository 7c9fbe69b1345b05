"""Which statements run in the connection's thread and which in the loop's, with the same results."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from bot.storage.adapter import Adapter
from bot.storage.database import ATTEMPTS, Database
from bot.storage.sqlite import IN_A_ROW, BrokenReferences, SqliteAdapter
from bot.storage.tx import Tx
from bot.storage.upsert import upsert
from tests.disk_faults import unrestricted
from tests.unit.storage.conftest import notes

_ADD = insert(notes)


@pytest.fixture
async def ran(db: Database) -> list[tuple[str, bool]]:
    """Return the first word of each statement of the writer, and whether it ran in the loop's thread."""
    told: list[tuple[str, bool]] = []
    assert isinstance(db.adapter, SqliteAdapter)
    await db.open()
    writer = db.adapter._writer
    assert writer is not None
    loop = threading.current_thread()
    writer.raw.set_trace_callback(
        lambda statement: told.append((statement.split()[0], threading.current_thread() is loop))
    )
    return told


async def note(tx: Tx, *texts: str) -> None:
    await tx.execute_all(_ADD, [{"text": one} for one in texts])


async def test_in_a_short_transaction_only_begin_and_commit_run_in_another_thread(
    db: Database, ran: list[tuple[str, bool]]
) -> None:
    async def body(tx: Tx) -> list[str]:
        await note(tx, "one")
        await note(tx, "two", "three")
        await tx.execute(update(notes).where(notes.c.text == "two").values(text="second"))
        await tx.execute(delete(notes).where(notes.c.text == "three"))
        return [row.text for row in await tx.all(select(notes).order_by(notes.c.id))]

    assert await db.write(body) == ["one", "second"]
    assert ran == [
        ("BEGIN", False), ("INSERT", True), ("INSERT", True), ("INSERT", True),
        ("UPDATE", True), ("DELETE", True), ("SELECT", True), ("COMMIT", False),
    ]  # fmt: skip


async def test_statements_that_may_reach_many_rows_run_in_another_thread(
    db: Database, ran: list[tuple[str, bool]]
) -> None:
    async def body(tx: Tx) -> None:
        await note(tx, *(str(number) for number in range(IN_A_ROW + 1)))
        await tx.sweep(delete(notes).where(notes.c.id > 1))

    await db.write(body)

    assert [word for word, _ in ran] == ["BEGIN", *["INSERT"] * (IN_A_ROW + 1), "DELETE", "COMMIT"]
    assert not any(on_the_spot for _, on_the_spot in ran)
    assert await db.read(lambda tx: tx.scalar(select(func.count()).select_from(notes))) == 1


async def test_other_tasks_can_run_during_a_long_transaction(db: Database) -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def looking(tx: Tx) -> int:
        before = turns
        for _ in range(10 * IN_A_ROW):
            await tx.first(select(notes))
        return turns - before

    task = asyncio.create_task(other())
    try:
        assert await db.read(looking) >= 10
    finally:
        task.cancel()


async def test_a_fixed_statement_can_be_run_with_different_values(db: Database) -> None:
    of = select(notes.c.text).where(notes.c.id.in_(bindparam("ids", expanding=True)))

    async def body(tx: Tx) -> tuple[object, ...]:
        await note(tx, "one", "two", "three")
        rows = await tx.all(of, {"ids": [1, 3]})
        none = await tx.first(of, {"ids": []})
        return [row.text for row in rows], none, await tx.scalar(of, {"ids": [2]})

    assert await db.write(body) == (["one", "three"], None, "two")


async def test_a_statement_returns_its_new_key_and_its_number_of_rows(db: Database) -> None:
    async def body(tx: Tx) -> tuple[object, ...]:
        added = await tx.execute(insert(notes).values(text="one"))
        again = await tx.execute(insert(notes).values(text="two").returning(notes.c.id))
        changed = await tx.execute(update(notes).values(text="same"))
        return added.inserted_primary_key, again.scalar_one(), changed.rowcount

    assert await db.write(body) == ((1,), 2, 2)


async def test_an_upsert_changes_the_row_that_is_there_or_leaves_it(db: Database) -> None:
    new = upsert(notes).values(id=1, text="second")
    kept = new.on_conflict_do_update(index_elements=["id"], set_={"text": new.excluded.text})
    skipped = upsert(notes).values(id=1, text="third").on_conflict_do_nothing(index_elements=["id"])

    async def body(tx: Tx) -> None:
        await note(tx, "first")
        await tx.execute(kept)
        await tx.execute(skipped)

    await db.write(body)

    assert await db.read(texts) == ["second"]


async def test_an_error_undoes_the_transaction_and_does_not_contain_values(db: Database) -> None:
    async def body(tx: Tx) -> None:
        await note(tx, "kept?")
        await tx.execute(insert(notes).values(id=1, text="canary"))

    with pytest.raises(IntegrityError) as wrong:
        await db.write(body)

    assert "canary" not in str(wrong.value)
    assert await db.read(lambda tx: tx.first(select(notes))) is None


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(DatabaseError, match="not authorized"):
        await db.read(lambda tx: tx.execute(_ADD, [{"text": "no"}]))
    with unrestricted(db), pytest.raises(OperationalError, match="readonly"):
        await db.read(lambda tx: tx.execute(_ADD, [{"text": "no"}]))


async def test_readers_that_were_cancelled_leave_their_connections_usable(db: Database) -> None:
    async def looking(tx: Tx) -> None:
        for _ in range(200):
            await tx.first(select(notes))

    for ticks in range(12):
        reader = asyncio.create_task(db.read(looking))
        for _ in range(ticks):
            await asyncio.sleep(0)
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)

    await db.write(lambda tx: note(tx, "after"))
    assert await db.read(lambda tx: tx.scalar(select(notes.c.text))) == "after"


@pytest.mark.parametrize("ticks", range(8))
async def test_a_write_that_is_itself_cancelled_leaves_a_working_writer(db: Database, ticks: int) -> None:
    """This happens at the end of a program, when the loop cancels all tasks that are left."""
    await db.open()
    writing = asyncio.create_task(db._transact(lambda tx: note(tx, "whole or not at all")))
    for _ in range(ticks):
        await asyncio.sleep(0.0002)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)

    await db.write(lambda tx: note(tx, "after"))
    assert "after" in await db.read(texts)


async def test_cancelled_work_in_a_thread_ends_before_anybody_else_has_the_connection(db: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_connection: object) -> None:
        begun.set()
        assert go_on.wait(30)

    await db.open()
    writing = asyncio.create_task(db._transact(lambda tx: tx.hand_over(slow)))
    await asyncio.to_thread(begun.wait, 30)
    writing.cancel()
    following = asyncio.create_task(db.write(lambda tx: note(tx, "after")))
    await asyncio.sleep(0.01)
    assert not following.done()
    go_on.set()
    await following

    assert await db.read(texts) == ["after"]


async def test_a_closed_database_opens_again_when_it_is_used(db: Database) -> None:
    await db.write(lambda tx: note(tx, "kept"))
    await db.close()
    await db.close()

    assert await db.read(texts) == ["kept"]
    with unrestricted(db):
        assert await db.read(lambda tx: tx.scalar(text("PRAGMA query_only"))) == 1


# -- a schema that changes --------------------------------------------------------------------------


_OF_NOTES = "CREATE TABLE lines (note INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE)"


async def referring(db: Database) -> None:
    """Add a row that refers to the only note."""
    await db.write(lambda tx: note(tx, "kept"))
    await db.migrate(partial(run, _OF_NOTES))
    await db.write(lambda tx: tx.execute(text("INSERT INTO lines VALUES (1)")))


def run(statement: str, connection: Connection) -> None:
    connection.exec_driver_sql(statement)


async def lines(tx: Tx) -> int:
    return int(await tx.scalar(text("SELECT count(*) FROM lines")))


async def test_a_table_that_a_migration_recreates_keeps_the_rows_that_refer_to_it(db: Database) -> None:
    await referring(db)

    def make_anew(connection: Connection) -> None:
        for step in (
            "CREATE TABLE renewed (id INTEGER PRIMARY KEY, text VARCHAR)",
            "INSERT INTO renewed SELECT id, text FROM notes",
            "DROP TABLE notes",
            "ALTER TABLE renewed RENAME TO notes",
        ):
            run(step, connection)

    await db.migrate(make_anew)

    assert await db.read(texts) == ["kept"]
    assert await db.read(lines) == 1
    await db.write(lambda tx: tx.execute(delete(notes)))
    assert await db.read(lines) == 0


async def test_a_migration_that_leaves_rows_referring_to_nothing_is_undone(db: Database) -> None:
    await referring(db)

    with pytest.raises(BrokenReferences):
        await db.migrate(partial(run, "DELETE FROM notes"))

    assert await db.read(texts) == ["kept"]
    with unrestricted(db):
        assert await db.write(lambda tx: tx.scalar(text("PRAGMA foreign_keys"))) == 1


# -- an engine on which one write can fail because of another ---------------------------------------


class Contended(Exception):
    pass


class Contention:
    """An adapter whose first writes fail, as if another process had written meanwhile."""

    def __init__(self, adapter: Adapter, failures: int) -> None:
        self._adapter = adapter
        self.left = failures
        self.open, self.reading, self.migrating = adapter.open, adapter.reading, adapter.migrating
        self.checkpoint, self.close = adapter.checkpoint, adapter.close

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        async with self._adapter.writing() as tx:
            yield tx
            if self.left:
                self.left -= 1
                raise Contended

    def may_run_again(self, error: Exception) -> bool:
        return isinstance(error, Contended)


@pytest.mark.parametrize("failures", [1, ATTEMPTS - 1])
async def test_a_failed_write_runs_again_when_the_engine_allows_it(db: Database, failures: int) -> None:
    contended = Database(db.path, Contention(db.adapter, failures))
    told: list[str] = []

    async def body(tx: Tx) -> None:
        await note(tx, "once")
        tx.afterwards(lambda: told.append("once"))

    await contended.write(body)

    assert await db.read(texts) == told == ["once"]


async def test_a_write_is_given_up_after_the_last_attempt(db: Database) -> None:
    contended = Database(db.path, Contention(db.adapter, ATTEMPTS))

    with pytest.raises(Contended):
        await contended.write(lambda tx: note(tx, "never"))

    assert await db.read(texts) == []


async def texts(tx: Tx) -> list[str]:
    return [row.text for row in await tx.all(select(notes).order_by(notes.c.id))]
