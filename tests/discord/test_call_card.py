"""The card of whoever calls for a hand changes as Discord takes the messages, whatever happens meanwhile."""

import asyncio
import time
from typing import Any

import pytest
from simcord import MemberActor

from bot.demo import simcord_internals as internals
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen, Unanswered
from cogs.night import strings
from tests.discord.going_out import joined, looks_out, planned, until
from tests.discord.test_standby import no_database, told

HAS = "Bo** has my message"
SENDING = "Bo**: I'm sending it"
NOT_YET = "Bo** hasn't got my message yet. Call them."


async def night_out(demo: DemoClient) -> tuple[MemberActor, MemberActor]:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await planned(demo, ana)
    await joined(demo, ana, bo)
    await looks_out(demo, ana, bo)
    await until(demo, 21)
    return ana, bo


async def pressed(demo: DemoClient, ana: MemberActor) -> Screen:
    return await (await demo.slash(ana, "night")).press(strings.HAND)


async def nothing_is_sent(demo: DemoClient) -> None:
    """Let no direct message leave, as if Discord took none for a long time."""
    await demo.bot.services.dm_dispatcher.stop(0)


async def sent_again(demo: DemoClient) -> None:
    with internals.bot_scope(demo.env):
        await demo.bot.services.dm_dispatcher.start()


def edits(demo: DemoClient, since: int) -> int:
    return sum(one.method == "PATCH" for one in demo.requests[since:])


async def test_it_says_who_has_the_message_once_they_have_it(demo: DemoClient) -> None:
    ana, _ = await night_out(demo)
    called = await pressed(demo, ana)
    assert SENDING in called
    await demo.demo_server.tick(1)
    assert HAS in called
    before = len(demo.requests)
    await demo.demo_server.tick(600)
    assert edits(demo, before) == 0


async def test_after_a_while_it_says_whom_to_call_and_goes_on_looking(demo: DemoClient) -> None:
    ana, bo = await night_out(demo)
    await nothing_is_sent(demo)
    called = await pressed(demo, ana)
    await demo.demo_server.tick(10)
    assert SENDING in called
    await demo.demo_server.tick(10)
    assert NOT_YET in called
    await sent_again(demo)
    await demo.demo_server.tick(60)
    assert HAS in called
    assert len(told(demo, bo)) == 1


async def test_saying_what_it_is_does_not_say_too_early_that_nobody_has_it(demo: DemoClient) -> None:
    ana, _ = await night_out(demo)
    await nothing_is_sent(demo)
    drunk = demo.bot.services.library.night.quick.drunk.own
    called = await (await pressed(demo, ana)).press(drunk)
    assert SENDING in called
    await demo.demo_server.tick(20)
    assert NOT_YET in called
    assert NOT_YET in await called.press(drunk)


async def test_a_call_that_takes_long_is_deferred_and_its_card_changes_too(
    demo: DemoClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = await night_out(demo)
    during = demo.bot.services.nights.during
    call = during.call

    async def slowly(*given: Any) -> Any:
        await asyncio.sleep(5)
        return await call(*given)

    monkeypatch.setattr(during, "call", slowly)
    night = await demo.slash(ana, "night")
    with pytest.raises(Unanswered):
        await night.press(strings.HAND)
    await demo.demo_server.tick(8)
    assert HAS in night


async def test_a_card_that_was_dismissed_is_left_alone(
    demo: DemoClient, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ = await night_out(demo)
    await nothing_is_sent(demo)
    called = await pressed(demo, ana)
    del demo.env.backend.messages[called.message.channel_id][called.message.id]
    before = len(demo.requests)
    await demo.demo_server.tick(600)
    assert edits(demo, before) == 1
    assert "not refreshed" not in caplog.text


async def test_erasing_meanwhile_does_not_wait_for_it_and_ends_it(demo: DemoClient) -> None:
    ana, _ = await night_out(demo)
    await nothing_is_sent(demo)
    await pressed(demo, ana)
    services = demo.bot.services
    async with services.router.under_way.alone(ana.id):
        # Nothing is waited for: on this clock, nobody would move it.
        await services.privacy.erase(await services.people.of_account(ana.id), demo.now)
    before = len(demo.requests)
    await demo.demo_server.tick(600)
    assert edits(demo, before) == 0
    assert not services.follow_ups._tasks


async def test_when_the_bot_stops_it_says_what_is_certain(demo: DemoClient) -> None:
    ana, bo = await night_out(demo)
    await nothing_is_sent(demo)
    called = await pressed(demo, ana)
    assert SENDING in called
    began = time.monotonic()
    await demo.restart()
    assert time.monotonic() - began < 8
    assert NOT_YET in called
    await demo.demo_server.tick(5)
    assert len(told(demo, bo)) == 1
    # The next press is the same call, and says what has become of it.
    assert HAS in await pressed(demo, ana)
    assert len(told(demo, bo)) == 1


async def test_if_the_database_fails_meanwhile_the_friend_is_told_all_the_same(demo: DemoClient) -> None:
    ana, bo = await night_out(demo)
    await nothing_is_sent(demo)
    called = await pressed(demo, ana)
    with no_database(demo):
        await demo.demo_server.tick(2)
        assert HAS in called
        assert strings.LATE_CARD in called
    assert len(told(demo, bo)) == 1
