"""An instance has a number of its own, and one of them leads, whatever becomes of the others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from bot.instances import instance as module
from bot.instances.instance import ALONE, Instance, NumberTaken
from bot.instances.shards import EVERY_SHARD
from bot.storage.postgres_session import PostgresSession
from bot.storage.session import Hint, Lock, SessionLost
from tests.databases import address, engine_of
from tests.patience import PATIENCE


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NUMBER_WAITED_FOR_SECONDS", 2.0)
    monkeypatch.setattr(module, "_ASKED_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(module, "_LEAD_TRIED_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(module, "_RECONNECTS_EVERY_SECONDS", 0.05)


class Running:
    """Instances on one server, each with work that goes on until it is stopped."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._url = address(place)
        self._tasks: list[asyncio.Task[None]] = []
        self._every: list[Instance] = []
        self.stopped = asyncio.Event()

    def new(self, number: int) -> Instance:
        made = Instance(EVERY_SHARD, number, PostgresSession(self._url))
        self._every.append(made)
        return made

    async def started(self, number: int) -> Instance:
        made = self.new(number)
        await made.join()
        self._tasks.append(asyncio.create_task(made.run(self._work())))
        return made

    def task(self, at: int) -> asyncio.Task[None]:
        return self._tasks[at]

    def end_sessions(self) -> None:
        """Let the server end every session, as it does when it is restarted."""
        with engine_of(self._place).connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE application_name = 'plumbline' AND datname = current_database()"
            )

    async def close(self) -> None:
        self.stopped.set()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, NumberTaken):
                await task
        for one in self._every:
            await one.leave()

    async def _work(self) -> None:
        await self.stopped.wait()


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    made = Running(tmp_path)
    yield made
    await made.close()


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not reached():  # noqa: ASYNC110 - a lock at the server changes, which sets no event here
            await asyncio.sleep(0.02)


async def test_a_process_with_a_file_is_alone_and_leads() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    await ALONE.join()
    await ALONE.run(work())
    assert ALONE.leads
    assert done == ["work"]
    assert not await ALONE.take_turn(Lock.LOGIN, 0)
    await ALONE.end_turn(Lock.LOGIN, 0)
    await ALONE.leave()


async def test_no_two_processes_have_one_number(running: Running) -> None:
    await running.started(0)
    second = running.new(0)

    with pytest.raises(NumberTaken):
        await second.join()


async def test_a_number_that_is_freed_in_time_is_taken(running: Running) -> None:
    first, second = await running.started(0), running.new(0)
    joining = asyncio.create_task(second.join())
    await asyncio.sleep(0.1)
    await first.leave()

    await joining
    assert second.leads


async def test_one_leads_and_another_takes_over_when_it_is_gone(running: Running) -> None:
    first, second = await running.started(0), await running.started(1)
    led: list[str] = []

    async def leads() -> None:
        led.append("second")

    second.on_leading = leads
    await asyncio.sleep(0.2)
    assert (first.leads, second.leads, led) == (True, False, [])
    await first.leave()
    await until(lambda: second.leads and led == ["second"])


async def test_after_a_restart_of_the_server_each_has_its_number_and_one_leads(running: Running) -> None:
    every = [await running.started(number) for number in range(3)]
    told: list[int] = []

    def hear(number: int, _what: Collection[Hint]) -> None:
        told.append(number)

    for one in every:
        one.on_told = partial(hear, one.number)
    running.end_sessions()
    await until(lambda: {*told} == {0, 1, 2} and sum(one.leads for one in every) == 1)
    late = running.new(2)
    with pytest.raises(NumberTaken):
        await late.join()


async def test_whoever_lost_its_number_to_another_process_ends(running: Running) -> None:
    first, second = running.new(0), running.new(0)
    await first.join()
    assert first._session is not None
    await first._session.close()
    await second.join()

    with pytest.raises(NumberTaken):
        await first.run(running._work())


async def test_the_error_of_its_work_ends_it(running: Running) -> None:
    async def work() -> None:
        raise ValueError("of the work")

    made = running.new(0)
    await made.join()
    with pytest.raises(ValueError, match="of the work"):
        await made.run(work())


async def test_what_one_process_tells_the_others_hear(running: Running, tmp_path: Path) -> None:
    first, second = await running.started(0), await running.started(1)
    told: list[tuple[int, Collection[Hint]]] = []
    first.on_told = lambda what: told.append((0, what))
    second.on_told = lambda what: told.append((1, what))
    with engine_of(tmp_path).begin() as connection:
        connection.exec_driver_sql("NOTIFY plumbline, 'of a later version'")
        connection.exec_driver_sql("NOTIFY plumbline, 'work'")
    await until(lambda: len(told) == 2)
    assert sorted(told) == [(0, {Hint.WORK}), (1, {Hint.WORK})]


async def test_turns_are_taken_one_after_the_other(running: Running) -> None:
    first, second = await running.started(0), await running.started(1)
    assert await first.take_turn(Lock.LOGIN, 3)
    assert await second.take_turn(Lock.LOGIN, 4)
    waiting = asyncio.create_task(second.take_turn(Lock.LOGIN, 3))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await first.end_turn(Lock.LOGIN, 3)
    assert await waiting


async def test_without_a_server_there_is_no_session_and_no_turn() -> None:
    made = Instance(EVERY_SHARD, 0, PostgresSession("postgresql://me:secret@127.0.0.1:1/none"))

    with pytest.raises(SessionLost) as lost:
        await made.join()
    assert "secret" not in repr(lost.value.__cause__) + repr(lost.value)
    assert not await made.take_turn(Lock.LOGIN, 0)
    await made.end_turn(Lock.LOGIN, 0)
    await made.leave()
