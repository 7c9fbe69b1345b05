"""The alarm: rings when something is due, soon after it fell due, and never faster than there is work."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.scheduling.wakeup import AT_MOST, Wakeup
from tests.clockwork import clockwork, now

SECOND = timedelta(seconds=1)


@dataclass
class Times:
    """Something with times of its own, which remembers when it was rung for each."""

    due: list[datetime] = field(default_factory=list)
    done: list[tuple[datetime, datetime]] = field(default_factory=list)
    looks: list[datetime] = field(default_factory=list)
    on_earlier: Callable[[datetime], None] | None = None
    broken: bool = False
    takes: float = 0

    async def run_due(self, at: datetime) -> int:
        self.looks.append(at)
        if self.broken:
            raise RuntimeError("canary")
        past = [due for due in self.due if due <= at]
        self.due = [due for due in self.due if due > at]
        await asyncio.sleep(self.takes)
        self.done.extend((due, at) for due in past)
        return len(past)

    async def next_due(self) -> datetime | None:
        await asyncio.sleep(0)
        return min(self.due, default=None)

    def put(self, due: datetime) -> None:
        self.due.append(due)
        if self.on_earlier is not None:
            self.on_earlier(due)

    @property
    def delays(self) -> list[timedelta]:
        return [at - due for due, at in self.done]


@asynccontextmanager
async def ringing(*timed: Times) -> AsyncIterator[Wakeup]:
    wakeup = Wakeup(timed[0], now, timed[1:])
    wakeup.start()
    try:
        yield wakeup
    finally:
        await wakeup.stop()


@clockwork
async def test_what_fell_due_while_nothing_ran_is_done_at_the_start() -> None:
    times = Times([now() - timedelta(days=3)])
    async with ringing(times):
        await asyncio.sleep(0.1)

        assert times.delays == [timedelta(days=3)]


@clockwork
async def test_each_time_is_met_within_a_moment() -> None:
    times = Times([now() + n * 7.5 * SECOND for n in range(1, 30)])
    async with ringing(times):
        await asyncio.sleep(300)

    assert len(times.delays) == 29
    assert all(timedelta(0) <= delay < SECOND for delay in times.delays)


@clockwork
async def test_an_earlier_time_that_is_put_meanwhile_is_met_too() -> None:
    times = Times([now() + 50 * SECOND])
    async with ringing(times):
        await asyncio.sleep(10)
        times.put(now() + 5 * SECOND)
        times.put(now() + 20 * SECOND)
        await asyncio.sleep(50)

    assert len(times.delays) == 3
    assert all(timedelta(0) <= delay < SECOND for delay in times.delays)


@pytest.mark.parametrize("after", [0.0, 0.5, 1.0, 1.5, 2.5])
def test_what_is_put_while_it_rings_is_not_lost(after: float) -> None:
    @clockwork
    async def put() -> None:
        times = Times([now()], takes=1)
        async with ringing(times):
            await asyncio.sleep(after)
            times.put(now())
            await asyncio.sleep(10)

        assert len(times.delays) == 2
        assert times.delays[1] <= 3 * SECOND

    put()


@clockwork
async def test_it_looks_every_minute_whatever_it_was_told() -> None:
    times = Times([now() + timedelta(days=400)])
    async with ringing(times):
        await asyncio.sleep(600)

    assert all(later - one <= AT_MOST for one, later in zip(times.looks, times.looks[1:], strict=False))
    assert len(times.looks) in (10, 11)


@clockwork
async def test_a_time_that_stays_past_does_not_make_it_ring_without_end() -> None:
    times = Times()
    stuck = now()

    async def always() -> datetime:
        return stuck

    times.next_due = always  # type: ignore[method-assign] # something that never gets it done
    async with ringing(times):
        await asyncio.sleep(60)

    assert len(times.looks) <= 62


@clockwork
async def test_several_are_rung_in_turn() -> None:
    first, second = Times([now() + SECOND]), Times([now() + 2 * SECOND])
    async with ringing(first, second):
        await asyncio.sleep(5)

    assert len(first.delays) == len(second.delays) == 1


@clockwork
async def test_trouble_is_logged_by_its_type_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    times = Times([now()], broken=True)
    with caplog.at_level(logging.DEBUG, "bot"):
        async with ringing(times):
            await asyncio.sleep(5)
            times.broken = False
            await asyncio.sleep(60)

    assert len(times.done) == 1
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("after", [0.0, 0.5, 30.0])
def test_once_stopped_it_never_rings(after: float, caplog: pytest.LogCaptureFixture) -> None:
    @clockwork
    async def stop() -> None:
        times = Times([now(), now() + 40 * SECOND], takes=1)
        async with ringing(times) as wakeup:
            await asyncio.sleep(after)
            await wakeup.stop()
            looks = len(times.looks)
            times.put(now())
            await asyncio.sleep(120)

            assert len(times.looks) == looks
            assert len(asyncio.all_tasks()) == 1

    stop()
    assert "ERROR" not in caplog.text
