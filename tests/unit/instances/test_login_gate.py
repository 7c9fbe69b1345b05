"""Several processes log in as one bot: apart from each other, and not too often in a day."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import login_throttle
from bot.instances import store
from bot.instances.instance import Instance
from bot.instances.login_gate import SharedLoginGate
from bot.instances.shards import EVERY_SHARD
from bot.login_throttle import MOST_OF_ALL, TooManyLogins
from bot.storage.database import Database
from bot.storage.postgres import PostgresAdapter
from bot.storage.postgres_session import PostgresSession
from tests.databases import address

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Processes:
    """Two processes on one server, with their gates."""

    def __init__(self, url: str) -> None:
        self.now = NOON
        self.db = Database(None, PostgresAdapter(url))
        self.instances = [Instance(EVERY_SHARD, number, PostgresSession(url)) for number in (0, 1)]
        self.first, self.second = [SharedLoginGate(self.db, one, lambda: self.now) for one in self.instances]

    async def counted(self) -> int:
        return len(await self.db.read(lambda tx: store.made_since(tx, NOON - timedelta(days=9))))


@pytest.fixture
async def processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Processes]:
    monkeypatch.setattr(login_throttle, "APART_SECONDS", 0.3)
    made = Processes(address(tmp_path))
    for one in made.instances:
        await one.join()
    yield made
    for one in made.instances:
        await one.leave()
    await made.db.close()


async def test_another_process_logs_in_only_some_seconds_later(processes: Processes) -> None:
    loop = asyncio.get_running_loop()
    async with processes.first.turn(0):
        waiting = asyncio.create_task(processes.second.turn(1).__aenter__())
        await asyncio.sleep(0.1)
        assert not waiting.done()
    ended = loop.time()
    await waiting
    assert loop.time() - ended >= 0.3


async def test_shards_of_different_groups_do_not_wait_for_each_other(processes: Processes) -> None:
    processes.first.at_once = processes.second.at_once = 2
    async with processes.first.turn(0), asyncio.timeout(5), processes.second.turn(1):
        pass


async def test_all_logins_of_a_day_count_together(processes: Processes) -> None:
    for number in range(MOST_OF_ALL):
        processes.now = NOON + timedelta(seconds=number)
        await (processes.first if number % 2 else processes.second).made(number % 2)

    for gate in (processes.first, processes.second):
        with pytest.raises(TooManyLogins) as refused:
            async with gate.turn(0):
                pass
        assert refused.value.until == NOON + timedelta(days=1)
    processes.now = NOON + timedelta(days=1)
    async with processes.first.turn(0):
        pass


async def test_logins_of_earlier_days_are_forgotten(processes: Processes) -> None:
    await processes.first.made(0)
    processes.now += timedelta(days=1)
    await processes.second.made(1)

    assert await processes.counted() == 1


async def test_without_the_server_a_process_logs_in_all_the_same() -> None:
    """`/support` must be answered while the database can't be used."""
    url = "postgresql://127.0.0.1:1/none"
    db = Database(None, PostgresAdapter(url))
    gate = SharedLoginGate(db, Instance(EVERY_SHARD, 0, PostgresSession(url)), lambda: NOON)

    async with asyncio.timeout(20), gate.turn(0):
        await gate.made(0)
    await db.close()
