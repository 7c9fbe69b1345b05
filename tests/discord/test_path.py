"""`/path start` and `/path show`, alone: the gate, *Stop*, one sentence, and the end."""

import re
from collections.abc import Awaitable, Callable

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from cogs.help import strings as help_words
from cogs.path import strings
from tests.discord.walking_paths import COMMITMENT, opened, person, stop, told, written

NOT_YOURS = help_words.NOT_YOURS_TITLE


async def facts(demo: DemoClient, picked: list[str]) -> Screen:
    ana = await demo.member("ana")
    return await (await (await demo.slash(ana, "path start")).press(strings.CONTINUE)).choose(picked)


async def test_stop_takes_six_presses_and_no_companion(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await stop(demo, ana, "no parties until March")
    assert "no parties until March" in shown
    assert "no parties until March" in await demo.slash(ana, "path show")
    assert demo.dms(ana) == []


@pytest.mark.parametrize("fact", ["case", "minor", "danger", "afraid"])
async def test_a_fact_that_leads_elsewhere_begins_no_path_and_is_not_kept(
    demo: DemoClient, fact: str
) -> None:
    shown = await facts(demo, [strings.FACT_LABELS[fact], strings.FACT_LABELS["no"]])
    assert strings.FACT_TITLES[fact] in shown
    assert strings.BEGIN_STOP not in shown.buttons
    assert strings.NOT_STARTED in shown
    assert strings.NO_PATH in await demo.slash(await demo.member("ana"), "path show")


async def test_where_friends_are_not_enough_stop_can_still_begin(demo: DemoClient) -> None:
    shown = await facts(demo, [strings.FACT_LABELS["no"]])
    assert "Friends alone aren't enough" in shown
    assert "Your path: Stop" in await shown.press(strings.BEGIN_STOP)


@pytest.mark.parametrize("fact", ["danger", "case", "afraid", "no"])
async def test_a_fact_that_becomes_true_later_can_be_picked_and_ends_nothing_by_itself(
    demo: DemoClient, fact: str
) -> None:
    ana = await demo.member("ana")
    await stop(demo, ana, "no parties until March")

    async def picked(label: str) -> Screen:
        more = await (await demo.slash(ana, "path show")).press(strings.MORE)
        return await (await more.press(strings.FACTS_AGAIN)).choose([label])

    shown = await picked(strings.FACT_LABELS[fact])
    assert strings.FACT_TITLES[fact] in shown
    assert (strings.STILL_OPEN in shown) is (fact != "no")
    assert (strings.NOT_TONIGHT in shown) is (fact == "danger")
    assert "I don't start a path" not in shown
    assert (strings.CONTACT in shown.buttons) is (fact in ("danger", "no"))
    assert "no parties until March" in await shown.press(strings.TO_PATH)
    assert "no parties until March" in await picked("None of these")
    ending = await (await picked(strings.FACT_LABELS[fact])).press(strings.END)
    assert strings.CLOSED_TITLE in await ending.press(strings.END_NOW)


async def test_what_shows_a_step_says_that_it_is_no_change_and_forms_say_what_they_are_not_for(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    first = await demo.slash(ana, "path start")
    assert "It shows meetings, not change" in first
    asked = await first.press(strings.CONTINUE)
    own = await asked.choose(["None of these"])
    assert strings.NOBODY_BESIDE in own
    form = await own.choose("Events", which="paths.add")
    assert "This isn't for what happened: that is said out loud." in form
    await form.submit({COMMITMENT: "no parties"})
    assert strings.NOBODY_BESIDE in await demo.slash(ana, "path show")
    screens = []
    for label in (strings.QUESTIONS, strings.COMPANIONS):
        screens.append(await (await demo.slash(ana, "path show")).press(label))
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    ending = await more.press(strings.END)
    screens.append(await ending.press(strings.END_NOW))
    screens.append(await demo.slash(ana, "path show"))
    for shown in screens:
        assert strings.MEETINGS_ONLY in shown
        assert "Support" in shown.buttons
        assert not re.search(r"\d+ ?%", shown.text)


async def test_a_sentence_gets_a_day_and_is_asked_about_then(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await stop(demo, ana, "no parties")
    await shown.choose("In 3 days")
    await demo.skip(days=4)
    assert told(demo, ana) == ["Something is waiting for you."]
    asked = await opened(demo, ana)
    assert strings.COMMITMENT_NOW in asked
    assert "no parties" in asked
    changed = await (await asked.press(strings.CHANGE)).submit({COMMITMENT: "no parties and no drinks"})
    assert "no parties and no drinks" in changed
    off = await changed.press(strings.OVER)
    assert strings.TAKEN_OFF in off
    assert "no parties and no drinks" in off, "one wrong press must not lose the words"
    assert "haven't written anything" not in off
    assert "no drinks" not in await demo.slash(ana, "path show")


async def test_with_closed_dms_the_question_waits_in_the_inbox(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await stop(demo, ana)
    demo.close_dms(ana)
    await demo.skip(days=8)
    assert strings.IN_LOOK in await demo.slash(ana, "inbox")


async def test_a_blank_sentence_is_refused_and_written_again(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await stop(demo, ana, " ")
    assert strings.UNWRITTEN in shown
    form = await shown.press(strings.WRITE)
    assert "no parties" in await form.submit({COMMITMENT: "no parties"})


async def test_the_words_of_the_guardrails_add_help_and_the_sentence_is_kept(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await stop(demo, ana, "I want to kill myself")
    assert "I want to kill myself" in shown
    assert shown.followups


async def test_nobody_else_opens_changes_or_ends_it(demo: DemoClient) -> None:
    ana, eve = await demo.member("ana"), await demo.member("eve")
    await stop(demo, ana, "no parties")
    home = await demo.slash(ana, "path show")
    labels = (strings.QUESTIONS, strings.COMPANIONS, strings.AGAIN, strings.MORE)
    buttons = [home.custom_id(label) for label in labels]
    more = await home.press(strings.MORE)
    buttons.append(more.custom_id(strings.END))
    one = await (await demo.slash(ana, "path show")).choose("no parties", which="paths.commitment")
    buttons += [one.custom_id(label) for label in (strings.CHANGE, strings.OVER, strings.TO_PATH)]
    for custom_id in buttons:
        answer = await demo.forge(eve, custom_id)
        assert NOT_YOURS in answer
        assert "no parties" not in answer
    assert "no parties" in await demo.slash(ana, "path show")


async def test_the_buttons_work_after_a_restart_and_when_pressed_twice(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    facts = await (await demo.slash(ana, "path start")).press(strings.CONTINUE)
    await demo.restart()
    shown = await facts.choose(["None of these"])
    await written(shown, "no parties")
    home = await demo.slash(ana, "path show")
    await demo.restart()
    ending = await (await home.press(strings.MORE)).press(strings.END)
    first, second = await ending.press_twice(strings.END_NOW)
    assert strings.CLOSED_TITLE in first
    assert strings.CLOSED_TITLE in second


async def test_after_the_end_the_sentences_can_be_read_for_thirty_days(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await stop(demo, ana, "no parties")
    home = await demo.slash(ana, "path show")
    change = home.options
    ended = await (await (await home.press(strings.MORE)).press(strings.END)).press(strings.END_NOW)
    assert "no parties" in ended
    assert change
    closed = await demo.slash(ana, "path show")
    assert "no parties" in closed
    assert strings.CLOSED_TITLE in closed
    await demo.skip(days=31)
    assert strings.NO_PATH in await demo.slash(ana, "path show")


async def test_it_happened_again_shows_the_safety_of_whoever_was_hurt_first(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await stop(demo, ana)
    first = await (await demo.slash(ana, "path show")).press(strings.AGAIN)
    assert "The person who was hurt comes first" in first
    assert "You don't have to pick up" not in first
    assert strings.STILL_AT_STOP in await first.press(strings.AGAIN_BACK)


async def test_somebody_who_is_told_that_somebody_is_on_a_path_reads_what_that_means(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    card = await (await demo.slash(ana, "path start")).press(strings.CITED)
    for said in (
        "A path is for somebody who hurt another person", "needs anything from you", "that's pressure",
        "For those who run the group", "decide as if there were no path", "your local emergency number",
    ):  # fmt: skip
        assert said in card
    assert card.buttons == ["I was hurt", "Support"]
    assert "It wasn't your fault" in await card.press("I was hurt")


async def test_the_empty_card_is_about_its_reader_alone_and_the_number_has_its_country(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    services, server = demo.bot.services, ServerId(demo.server.id)
    me = await services.people.meet(DiscordUser(ana.id, "Ana", server), demo.now)
    await services.servers.change(server, me, demo.now, {"country": "nz"})
    empty = await demo.slash(ana, "path show")
    assert "This says nothing about anybody else" in empty
    assert empty.text.splitlines()[-1].endswith(strings.NO_PATH_START)
    card = await empty.press(strings.CITED)
    assert "call **111**" in card
    assert "The number is for **New Zealand**" in card


async def test_in_direct_messages_the_only_server_in_common_is_meant(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await stop(demo, ana, "no parties")
    assert "no parties" in await demo.slash(ana, "path show", dm=True)


# -- for somebody who hears of a path -----------------------------------------------------------------


async def says_under_18(demo: DemoClient) -> None:
    await (await (await demo.slash(await demo.member("ana"), "settings")).press("Age")).press("I'm under 18")


async def server_for_minors(demo: DemoClient) -> None:
    ben = await person(demo, await demo.member("ben"))
    await demo.bot.services.servers.change(ServerId(demo.server.id), ben, demo.now, {"minors": True})


@pytest.mark.parametrize("how", [says_under_18, server_for_minors])
async def test_somebody_under_18_who_hears_of_a_path_reads_what_it_means(
    demo: DemoClient, how: Callable[[DemoClient], Awaitable[None]]
) -> None:
    """Whoever hears "ask my companions" needs it at any age."""
    await how(demo)
    ana = await demo.member("ana")
    shown = await demo.slash(ana, "path show")
    cited = demo.bot.services.library.path.cited
    assert cited.title in shown
    assert "wants to change" in shown
    assert {"Support", strings.WHO_CAN_HELP} <= set(shown.buttons)
    assert "it wasn't your fault" in await shown.press(strings.WHO_CAN_HELP)


@pytest.mark.parametrize("how", [says_under_18, server_for_minors])
async def test_who_may_not_begin_a_path_is_led_to_what_hearing_of_one_means(
    demo: DemoClient, how: Callable[[DemoClient], Awaitable[None]]
) -> None:
    await how(demo)
    refused = await demo.slash(await demo.member("ana"), "path start")
    assert help_words.MINOR_TITLE in refused
    assert help_words.MINOR_LINES in refused.buttons
    assert "wants to change" in await refused.press(strings.CITED)


async def test_without_the_role_for_adults_both_commands_lead_to_it(demo: DemoClient) -> None:
    grown = demo.server.create_role("grown-ups")
    ben = await person(demo, await demo.member("ben"))
    await demo.bot.services.servers.change(ServerId(demo.server.id), ben, demo.now, {"adult_role": grown.id})
    for command in ("path show", "path start"):
        shown = await demo.slash(await demo.member("ana"), command)
        assert "wants to change" in await shown.press(strings.CITED)


async def test_what_somebody_under_18_reads_of_a_path_meets_nobody_and_keeps_nothing(
    demo: DemoClient,
) -> None:
    await server_for_minors(demo)
    ana = await demo.member("ana")
    assert strings.WHO_CAN_HELP in (await demo.slash(ana, "path show")).buttons
    assert await demo.bot.services.people.of_account(ana.id) is None
