"""Wakeup runs what is due soon after it is due, and never wakes more often than there is work."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.scheduling.wakeup import AT_MOST, Wakeup
from tests.virtual_clock import now, virtual_clock

CANARY = "canary"
"""Stands in an error's message. The line that raises it must not show it, since frames have such lines."""

SECOND = timedelta(seconds=1)


@dataclass
class Times:
    """Something that has due times, and remembers when it was run for each."""

    due: list[datetime] = field(default_factory=list)
    done: list[tuple[datetime, datetime]] = field(default_factory=list)
    looks: list[datetime] = field(default_factory=list)
    on_earlier: Callable[[datetime], None] | None = None
    broken: bool = False
    takes: float = 0

    async def run_due(self, at: datetime) -> int:
        self.looks.append(at)
        if self.broken:
            raise RuntimeError(CANARY)
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
async def waking(*timed: Times) -> AsyncIterator[Wakeup]:
    wakeup = Wakeup(timed[0], now, timed[1:])
    wakeup.start()
    try:
        yield wakeup
    finally:
        await wakeup.stop()


@virtual_clock
async def test_work_that_became_due_while_nothing_ran_is_done_at_the_start() -> None:
    times = Times([now() - timedelta(days=3)])
    async with waking(times):
        await asyncio.sleep(0.1)

        assert times.delays == [timedelta(days=3)]


@virtual_clock
async def test_work_is_done_within_a_second_after_it_is_due() -> None:
    times = Times([now() + n * 7.5 * SECOND for n in range(1, 30)])
    async with waking(times):
        await asyncio.sleep(300)

    assert len(times.delays) == 29
    assert all(timedelta(0) <= delay < SECOND for delay in times.delays)


@virtual_clock
async def test_work_that_is_added_for_an_earlier_time_is_also_done_in_time() -> None:
    times = Times([now() + 50 * SECOND])
    async with waking(times):
        await asyncio.sleep(10)
        times.put(now() + 5 * SECOND)
        times.put(now() + 20 * SECOND)
        await asyncio.sleep(50)

    assert len(times.delays) == 3
    assert all(timedelta(0) <= delay < SECOND for delay in times.delays)


@pytest.mark.parametrize("after", [0.0, 0.5, 1.0, 1.5, 2.5])
def test_work_that_is_added_while_other_work_runs_is_not_lost(after: float) -> None:
    @virtual_clock
    async def put() -> None:
        times = Times([now()], takes=1)
        async with waking(times):
            await asyncio.sleep(after)
            times.put(now())
            await asyncio.sleep(10)

        assert len(times.delays) == 2
        assert times.delays[1] <= 3 * SECOND

    put()


@virtual_clock
async def test_the_wakeup_looks_every_minute_even_when_nothing_is_due_soon() -> None:
    times = Times([now() + timedelta(days=400)])
    async with waking(times):
        await asyncio.sleep(600)

    assert all(later - one <= AT_MOST for one, later in zip(times.looks, times.looks[1:], strict=False))
    assert len(times.looks) in (10, 11)


@virtual_clock
async def test_a_time_that_stays_due_does_not_make_the_wakeup_run_all_the_time() -> None:
    times = Times()
    stuck = now()

    async def always() -> datetime:
        return stuck

    times.next_due = always  # type: ignore[method-assign] # something that never gets it done
    async with waking(times):
        await asyncio.sleep(60)

    assert len(times.looks) <= 62


@virtual_clock
async def test_the_wakeup_runs_several_sources_of_work() -> None:
    first, second = Times([now() + SECOND]), Times([now() + 2 * SECOND])
    async with waking(first, second):
        await asyncio.sleep(5)

    assert len(first.delays) == len(second.delays) == 1


@virtual_clock
async def test_an_error_is_logged_without_its_message_and_the_work_is_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    times = Times([now()], broken=True)
    with caplog.at_level(logging.DEBUG, "bot"):
        async with waking(times):
            await asyncio.sleep(5)
            times.broken = False
            await asyncio.sleep(60)

    assert len(times.done) == 1
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("after", [0.0, 0.5, 30.0])
def test_a_stopped_wakeup_never_runs_again(after: float, caplog: pytest.LogCaptureFixture) -> None:
    @virtual_clock
    async def stop() -> None:
        times = Times([now(), now() + 40 * SECOND], takes=1)
        async with waking(times) as wakeup:
            await asyncio.sleep(after)
            await wakeup.stop()
            looks = len(times.looks)
            times.put(now())
            await asyncio.sleep(120)

            assert len(times.looks) == looks
            assert len(asyncio.all_tasks()) == 1

    stop()
    assert "ERROR" not in caplog.text


@virtual_clock
async def test_one_source_of_work_that_fails_holds_up_no_other() -> None:
    broken, times = Times(broken=True), Times([now() + n * 7.5 * SECOND for n in range(1, 30)])
    async with waking(broken, times):
        await asyncio.sleep(300)

    assert len(times.delays) == 29
    assert all(timedelta(0) <= delay < SECOND for delay in times.delays)
