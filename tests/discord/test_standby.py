"""`I need a hand`, and what a friend needs then, while the database can't be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.storage.unavailable import Reason, StorageUnavailable
from bot.ui import strings as words
from cogs.night import strings
from tests.discord.going_out import CARD, joined, looks_out, planned, until
from tests.discord.stateless import nobody_is_logged

NEEDS = "needs a hand now."
CANT_HELP = words.CANNOT_TITLE


@contextmanager
def no_database(demo: DemoClient, *, reading: bool = True) -> Iterator[None]:
    """Let every write fail, and every read too unless it is only the disk that is full."""

    async def fails(_work: object) -> Any:
        raise StorageUnavailable(Reason.FAILING)

    held = vars(demo.bot.db)
    held.update({"write": fails, "read": fails} if reading else {"write": fails})
    try:
        yield
    finally:
        for name in ("write", "read"):
            held.pop(name, None)


async def night_out(demo: DemoClient) -> tuple[MemberActor, MemberActor, MemberActor]:
    """Let Ana be out with Bo, who looks out for her, and with Cy, who doesn't."""
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    await planned(demo, ana)
    await joined(demo, ana, bo, cy)
    await looks_out(demo, ana, bo)
    menu = await (await demo.slash(ana, "night")).press(strings.MORE)
    await (await menu.choose(strings.MORE_OPTIONS["card"])).submit(dict(CARD))
    await until(demo, 21)
    return ana, bo, cy


def told(demo: DemoClient, member: MemberActor) -> list[Screen]:
    return [one for one in demo.dms(member) if NEEDS in one]


@pytest.mark.parametrize("reading", [True, False], ids=["nothing", "no writing"])
async def test_a_friend_is_told_and_sees_the_card(demo: DemoClient, reading: bool) -> None:
    ana, bo, cy = await night_out(demo)
    night = await demo.slash(ana, "night")
    with no_database(demo, reading=reading):
        called = await night.press(strings.HAND)
        assert "Bo** has my message" in called
        assert strings.LATE_CARD in called
        [message] = told(demo, bo)
        assert f"Ana {NEEDS}" in message.text.replace("\u2068", "").replace("\u2069", "")
        friend = await message.press("Open")
        for part in (*CARD.values(), strings.RIGHT_NOW):
            assert part in friend or part in friend.buttons
        assert (strings.LATE_CARD in friend) == reading
        advice = await friend.press(friend.buttons[0])
        assert strings.BACK in advice.buttons
        assert CARD["words"] in await advice.press(strings.BACK)
        assert "In danger now" in await friend.press(strings.RIGHT_NOW)
    assert told(demo, cy) == told(demo, ana) == []


async def test_what_it_is_reaches_the_friend(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    with no_database(demo):
        called = await night.press(strings.HAND)
        said = await called.press(demo.bot.services.library.night.quick.followed.own)
        assert "Bo** has my message" in said
        friend = await told(demo, bo)[0].press("Open")
        assert demo.bot.services.library.night.quick.followed.own in friend
    # The database is back, and knows nothing of the call.
    again = await called.press(demo.bot.services.library.night.quick.drunk.own)
    assert "Bo** has my message" in again
    friend = await told(demo, bo)[0].press("Open")
    assert demo.bot.services.library.night.quick.drunk.own in friend
    assert strings.LATE_CARD not in friend


async def test_whoever_cannot_be_reached_is_said(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    demo.close_dms(bo)
    night = await demo.slash(ana, "night")
    with no_database(demo):
        called = await night.press(strings.HAND)
        assert demo.bot.services.library.night.during.nobody.title in called
        assert "Bo** doesn't get my messages" in called


async def test_a_second_press_tells_nobody_twice(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    with no_database(demo):
        await night.press(strings.HAND)
        await (await demo.slash(ana, "night")).press(strings.HAND)
        assert len(told(demo, bo)) == 1
        demo.turn_clock(demo.now + timedelta(minutes=3))
        await (await demo.slash(ana, "night")).press(strings.HAND)
        assert len(told(demo, bo)) == 2


async def test_a_call_that_was_stored_is_not_told_again(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    await (await demo.slash(ana, "night")).press(strings.HAND)
    await demo.skip(seconds=20)
    assert len(told(demo, bo)) == 1
    with no_database(demo):
        called = await (await demo.slash(ana, "night")).press(strings.HAND)
        assert "Bo** has my message" in called
        assert len(told(demo, bo)) == 1
        friend = await told(demo, bo)[0].press("Open")
        assert CARD["words"] in friend
        assert strings.LATE_CARD in friend


async def test_the_night_itself_and_its_questions_open(demo: DemoClient) -> None:
    ana, _, eve = *(await night_out(demo))[:2], await demo.member("eve")
    [question] = [one for one in demo.dms(ana) if "Open" in one.buttons][-1:]
    with no_database(demo):
        for shown in (await demo.slash(ana, "night"), await question.press("Open")):
            assert strings.HAND in shown.buttons
            assert "Bo** looks out for you" in shown
            assert CARD["way"] in shown
            assert CARD["limit"] not in shown
        assert CANT_HELP in await demo.forge(eve, "v1:nights.open:")


async def test_nobody_else_gets_anything_by_it(demo: DemoClient) -> None:
    ana, bo, cy = await night_out(demo)
    eve = await demo.member("eve")
    night = await demo.slash(ana, "night")
    hand = night.custom_id(strings.HAND)
    with no_database(demo):
        for other in (bo, cy, eve):
            assert CANT_HELP in await demo.forge(other, hand)
        assert told(demo, bo) == []
        called = await night.press(strings.HAND)
        opens = told(demo, bo)[0].custom_id("Open")
        quick = called.custom_id(demo.bot.services.library.night.quick.drunk.own)
        for other in (cy, eve):
            for one in (opens, quick, opens + ".drunk"):
                shown = await demo.forge(other, one)
                assert CANT_HELP in shown
                assert CARD["words"] not in shown
        assert CANT_HELP in await demo.forge(bo, quick)
        assert CANT_HELP in await demo.forge(bo, opens.replace("nights.friend:", "nights.friend:x"))
    assert told(demo, cy) == told(demo, eve) == []


async def test_a_boundary_that_was_set_just_before_holds(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    people, boundaries = demo.bot.services.people, demo.bot.services.boundaries
    one, other = await people.of_account(bo.id), await people.of_account(ana.id)
    await boundaries.set(one, other, demo.now)
    with no_database(demo):
        called = await night.press(strings.HAND)
        assert demo.bot.services.library.night.during.nobody.title in called
        assert "Bo" not in called
        assert told(demo, bo) == []


async def test_it_works_after_a_restart(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    await demo.restart()
    with no_database(demo):
        assert "Bo** has my message" in await night.press(strings.HAND)
        assert CARD["words"] in await told(demo, bo)[0].press("Open")


async def test_after_noon_there_is_nothing_left(demo: DemoClient) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    with no_database(demo):
        await night.press(strings.HAND)
        message = told(demo, bo)[0]
        demo.turn_clock(demo.now.replace(day=demo.now.day + 1, hour=11))
        assert CANT_HELP in await message.press("Open")
        assert CANT_HELP in await demo.forge(ana, "v1:nights.open:")


async def test_nothing_of_it_is_logged(demo: DemoClient, caplog: pytest.LogCaptureFixture) -> None:
    ana, bo, _ = await night_out(demo)
    night = await demo.slash(ana, "night")
    with no_database(demo), nobody_is_logged(caplog, ana, bo):
        await night.press(strings.HAND)
        await told(demo, bo)[0].press("Open")
