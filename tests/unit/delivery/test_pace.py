"""Two limits: requests are evenly spaced, and only a few new DM channels are opened in any minute."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.pace import Openings, Pace
from tests.virtual_clock import virtual_clock

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@virtual_clock
async def test_turns_are_evenly_apart() -> None:
    pace, loop = Pace(10), asyncio.get_running_loop()

    async def turn() -> float:
        await pace.turn()
        return loop.time()

    times = await asyncio.gather(*(turn() for _ in range(31)))

    assert [round(at, 3) for at in times] == [n / 10 for n in range(31)]


@virtual_clock
async def test_idle_time_does_not_allow_a_later_burst() -> None:
    pace, loop = Pace(10), asyncio.get_running_loop()
    await pace.turn()
    await asyncio.sleep(60)
    await asyncio.gather(*(pace.turn() for _ in range(11)))

    assert round(loop.time(), 3) == 61


def test_a_few_channels_may_be_opened_at_once_and_then_none_for_a_minute() -> None:
    openings = Openings(3)
    for n in range(3):
        assert openings.free_at(NOON + n * SECOND) == NOON + n * SECOND
        openings.take(NOON + n * SECOND)
    free = openings.free_at(NOON + 3 * SECOND)

    assert timedelta(minutes=1) < free - NOON < timedelta(minutes=2)
    openings.take(free)
    assert openings.free_at(free) == free + SECOND


def test_no_channel_may_be_opened_during_a_rest_that_was_asked_for() -> None:
    openings = Openings(3)
    openings.rest(NOON + timedelta(minutes=10))

    assert openings.free_at(NOON) == NOON + timedelta(minutes=10)
    assert openings.free_at(NOON + timedelta(minutes=11)) == NOON + timedelta(minutes=11)


def test_a_shorter_rest_does_not_end_a_longer_one() -> None:
    openings = Openings(3)
    openings.rest(NOON + 600 * SECOND)
    openings.rest(NOON)

    assert openings.resting(NOON) == 600 * SECOND


@virtual_clock
async def test_an_urgent_request_goes_before_those_that_wait_and_the_rate_holds() -> None:
    pace, loop = Pace(10), asyncio.get_running_loop()
    went: list[tuple[str, float]] = []

    async def go(name: str, *, urgent: bool = False) -> None:
        await pace.turn(urgent=urgent)
        went.append((name, round(loop.time() - began, 3)))

    began = loop.time()
    waiting = [asyncio.create_task(go(f"notice {number}")) for number in range(10)]
    await asyncio.sleep(0.25)
    hands = [asyncio.create_task(go(f"hand {number}", urgent=True)) for number in range(3)]
    await asyncio.gather(*waiting, *hands)

    assert [name for name, _ in went[3:6]] == ["hand 0", "hand 1", "hand 2"]
    assert went[5][1] == pytest.approx(0.45)
    assert went[-1][0] == "notice 9"
    assert went[-1][1] == pytest.approx(1.2), "thirteen requests at ten a second"
