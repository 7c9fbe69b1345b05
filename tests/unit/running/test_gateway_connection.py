"""How long the bot waits before it connects again, and that its shards log in one after the other."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.login_throttle import APART_SECONDS, AT_ONCE, MOST_A_DAY, Logins, LoginThrottle
from bot.ui.gateway_connection import LONGEST_PAUSE_SECONDS, pause
from bot.ui.running import within
from tests.virtual_clock import virtual_clock

DAY_SECONDS = 86_400
NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


def now() -> datetime:
    return NOON + timedelta(seconds=asyncio.get_running_loop().time())


def test_the_pauses_grow_from_none_to_two_minutes_and_no_further() -> None:
    assert pause(0) == 0
    assert 0.75 <= pause(1) <= 1
    assert all(pause(failures) * 1.4 < pause(failures + 1) for failures in range(1, 7))
    assert all(90 <= pause(failures) <= LONGEST_PAUSE_SECONDS for failures in (8, 100, 100_000))


@virtual_clock
async def test_logins_of_several_shards_are_made_one_after_the_other(tmp_path: Path) -> None:
    logins = Logins(LoginThrottle(tmp_path / "starts"), now)
    made: list[float] = []

    async def log_in() -> None:
        async with logins.turn(3):
            logins.made()
            made.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(log_in() for _ in range(3)))

    assert [later - earlier for earlier, later in pairwise(made)] == [APART_SECONDS] * 2


@virtual_clock
@pytest.mark.parametrize("lasts", [0, 300])
async def test_logins_without_a_session_that_went_well_go_on_for_days_below_the_limit(
    tmp_path: Path, lasts: float
) -> None:
    logins, count = Logins(LoginThrottle(tmp_path / "starts"), now), 0
    while asyncio.get_running_loop().time() < 3 * DAY_SECONDS:
        async with logins.turn(1):
            logins.made()
            count += 1
        await asyncio.sleep(lasts)

    assert 3 * 140 < count < 3 * MOST_A_DAY


@virtual_clock
async def test_after_a_session_that_went_well_a_login_needs_no_pause(tmp_path: Path) -> None:
    logins = Logins(LoginThrottle(tmp_path / "starts"), now)
    for _ in range(2 * AT_ONCE):
        async with logins.turn(1):
            logins.made()
        await asyncio.sleep(600)
        logins.went_well()
        began = asyncio.get_running_loop().time()
        async with logins.turn(1):
            assert asyncio.get_running_loop().time() == began


@virtual_clock
async def test_a_part_that_does_not_stop_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    async def failing() -> None:
        raise ZeroDivisionError

    await within(3, "gateway", asyncio.Event().wait())
    await within(3, "database", failing())

    assert asyncio.get_running_loop().time() >= 3
    assert "didn't stop in time" in caplog.text
    assert "failed to stop" in caplog.text
