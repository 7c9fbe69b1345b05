"""`Ask me tonight` on a check-in, by the buttons that people press."""

from datetime import UTC, datetime

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.pair import strings as pair_words
from cogs.pair.check import strings
from tests.discord.pairing import GONE, NOT_YOURS, READY, asked, entry, opened, told

TONIGHT = "Ask me tonight"
EIGHT = f"<t:{int(datetime(2026, 1, 11, 19, tzinfo=UTC).timestamp())}"
"""Eight in the evening in Berlin, on the Sunday of the first check-in."""


def buttons(card: Screen) -> list[str]:
    return [one for one in card.buttons if one != "Support"]


async def test_a_check_in_comes_back_at_eight_and_the_partner_hears_nothing(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    partner, mine, answers = told(demo, bo), len(told(demo, question.member)), question.buttons[:4]
    card = await question.press(TONIGHT)
    assert strings.TONIGHT_TITLE in card
    assert EIGHT in card
    assert "isn't told that you moved it" in card
    assert buttons(card) == ["Answer now", "Show the pair"]
    await demo.settle()
    assert told(demo, question.member)[-1] == GONE
    assert "check-in" not in (await demo.slash(question.member, "inbox")).text
    await demo.skip(minutes=58)
    assert len(told(demo, question.member)) == mine
    await demo.skip(minutes=3)
    assert told(demo, question.member)[mine:] == [READY]
    again = await opened(demo, question.member)
    assert again.buttons[:4] == answers
    assert TONIGHT not in again.buttons
    assert "### On track" in await again.press("On track")
    assert told(demo, bo) == partner
    assert "11: on track" in await demo.slash(question.member, "pair history")


async def test_pressed_twice_or_again_later_it_is_moved_once(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    mine, tonight = len(told(demo, question.member)), question.custom_id(TONIGHT)
    for card in await question.press_twice(TONIGHT):
        assert EIGHT in card
    await demo.skip(minutes=40)
    assert EIGHT in await demo.forge(question.member, tonight)
    await demo.skip(hours=3)
    assert told(demo, question.member)[mine:] == [READY]
    late = await demo.forge(question.member, tonight)
    assert "How has this been going?" in late
    assert TONIGHT not in late.buttons


async def test_somebody_who_would_rather_answer_now_still_can(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    mine, tonight = len(told(demo, question.member)), question.custom_id(TONIGHT)
    card = await (await question.press(TONIGHT)).press("Answer now")
    assert "You asked me to come back at" in card
    assert EIGHT in card
    assert TONIGHT not in card.buttons
    await card.press("It's been hard")
    await demo.skip(hours=4)
    assert told(demo, question.member)[mine:] == []
    # An old card can't bring the question back.
    assert "### It's been hard" in await demo.forge(question.member, tonight)


@pytest.mark.uncounted
async def test_a_restart_in_between_loses_nothing(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    mine = len(told(demo, question.member))
    await demo.restart()
    await question.press(TONIGHT)
    await demo.restart()
    await demo.skip(hours=2, minutes=1)
    await demo.restart()
    assert told(demo, question.member)[mine:] == [READY]
    assert "### On track" in await (await opened(demo, question.member)).press("On track")


async def test_late_in_the_evening_it_isnt_offered_and_an_old_button_says_so(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    await demo.skip(hours=3, minutes=35)
    late = await (await demo.slash(question.member, "pair show")).press("My check-in")
    assert TONIGHT not in late.buttons
    refused = await question.press(TONIGHT)
    assert strings.TOO_LATE_TITLE in refused
    assert "This check-in stays open" in refused
    assert "How has this been going?" in await refused.press("Answer now")
    await demo.skip(hours=12)
    tomorrow = await (await demo.slash(question.member, "pair show")).press("My check-in")
    assert TONIGHT in tomorrow.buttons


async def test_it_keeps_out_of_quiet_hours(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    card = await (await demo.slash(question.member, "settings")).press("Quiet hours")
    card = await card.choose("They begin at 20:00", which="begin")
    card = await card.choose("They end at 08:00", which="end")
    await card.press("Keep these hours")
    shown = await (await demo.slash(question.member, "pair show")).press("My check-in")
    assert TONIGHT not in shown.buttons
    assert strings.TOO_LATE_TITLE in await question.press(TONIGHT)


async def test_nobody_else_can_move_it(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    for other in (bo, await demo.member("eve")):
        assert NOT_YOURS in await demo.forge(other, question.custom_id(TONIGHT))
    assert TONIGHT in (await opened(demo, question.member)).buttons


async def test_the_pairs_end_and_a_pause_stop_it(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    mine, tonight = len(told(demo, question.member)), question.custom_id(TONIGHT)
    await question.press(TONIGHT)
    await (await demo.slash(question.member, "pair pause")).press("In a week")
    await demo.skip(hours=3)
    assert told(demo, question.member)[mine:] == []
    await (await demo.slash(bo, "pair end")).press("End it now")
    assert pair_words.CLOSED_TITLE in await demo.forge(question.member, tonight)


async def test_with_closed_dms_it_is_in_the_inbox_from_that_hour_on(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    demo.close_dms(question.member)
    await question.press(TONIGHT)
    assert "check-in" not in (await demo.slash(question.member, "inbox")).text
    await demo.skip(hours=2, minutes=1)
    assert "How has this been going?" in await entry(demo, question.member, "Your check-in is waiting.")
