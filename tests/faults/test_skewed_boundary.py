"""A boundary that one process commits while another one sends is never crossed, however the two overlap.

Both orders are forced: the one that comes second begins while the first has written everything and has not
committed yet. Without the lock of the database's one writer, the second would not see what the first wrote.
"""

import asyncio
import inspect
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from bot.asks.tables import askings
from bot.delivery.outbox_message import MessageState
from bot.delivery.tables import outbox
from bot.ids import PersonId
from bot.storage import postgres
from bot.storage.tx import Tx
from bot.vault.keyring import Keyring
from tests import databases
from tests.patience import PATIENCE
from tests.unit.asks.fixtures import Harness

ROUNDS = int(os.environ.get("SKEWED_ROUNDS", "60"))
_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
_UNLOCKED = text("SELECT pg_current_xact_id()::text")

Body = Callable[[Tx], Awaitable[Any]]


class Processes:
    """Two processes on one database: one sends questions, and one sets boundaries."""

    def __init__(self, place: Path) -> None:
        ring = Keyring.fresh()
        self.sending, self.apart = Harness(place, ring), Harness(place, ring)
        self._looking: Connection = databases.engine_of(place).connect()

    async def open(self) -> None:
        await self.sending.open()
        await self.apart.open()
        self.apart.accounts = self.sending.accounts

    async def close(self) -> None:
        self._looking.close()
        await self.sending.close()
        await self.apart.close()

    @asynccontextmanager
    async def written(self, harness: Harness, body: Body) -> AsyncIterator[None]:
        """Run a write, and hold it right before its commit while the block lasts."""
        written, may_commit = asyncio.Event(), asyncio.Event()

        async def held(tx: Tx) -> None:
            await body(tx)
            written.set()
            await may_commit.wait()

        task = asyncio.create_task(harness.db.write(held))
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait(
                {task, asyncio.create_task(written.wait())}, return_when=asyncio.FIRST_COMPLETED
            )
        try:
            yield
        finally:
            may_commit.set()
            await task

    async def waits(self) -> None:
        """Wait until another write waits for the lock of the one that is held."""
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(self._some_wait):  # noqa: ASYNC110 - a write waits at the server, which sets no event here
                await asyncio.sleep(0.001)

    def _some_wait(self) -> bool:
        waiting = self._looking.execute(_WAITING).scalar()
        self._looking.rollback()
        return bool(waiting)


@pytest.fixture
async def processes(tmp_path: Path) -> AsyncIterator[Processes]:
    before, databases.engine = databases.engine, databases.POSTGRES
    try:
        made = Processes(tmp_path / "shared.db")
        await made.open()
        yield made
        await made.close()
    finally:
        databases.engine = before


async def overlap(
    processes: Processes, number: int, *, sends_first: bool, sees_lock: bool = True
) -> PersonId:
    """Let a question to somebody and a boundary with them overlap. Return that person."""
    sending, apart = processes.sending, processes.apart
    ana, bo = f"Ana {number}", f"Bo {number}"
    await sending.tie(ana, bo)
    await sending.read_all(ana)
    draft = await sending.draft(ana, bo)
    asker, asked = await sending.person(ana), await sending.person(bo)

    async def send(tx: Tx) -> None:
        await inspect.unwrap(type(sending.asks).send)(sending.asks, tx, asker, draft, sending.now)

    async def set_apart(tx: Tx) -> None:
        await apart.boundaries.keep_apart(tx, asked, asker, apart.now)

    first, second = (send, set_apart) if sends_first else (set_apart, send)
    one, other = (sending, apart) if sends_first else (apart, sending)
    async with processes.written(one, first):
        waiting = asyncio.create_task(other.db.write(second))
        if sees_lock:
            await processes.waits()
        else:
            await asyncio.wait({waiting}, timeout=PATIENCE)
    await waiting
    return asked


async def crossed(processes: Processes, asked: PersonId) -> bool:
    """Whether somebody is asked after all by the person with whom they set a boundary."""
    coming = select(outbox.c.id).where(
        outbox.c.person == asked, outbox.c.kind == "asks.asked", outbox.c.ended_at.is_(None),
        outbox.c.state == MessageState.WAITING, outbox.c.lane.is_not(None),
    )  # fmt: skip
    return bool(await processes.sending.db.read(lambda tx: tx.all(coming)))


@pytest.mark.slow
@pytest.mark.uncounted
async def test_a_boundary_is_never_crossed_by_a_question_that_is_sent_meanwhile(processes: Processes) -> None:
    for number in range(ROUNDS):
        asked = await overlap(processes, number, sends_first=bool(number % 2))
        assert not await crossed(processes, asked), f"crossed in round {number}"
        rows = await processes.sending.db.read(lambda tx: tx.all(select(askings)))
        assert len(rows) == number + 1, "the question itself is lost"


@pytest.mark.uncounted
async def test_without_the_lock_of_one_writer_it_would_be_crossed(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_BEGIN", _UNLOCKED)
    asked = await overlap(processes, 0, sends_first=False, sees_lock=False)

    assert await crossed(processes, asked)
