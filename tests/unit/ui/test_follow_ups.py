"""What follows an answer goes on by itself, and ends when the bot stops."""

import asyncio

import pytest

from bot.errors import NotYours
from bot.storage.unavailable import Reason, StorageUnavailable
from bot.ui.follow_ups import FollowUps
from tests.virtual_clock import virtual_clock

SECRET = "what somebody wrote"


@virtual_clock
async def test_it_goes_on_while_nobody_waits_for_it() -> None:
    follow_ups, done = FollowUps(), []

    async def work() -> None:
        for number in range(3):
            assert await follow_ups.pause(10)
            done.append(number)

    follow_ups.begin(work())
    await asyncio.sleep(25)
    assert done == [0, 1]
    await asyncio.sleep(10)
    assert done == [0, 1, 2]


@virtual_clock
async def test_at_a_stop_each_has_a_moment_for_its_last_word() -> None:
    follow_ups, said = FollowUps(), []

    async def work(last: float) -> None:
        assert not await follow_ups.pause(600)
        await asyncio.sleep(last)
        said.append(last)

    for last in (0.5, 100.0):
        follow_ups.begin(work(last))
    await asyncio.sleep(1)
    began = asyncio.get_running_loop().time()
    await follow_ups.stop(1.0)
    assert asyncio.get_running_loop().time() - began <= 1.0
    assert said == [0.5]
    assert not await follow_ups.pause(600)


@virtual_clock
async def test_a_failing_one_is_logged_without_what_somebody_wrote(caplog: pytest.LogCaptureFixture) -> None:
    follow_ups = FollowUps()

    async def refused() -> None:
        raise NotYours

    async def fails() -> None:
        raise ValueError(SECRET)

    follow_ups.begin(refused())
    await asyncio.sleep(1)
    assert caplog.text == ""
    follow_ups.begin(fails())
    await asyncio.sleep(1)
    assert "What followed an answer failed" in caplog.text
    assert SECRET not in caplog.text


@virtual_clock
async def test_without_the_database_the_other_way_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    follow_ups, gone = FollowUps(), []

    async def fails() -> None:
        raise StorageUnavailable(Reason.FAILING)

    async def otherwise() -> None:
        gone.append(1)

    follow_ups.begin(fails(), otherwise)
    follow_ups.begin(fails())
    follow_ups.begin(fails(), fails)
    await asyncio.sleep(1)
    assert gone == [1]
    assert caplog.text == ""
