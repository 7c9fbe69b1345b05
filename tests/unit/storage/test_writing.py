"""A write happens completely or not at all, even if its caller is cancelled."""

import asyncio
import logging
from functools import partial

import pytest
from sqlalchemy import func, insert, select, update

from bot.errors import NotYours
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.patience import PATIENCE
from tests.unit.storage.conftest import notes

CANARY = "canary"
"""Stands in an error's message. The line that raises it must not show it, since frames have such lines."""


async def count(db: Database) -> int:
    return int(await db.read(lambda tx: tx.scalar(select(func.count()).select_from(notes))))


async def note(text: str, tx: Tx) -> None:
    await tx.execute(insert(notes).values(text=text))


async def test_what_was_written_can_be_read(db: Database) -> None:
    await db.write(partial(note, "kept"))

    assert await db.read(lambda tx: tx.scalar(select(notes.c.text))) == "kept"


async def test_a_write_whose_body_raises_changes_nothing(db: Database) -> None:
    async def broken(tx: Tx) -> None:
        await note("half", tx)
        raise NotYours

    with pytest.raises(NotYours):
        await db.write(broken)

    assert await count(db) == 0


async def test_a_write_is_completed_although_its_caller_was_cancelled(db: Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Tx) -> None:
        await note("first", tx)
        begun.set()
        await go_on.wait()
        await note("second", tx)

    caller = asyncio.create_task(db.write(slow))
    await begun.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    await db.write(partial(note, "another"))

    assert await count(db) == 3


@pytest.mark.parametrize("ticks", range(0, 60, 3))
async def test_a_cancellation_at_any_moment_leaves_a_working_database(db: Database, ticks: int) -> None:
    caller = asyncio.create_task(db.write(partial(note, "whole")))
    for _ in range(ticks):
        await asyncio.sleep(0.0001)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)

    await db.write(partial(note, "another"))
    assert await count(db) in (1, 2)


async def test_the_failure_of_a_write_without_a_caller_is_logged_without_its_message(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def broken(tx: Tx) -> None:
        begun.set()
        await go_on.wait()
        raise RuntimeError(CANARY)

    caller = asyncio.create_task(db.write(broken))
    await begun.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    with caplog.at_level(logging.DEBUG):
        go_on.set()
        await db.close()

    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


async def test_writers_take_turns_and_none_is_refused(db: Database) -> None:
    other = Database(db.path)
    await other.open()
    await db.write(partial(note, "0"))

    async def add_one(tx: Tx) -> None:
        # It reads and then writes, which a deferred transaction could not do under contention.
        held = int(await tx.scalar(select(notes.c.text)))
        await asyncio.sleep(0)
        await tx.execute(update(notes).values(text=str(held + 1)))

    await asyncio.gather(*(one.write(add_one) for one in (db, other) for _ in range(60)))
    await other.close()

    assert await db.read(lambda tx: tx.scalar(select(notes.c.text))) == "120"


async def test_closing_waits_for_a_write_that_is_under_way(db: Database) -> None:
    begun = asyncio.Event()

    async def slow(tx: Tx) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await note("late", tx)

    writing = asyncio.create_task(db.write(slow))
    await begun.wait()
    await db.close()
    await asyncio.wait_for(writing, PATIENCE)

    again = Database(db.path)
    await again.open()
    assert await count(again) == 1
    await again.close()


async def test_a_write_inside_a_write_is_refused_at_once(db: Database) -> None:
    async def nested(_tx: Tx) -> None:
        await db.write(partial(note, "inner"))

    with pytest.raises(RuntimeError):
        await asyncio.wait_for(db.write(nested), PATIENCE)

    await db.write(partial(note, "outer"))
    assert await count(db) == 1


async def test_a_call_for_afterwards_is_made_once_and_after_the_commit(db: Database) -> None:
    told: list[str] = []

    async def tells(tx: Tx) -> None:
        call = partial(told.append, "now")
        tx.afterwards(call)
        tx.afterwards(call)
        await note("there", tx)
        assert not told

    await db.write(tells)

    assert told == ["now"]


async def test_a_call_for_afterwards_is_not_made_after_a_rollback(db: Database) -> None:
    told: list[str] = []

    async def broken(tx: Tx) -> None:
        tx.afterwards(partial(told.append, "now"))
        raise NotYours

    with pytest.raises(NotYours):
        await db.write(broken)

    assert not told


async def test_a_failing_call_for_afterwards_does_not_make_the_write_fail(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def broken() -> None:
        raise RuntimeError(CANARY)

    async def tells(tx: Tx) -> str:
        tx.afterwards(broken)
        tx.afterwards(partial(told.append, "the next one"))
        await note("there", tx)
        return "done"

    assert await db.write(tells) == "done"
    assert told == ["the next one"]
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


async def test_a_call_for_afterwards_may_write_again(db: Database) -> None:
    writes: list[asyncio.Task[None]] = []

    async def tells(tx: Tx) -> None:
        tx.afterwards(lambda: writes.append(asyncio.create_task(db.write(partial(note, "second")))))
        await note("first", tx)

    await db.write(tells)
    await asyncio.gather(*writes)

    assert await count(db) == 2


async def test_a_call_before_the_commit_is_awaited_and_may_still_write(db: Database) -> None:
    seen: list[int] = []

    async def body(tx: Tx) -> None:
        async def before() -> None:
            await note("second", tx)
            seen.append(await count(db))

        tx.before_commit(before)
        await note("first", tx)

    await db.write(body)

    assert seen == [0], "nothing was committed by then"
    assert await count(db) == 2


async def test_a_failing_call_before_the_commit_undoes_the_write(db: Database) -> None:
    async def fails() -> None:
        raise NotYours

    async def body(tx: Tx) -> None:
        tx.before_commit(fails)
        await note("undone", tx)

    with pytest.raises(NotYours):
        await db.write(body)

    assert await count(db) == 0


async def test_a_call_before_the_commit_is_not_made_if_the_body_fails(db: Database) -> None:
    called: list[str] = []

    async def notes_it() -> None:
        called.append("called")

    async def body(tx: Tx) -> None:
        tx.before_commit(notes_it)
        raise NotYours

    with pytest.raises(NotYours):
        await db.write(body)

    assert not called
