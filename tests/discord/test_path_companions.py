"""Companions of a path: inviting, agreeing, stopping, and what each of them is shown."""

from datetime import timedelta

import pytest

from bot.demo.client.client import DemoClient
from cogs.help import strings as help_words
from cogs.path import strings
from tests.discord.test_newcomers import joined as joined_server
from tests.discord.walking_paths import accompanied, entry, invited, joined, offer, opened, stop, told

NOT_YOURS = help_words.NOT_YOURS_TITLE


async def test_an_invitation_sends_nothing_and_waits_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    shown = await invited(demo, ana, bo)
    assert strings.SENTENCE in shown
    assert not any(one.path == "/users/@me/channels" for one in demo.requests)
    card = await offer(demo, bo)
    assert "You never ask who it was" in card
    assert "you can guess who it was" in card
    assert card.buttons == [strings.ACCEPT, strings.NO_THANKS, "Never from Ana", "Support"]
    assert "Report" not in card.buttons
    beside = await card.press(strings.ACCEPT)
    assert "The path of" in beside
    assert "no parties until March" in beside
    assert strings.MEETINGS_ONLY in beside
    await demo.settle()
    assert told(demo, ana) == ["Something is waiting for you."]
    assert "goes with you from now on" in await opened(demo, ana)
    assert told(demo, bo) == []


async def test_no_thanks_shows_the_inviter_nothing(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    await invited(demo, ana, bo)
    before = (await (await demo.slash(ana, "path show")).press(strings.COMPANIONS)).text
    assert strings.DECLINED_TITLE in await (await offer(demo, bo)).press(strings.NO_THANKS)
    await demo.skip(days=1)
    assert (await (await demo.slash(ana, "path show")).press(strings.COMPANIONS)).text == before
    assert told(demo, ana) == []


async def test_never_from_somebody_says_what_they_can_notice_first(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    await invited(demo, ana, bo)
    before = await (await offer(demo, bo)).press("Never from Ana")
    assert strings.STAYS_OPEN in before
    assert strings.REFUSED_TITLE in await before.press("Set the boundary")
    assert "companion on a path" not in await demo.slash(bo, "inbox")


@pytest.mark.parametrize(("days", "goes"), [(29, False), (31, True)])
async def test_a_companion_has_been_a_member_for_thirty_days(demo: DemoClient, days: int, goes: bool) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    await invited(demo, ana, bo)
    joined_server(demo, bo, timedelta(days=days))
    card = await offer(demo, bo)
    shown = await card.press(strings.ACCEPT)
    assert ("The path of" in shown) is goes
    assert (strings.SHORT_TITLE in shown) is not goes


async def test_with_two_companions_the_path_goes_on_and_meets_in_its_own_zone(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    own = await demo.slash(ana, "path show")
    assert "Your path: Say it" in own
    assert "Next meeting" in own
    assert told(demo, bo)[-1] == "Something here has changed."
    shown = await opened(demo, bo)
    assert "Say it" in shown
    assert "Next meeting" in shown
    assert "Cy" in shown
    assert "Bo" in await demo.slash(cy, "path show")


async def test_without_a_time_zone_it_is_asked_for_first(demo: DemoClient) -> None:
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    await stop(demo, ana)
    for one in (bo, cy):
        await joined(demo, ana, one)
    when = await (await demo.slash(ana, "path show")).press(strings.GO_ON)
    assert strings.WHEN_NO_ZONE in when
    assert strings.AGREED not in when.buttons
    when = await (await when.press(strings.SET_ZONE)).submit({"Time zone": "Auckland"})
    assert "Pacific/Auckland" in when
    when = await when.choose("Every two weeks", which="paths.cadence")
    when = await when.choose("Saturday", which="paths.weekday")
    when = await when.choose("20:00", which="paths.hour")
    assert "Say it" in await when.press(strings.AGREED)


async def test_stopping_is_told_without_a_reason_and_below_two_the_path_waits(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    leaving = await (await demo.slash(bo, "path show")).press(strings.STOP_HERE)
    assert "You can stop at any time" in leaving
    leave = leaving.custom_id(strings.LEAVE)
    assert strings.LEFT_TITLE in await leaving.press(strings.LEAVE)
    assert NOT_YOURS in await demo.forge(bo, leave)
    await demo.settle()
    for one in (ana, cy):
        assert "This path waits" in await opened(demo, one)
    assert strings.NO_PATH in await demo.slash(bo, "path show")


async def test_a_companion_who_is_replaced_reads_that_they_do_not_go_along_any_more(demo: DemoClient) -> None:
    ana, [bo, _cy, _dee] = await accompanied(demo, "bo", "cy", "dee")
    card = await (await demo.slash(ana, "path show")).press(strings.COMPANIONS)
    before = await card.choose("Bo", which="paths.remove")
    assert "If **⁨Bo⁩** told you no, talk with all of them first: going on" in before
    without = before.custom_id(strings.GO_WITHOUT)
    card = await before.press(strings.BACK)
    assert NOT_YOURS in await demo.forge(bo, without)
    await demo.restart()
    before = await card.choose("Bo", which="paths.remove")
    first, second = await before.press_twice(strings.GO_WITHOUT)
    assert "doesn't go with you any more" in first
    assert NOT_YOURS in second
    await demo.settle()
    shown = await opened(demo, bo)
    assert strings.PLACE_OVER in shown
    assert "closed" not in shown


async def test_an_invitation_can_be_taken_back(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    await invited(demo, ana, bo)
    see = (await offer(demo, bo)).custom_id(strings.ACCEPT)
    card = await (await demo.slash(ana, "path show")).press(strings.COMPANIONS)
    assert "is taken back" in await card.choose("Bo", which="paths.remove")
    assert strings.INVITATION_CLOSED_TITLE in await demo.forge(bo, see)


async def test_refusals_of_an_invitation(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    assert strings.YOURSELF in await invited(demo, ana, ana)
    await joined(demo, ana, bo)
    assert strings.ALREADY in await invited(demo, ana, bo)
    dee = await demo.member("dee")
    await stop(demo, dee)
    await invited(demo, dee, bo)
    assert strings.ONE_TITLE in await (await offer(demo, bo)).press(strings.ACCEPT)


async def test_accepting_works_after_a_restart_and_when_pressed_twice(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await stop(demo, ana)
    await invited(demo, ana, bo)
    card = await offer(demo, bo)
    await demo.restart()
    first, second = await card.press_twice(strings.ACCEPT)
    assert "The path of" in first
    assert "The path of" in second
    await demo.settle()
    assert len(told(demo, ana)) == 1


async def test_six_months_later_a_companion_is_asked_whether_they_stay(demo: DemoClient) -> None:
    _, [bo, _] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=183)
    card = await entry(demo, bo, strings.IN_TERM)
    assert strings.TERM_TEXT in card
    assert strings.STAYED in await card.press(strings.STAY)


async def test_when_the_person_ends_it_companions_read_the_same_as_when_they_are_replaced(
    demo: DemoClient,
) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    await (await more.press(strings.END)).press(strings.END_NOW)
    await demo.settle()
    shown = await opened(demo, bo)
    assert strings.PLACE_OVER in shown
    assert strings.PLACE_OVER_TITLE in shown
    assert "closed" not in shown
    assert told(demo, bo)[-1] == "This is closed."
