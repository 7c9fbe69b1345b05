"""The night itself: how somebody is, `I need a hand`, whether they are home, and what friends see of it."""

from datetime import timedelta

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.help import strings as help_words
from cogs.me.privacy import strings as privacy_words
from cogs.night import strings
from tests.discord.going_out import (
    CARD,
    apart,
    at,
    day_after,
    entry,
    home_by,
    looks_out,
    newest,
    option,
    out,
    planned,
    says_minor,
    told,
    until,
    views,
)

NOT_YOURS = help_words.NOT_YOURS_TITLE
OVER = "That night is over"
READY, CHANGED, CLOSED = "Something is waiting for you.", "Something here has changed.", "This is closed."
HAND = "Ana needs a hand now."
NOBODY = "Call a friend now."
QUICK = ["I'm too drunk", "Somebody won't leave me alone", "Somebody follows me"]


async def on(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Let the night be on. Ana's card is written, and each of these friends looks out for her."""
    people = await out(demo, *names)
    await (await option(demo, people[0], "card")).submit(CARD)
    await until(demo, 21)
    await demo.skip(minutes=3)
    return people


async def called(demo: DemoClient, member: MemberActor) -> Screen:
    """Let them press `I need a hand` and wait until Discord has taken the messages."""
    shown = await (await demo.slash(member, "night")).press(strings.HAND)
    await demo.settle()
    await demo.skip(seconds=30)
    return shown


async def member_of(demo: DemoClient, member: MemberActor) -> str:
    return str((await views(demo, member))[0].member.id)


# -- how are you ------------------------------------------------------------------------------------------


async def test_at_the_start_each_is_asked_in_one_sentence(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    for one in (ana, bo):
        assert told(demo, one)[-1] == READY
        card = await newest(demo, one)
        assert "How are you?" in card
        assert card.buttons == [strings.FINE, strings.HAND, strings.HOME, "Support"]
    shown = await card.press(strings.FINE)
    assert "`I need a hand` is under `/night` all night." in shown
    assert strings.TITLE_ON in await shown.press(strings.TO_NIGHT)
    await demo.skip(minutes=1)
    assert told(demo, bo)[-1] == CLOSED
    assert told(demo, ana)[-1] == READY, "what one says tells nobody"


async def test_they_are_asked_at_the_time_that_they_chose(demo: DemoClient) -> None:
    ana, _ = await out(demo, "bo")
    await (await option(demo, ana, "check")).choose("23:00")
    await until(demo, 22)
    before = len(told(demo, ana))
    await until(demo, 23, 5)
    assert len(told(demo, ana)) == before + 1
    assert "You asked me to ask you now." in await newest(demo, ana)


async def test_nobody_else_answers_for_them(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    member = await member_of(demo, ana)
    for verb in ("hand", "fine", "out", "home", "noon", "thanks", "leave"):
        for other in (bo, await demo.member("eve")):
            refused = await demo.forge(other, f"v1:nights.{verb}:{member}" + (".fine" * (verb == "noon")))
            assert OVER in refused or NOT_YOURS in refused, verb
    await demo.skip(minutes=3)
    assert HAND not in told(demo, bo)
    assert len(await views(demo, ana)) == 1


async def test_during_the_night_the_card_is_short_and_shows_the_way_home(demo: DemoClient) -> None:
    ana, _ = await on(demo, "bo")
    shown = await demo.slash(ana, "night")
    assert strings.TITLE_ON in shown
    assert "**Bo** looks out for you." in shown
    assert CARD["way"] in shown
    assert CARD["limit"] not in shown
    assert shown.buttons == [strings.HAND, strings.HOME, strings.MORE, "Support"]
    assert shown.text == (await demo.slash(ana, "night", dm=True)).text


async def test_an_hour_before_the_start_a_hand_can_be_called_for(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await until(demo, 19, 5)
    assert strings.HAND in (await demo.slash(ana, "night")).buttons
    await called(demo, ana)
    assert HAND in told(demo, bo)


# -- I need a hand ----------------------------------------------------------------------------------------


async def test_a_call_reaches_everybody_who_agreed_and_says_so(demo: DemoClient) -> None:
    ana, bo, cy = await on(demo, "bo", "cy")
    shown = await called(demo, ana)
    for one in (bo, cy):
        assert told(demo, one)[-1] == HAND
    assert "I've told them. Call them too." in shown
    assert "**Bo** has my message." in shown
    assert "**Cy** has my message." in shown
    assert "I can't see whether they've read it." in shown
    assert [one for one in shown.buttons if one in QUICK] == QUICK
    card = await newest(demo, bo)
    assert "# Ana needs a hand now." in card
    assert "Call them. Then go to them," in card
    for words in CARD.values():
        assert words in card
    assert card.buttons == [
        *("If they're too drunk", "If somebody bothers them", "If somebody follows them"),
        *(strings.RIGHT_NOW, "Support"),
    ]
    assert "Right now" in await card.press(strings.RIGHT_NOW)


async def test_only_who_agreed_is_called(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    cy = await demo.member("cy")
    await (await (await option(demo, ana, "invite")).choose([cy])).press(strings.TO_NIGHT)
    await (await (await demo.slash(cy, "inbox")).press("Open")).press(strings.COUNT_ME_IN)
    await (await option(demo, ana, "choose")).choose("Cy")
    await until(demo, 21)
    await called(demo, ana)
    assert HAND in told(demo, bo)
    assert HAND not in told(demo, cy)


async def test_with_nobody_who_agreed_it_says_at_once_that_it_reached_nobody(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await until(demo, 21)
    shown = await (await demo.slash(ana, "night")).press(strings.HAND)
    assert NOBODY in shown
    assert "I couldn't reach anybody for you." in shown
    assert "In danger, call your local emergency number" in shown
    assert not set(QUICK) & set(shown.buttons)


async def test_the_card_names_who_was_reached_and_whose_dms_are_closed(demo: DemoClient) -> None:
    ana, _, cy = await on(demo, "bo", "cy")
    demo.close_dms(cy)
    shown = await called(demo, ana)
    assert "I've told them. Call them too." in shown
    assert "**Bo** has my message." in shown
    assert "**Cy** doesn't get my messages. Call them." in shown
    assert "# Ana needs a hand now." in await entry(demo, cy, "needs a hand now.")


async def test_when_all_dms_are_closed_it_reached_nobody(demo: DemoClient) -> None:
    ana, bo, cy = await on(demo, "bo", "cy")
    for one in (bo, cy):
        demo.close_dms(one)
    shown = await called(demo, ana)
    assert NOBODY in shown
    assert "doesn't get my messages. Call them." in shown
    assert not set(QUICK) & set(shown.buttons)


async def test_pressing_twice_is_one_call_and_later_it_is_another(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    for shown in await (await demo.slash(ana, "night")).press_twice(strings.HAND):
        assert "Bo" in shown
    await demo.skip(minutes=1)
    await called(demo, ana)
    assert told(demo, bo).count(HAND) == 1
    await demo.skip(minutes=3)
    await called(demo, ana)
    assert told(demo, bo).count(HAND) == 2


async def test_a_call_goes_out_in_quiet_hours_and_after_a_restart(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    card = await demo.slash(ana, "night")
    await until(demo, 3, 30)
    await demo.restart()
    await card.press(strings.HAND)
    await demo.skip(seconds=30)
    assert told(demo, bo)[-1] == HAND
    assert "# Ana needs a hand now." in await newest(demo, bo)


@pytest.mark.parametrize("label", QUICK)
async def test_quick_words_change_what_a_friend_reads(demo: DemoClient, label: str) -> None:
    ana, bo = await on(demo, "bo")
    shown = await called(demo, ana)
    await demo.restart()
    shown = await shown.press(label)
    assert "**Bo** has my message." in shown
    assert told(demo, bo).count(HAND) == 1, "it is no second message"
    card = await newest(demo, bo)
    assert strings.TOLD_QUICK.format(what=label) in shown
    assert strings.THEY_PRESSED.format(what=label) in card
    assert len([one for one in card.buttons if one not in (strings.RIGHT_NOW, "Support")]) == 2


async def test_a_friend_can_look_at_each_of_the_quick_words(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    await called(demo, ana)
    for label, words in (
        ("If they're too drunk", "Stay with them."),
        ("If somebody bothers them", "Go there."),
        ("If somebody follows them", "Keep them on the phone."),
    ):
        advice = await (await newest(demo, bo)).press(label)
        assert words in advice
        assert "# Ana needs a hand now." in await advice.press(strings.BACK)


async def test_quick_words_of_somebody_else_or_of_none_are_refused(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    quick = (await called(demo, ana)).custom_id(QUICK[0])
    assert NOT_YOURS in await demo.forge(bo, quick)
    assert NOT_YOURS in await demo.forge(ana, quick.replace("drunk", "bored"))
    assert NOT_YOURS in await demo.forge(ana, "v1:nights.quick:x.drunk")
    member = await member_of(demo, ana)
    assert NOT_YOURS in await demo.forge(bo, f"v1:nights.friend:{member}.bored")


async def test_a_friend_who_opens_the_message_after_the_caller_left_still_reads_to_call_them(
    demo: DemoClient,
) -> None:
    ana, bo = await on(demo, "bo")
    await called(demo, ana)
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    await demo.skip(minutes=3)
    waiting = [one for one in demo.dms(bo) if HAND.split(" ", 1)[1] in one.text]
    card = await waiting[-1].press("Open")
    assert "Ana needs a hand now." in card
    assert "Call them. Then go to them," in card
    assert "beers" not in card
    assert not {"If they're too drunk", strings.THEIR_CARD} & set(card.buttons)


async def test_after_a_boundary_an_old_call_shows_nothing_any_more(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    await called(demo, ana)
    message = demo.dms(bo)[-1]
    await apart(demo, ana, bo)
    await demo.skip(minutes=3)
    assert HAND not in told(demo, bo)
    assert message.buttons == []
    card = await newest(demo, bo)
    assert "Don't count on ⁨Ana⁩ for this night." in card
    assert "beers" not in card


async def test_leaving_while_a_call_is_under_way_ends_well(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    shown = await (await demo.slash(ana, "night")).press(strings.HAND)
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    await demo.skip(minutes=1)
    assert "Bo" in shown
    assert OVER not in " ".join(one.text for one in demo.cards(ana)), "no second card says that it is over"
    assert HAND in told(demo, bo)


async def test_whoever_erases_everything_does_not_wait_for_a_call_that_is_watched(demo: DemoClient) -> None:
    ana, _ = await on(demo, "bo")
    await (await demo.slash(ana, "night")).press(strings.HAND)
    erased = await demo.forge(ana, "v1:privacy.erase_go:")
    assert privacy_words.ERASED_TITLE in erased
    await demo.skip(minutes=1)


async def test_after_the_night_neither_the_call_nor_the_friends_card_opens(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    shown = await called(demo, ana)
    hand = (await demo.slash(ana, "night")).custom_id(strings.HAND)
    card = await newest(demo, bo)
    old = [one for one in demo.dms(bo) if "needs a hand" in one.text][-1]
    opening = old.custom_id("Open")
    await day_after(demo)
    assert CLOSED in told(demo, bo)
    assert HAND not in told(demo, bo)
    assert "beers" not in await demo.forge(bo, opening)
    assert strings.LOOK_CLOSED in await card.press("If they're too drunk")
    assert OVER in await demo.forge(ana, hand)
    assert OVER in await shown.press(QUICK[0])


async def test_under_18_nobody_loses_the_way_out(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    member = await member_of(demo, ana)
    await says_minor(demo, ana)
    for verb in ("hand", "fine", "out", "home"):
        refused = await demo.forge(ana, f"v1:nights.{verb}:{member}")
        assert help_words.MINOR_TITLE not in refused
    assert "Don't count on ⁨Ana⁩ for this night." in await newest(demo, bo)


# -- home -------------------------------------------------------------------------------------------------


async def asked_home(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Let Ana be asked at half past two whether she is home."""
    people = await out(demo, *names)
    await (await option(demo, people[0], "card")).submit(CARD)
    await home_by(demo, people[0], "02:00")
    await until(demo, 21)
    await until(demo, 2, 31)
    await demo.skip(minutes=1)
    return people


async def test_home_is_asked_half_an_hour_later_and_answered_with_one_press(demo: DemoClient) -> None:
    ana, bo = await asked_home(demo, "bo")
    card = await newest(demo, ana)
    told_at = (await views(demo, ana))[0].member.told_at
    assert told_at is not None
    assert f"If you don't answer, I tell the people who look out for you at {at(told_at)}" in card
    assert card.buttons == [strings.HOME, strings.OUT, strings.HAND, "Support"]
    await demo.restart()
    before = told(demo, bo)
    for shown in await card.press_twice(strings.HOME):
        assert "You're home." in shown
    await until(demo, 5)
    assert told(demo, bo) == before, "nobody was worried, so nobody is told"
    assert strings.HOME not in (await demo.slash(ana, "night")).buttons


async def test_without_an_answer_those_who_look_out_are_told_after_half_an_hour(demo: DemoClient) -> None:
    ana, bo, cy = await asked_home(demo, "bo", "cy")
    await until(demo, 3, 5)
    for one in (bo, cy):
        assert told(demo, one)[-1] == READY
        card = await newest(demo, one)
        assert "# Ana hasn't said they're home." in card
        assert "or go to their door" in card
        assert CARD["way"] in card
        assert strings.RIGHT_NOW in card.buttons
    shown = await (await newest(demo, ana)).press(strings.HOME)
    assert "You're home." in shown
    await demo.skip(minutes=3)
    for one in (bo, cy):
        assert told(demo, one)[-1] == CHANGED
        assert "Ana says they're home." in await newest(demo, one)
    assert strings.ALREADY_HOME in await (await option(demo, bo, "after")).press(strings.THEIR_CARD)


async def test_still_out_asks_again_an_hour_later_and_tells_those_who_were_told(demo: DemoClient) -> None:
    ana, bo = await asked_home(demo, "bo")
    await until(demo, 3, 5)
    shown = await (await newest(demo, ana)).press(strings.OUT)
    again = (await views(demo, ana))[0].member.asked_at
    assert again is not None
    assert f"I ask again at {at(again)}" in shown
    assert shown.buttons == [strings.HAND, strings.HOME, "Support"]
    await demo.skip(minutes=3)
    assert "says they're still out." in await newest(demo, bo)
    await until(demo, 4, 10)
    assert "Are you home?" in await newest(demo, ana)


async def test_still_out_pressed_twice_moves_the_question_by_one_hour(demo: DemoClient) -> None:
    [ana] = await asked_home(demo)
    before = (await views(demo, ana))[0].member.asked_at
    assert before is not None
    card = await newest(demo, ana)
    first, second = await card.press_twice(strings.OUT)
    assert first.text == second.text
    again = (await views(demo, ana))[0].member.asked_at
    assert again is not None
    assert again - before < timedelta(hours=1, minutes=10)


async def test_alone_the_question_says_that_nobody_is_told(demo: DemoClient) -> None:
    [ana] = await asked_home(demo)
    assert "would hear what you press." in await newest(demo, ana)


async def test_still_out_past_noon_says_that_nothing_more_is_asked(demo: DemoClient) -> None:
    [ana] = await asked_home(demo)
    shown = ""
    for hour in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
        await until(demo, hour, 45)
        await demo.skip(minutes=1)
        card = await newest(demo, ana)
        shown = str((await card.press(strings.OUT)).text)
        if "I won't ask again tonight." in shown:
            break
    assert "I won't ask again tonight. Call a friend on your way." in shown


async def test_a_late_alarm_says_that_it_is_late(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await home_by(demo, ana, "02:00")
    await until(demo, 21)
    await until(demo, 2, 0)
    demo.turn_clock(demo.now + timedelta(hours=2))
    await demo.skip(minutes=2)
    assert strings.LATE in await newest(demo, ana)
    await demo.skip(minutes=35)
    assert strings.LATE in await newest(demo, bo)


async def test_with_closed_dms_the_questions_wait_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await asked_home(demo, "bo")
    for one in (ana, bo):
        demo.close_dms(one)
    await until(demo, 3, 5)
    assert "Are you home?" in await demo.slash(ana, "inbox")
    assert "# Ana hasn't said they're home." in await entry(demo, bo, "hasn't said they're home.")


async def test_a_boundary_during_the_night_ends_alarms_at_once(demo: DemoClient) -> None:
    ana, bo = await asked_home(demo, "bo")
    await apart(demo, bo, ana)
    await demo.skip(minutes=2)
    assert "Don't count on ⁨Bo⁩ for this night." in await newest(demo, ana)
    before = told(demo, bo)
    await until(demo, 4)
    assert told(demo, bo) == before
    shown = await called(demo, ana)
    assert NOBODY in shown
    assert HAND not in told(demo, bo)


async def test_somebody_who_joins_late_can_still_be_looked_out_for(demo: DemoClient) -> None:
    ana, bo = await on(demo, "bo")
    await looks_out(demo, bo, ana)
    await home_by(demo, bo, "02:30")
    await until(demo, 3, 40)
    assert "# Bo hasn't said they're home." in await newest(demo, ana)


async def test_every_kind_of_message_has_its_line_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await asked_home(demo, "bo")
    await called(demo, ana)
    await until(demo, 3, 5)
    lines = await demo.slash(bo, "inbox")
    assert strings.ASKED_START in lines
    assert HAND in lines
    assert "Ana hasn't said they're home." in lines
    assert strings.ASKED_HOME in await demo.slash(ana, "inbox")
    assert "Bo looks out for you on your night out." in await demo.slash(ana, "inbox")
