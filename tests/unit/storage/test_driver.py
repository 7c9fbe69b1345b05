"""What goes to the connection's thread, what is run on the spot, and that both tell the same."""

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage import driver
from bot.storage.database import Database
from bot.storage.tx import _IN_A_ROW, Tx
from tests.unit.storage.conftest import notes

_ADD = insert(notes)


@pytest.fixture
def ran_in(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each statement, whether it was run in the event loop's own thread."""
    told: list[bool] = []
    run = driver._run

    def watched(connection: sqlite3.Connection, statement: driver.Statement) -> driver._Ran:
        told.append(threading.current_thread() is threading.main_thread())
        return run(connection, statement)

    monkeypatch.setattr(driver, "_run", watched)
    return told


async def note(tx: Tx, *texts: str) -> None:
    await tx.execute_all(_ADD, [{"text": one} for one in texts])


async def test_only_begin_goes_to_the_thread(db: Database, ran_in: list[bool]) -> None:
    async def body(tx: Tx) -> list[str]:
        await note(tx, "one")
        await note(tx, "two", "three")
        await tx.execute(update(notes).where(notes.c.text == "two").values(text="second"))
        await tx.execute(delete(notes).where(notes.c.text == "three"))
        return [row.text for row in await tx.all(select(notes).order_by(notes.c.id))]

    assert await db.write(body) == ["one", "second"]
    assert ran_in == [False, True, True, True, True, True]


async def test_what_may_reach_many_rows_goes_to_the_thread(db: Database, ran_in: list[bool]) -> None:
    async def body(tx: Tx) -> None:
        await note(tx, *(str(number) for number in range(_IN_A_ROW + 1)))
        await tx.sweep(delete(notes).where(notes.c.id > 1))

    await db.write(body)

    assert ran_in == [False, False, False]
    assert await db.read(lambda tx: tx.scalar(select(func.count()).select_from(notes))) == 1


async def test_what_is_no_select_insert_update_or_delete_goes_to_the_thread(
    db: Database, ran_in: list[bool]
) -> None:
    assert await db.read(lambda tx: tx.scalar(text("SELECT count(*) FROM notes"))) == 0
    assert not any(ran_in)


async def test_everything_else_has_its_turn_in_a_long_transaction(db: Database) -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def looking(tx: Tx) -> int:
        before = turns
        for _ in range(10 * _IN_A_ROW):
            await tx.first(select(notes))
        return turns - before

    task = asyncio.create_task(other())
    try:
        assert await db.read(looking) >= 10
    finally:
        task.cancel()


async def test_values_fill_a_statement_that_stands(db: Database) -> None:
    of = select(notes.c.text).where(notes.c.id.in_(bindparam("ids", expanding=True)))

    async def body(tx: Tx) -> tuple[object, ...]:
        await note(tx, "one", "two", "three")
        rows = await tx.all(of, {"ids": [1, 3]})
        none = await tx.first(of, {"ids": []})
        return [row.text for row in rows], none, await tx.scalar(of, {"ids": [2]})

    assert await db.write(body) == (["one", "three"], None, "two")


async def test_a_row_of_ones_own_and_how_many_were_reached_are_told(db: Database) -> None:
    async def body(tx: Tx) -> tuple[object, ...]:
        added = await tx.execute(insert(notes).values(text="one"))
        again = await tx.execute(insert(notes).values(text="two").returning(notes.c.id))
        changed = await tx.execute(update(notes).values(text="same"))
        return added.inserted_primary_key, again.scalar_one(), changed.rowcount

    assert await db.write(body) == ((1,), 2, 2)


async def test_an_error_is_told_and_leaves_nothing(db: Database) -> None:
    async def body(tx: Tx) -> None:
        await note(tx, "kept?")
        await tx.execute(insert(notes).values(id=1, text="canary"))

    with pytest.raises(IntegrityError) as wrong:
        await db.write(body)

    assert "canary" not in str(wrong.value)
    assert await db.read(lambda tx: tx.first(select(notes))) is None


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(OperationalError):
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
