"""Plans (`What I'll do`), from the form to the last question."""

import logging
from collections.abc import Iterator

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.help import strings as help_words
from cogs.plan import strings as plan_strings
from cogs.shared.plans import strings
from tests.discord.asking import SAID, TYPED, received
from tests.discord.talking import offer, opened, pod, talked, waiting

REMIND = "Remind me in 12 hours"
ACTION = "I'll leave before midnight, *sober*."
DIFFERENT = {"What is different now?": "I ask first.", "What will you stay away from?": "Late parties."}


@pytest.fixture(autouse=True)
def _no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def steps(demo: DemoClient) -> Screen:
    """Return the card on which Ana, who has talked with Bo, picks what she will do."""
    ana, bo = await pod(demo, "bo")
    return await talked(demo, ana, bo, "Bo")


async def planned(demo: DemoClient) -> Screen:
    """Make a plan for Ana that is due tomorrow. Return its card."""
    form = await (await steps(demo)).choose("Something else")
    return await (await form.submit({"What I'll do": ACTION})).choose("Tomorrow")


async def due(demo: DemoClient) -> Screen:
    """Open the question that comes on the day of the plan."""
    card = await planned(demo)
    await demo.skip(days=1, hours=7)
    return await opened(demo, card.member)


async def did(demo: DemoClient) -> Screen:
    return await (await (await due(demo)).press("I did it")).submit(DIFFERENT)


async def test_a_plan_goes_from_the_list_of_steps_to_the_last_question(demo: DemoClient) -> None:
    choosing = await steps(demo)
    assert choosing.options == [
        "Leave them alone",
        "Stay away from where they go",
        "Drink less or nothing at …",
        "Call a helpline",
        "Something else",
    ]
    form = await choosing.choose("Something else")
    assert form.form.title == "Your plan"
    assert form.form["What I'll do"].max_length == 300
    assert choosing.chosen == []
    card = await form.submit({"What I'll do": ACTION})
    assert "\\*sober\\*" in card
    assert card.text.count("What I'll do") == 1
    assert card.options == [
        "Tomorrow",
        "In 2 days",
        "In 3 days",
        "In a week",
        "In two weeks",
        "In a month",
    ]
    chosen = await card.choose("In a week")
    assert "I'll ask you how it went on <t:" in chosen
    assert chosen.text.count("What I'll do") == 1
    assert chosen.buttons == ["I did it", "Edit", "Changed my mind", "Should I check on them?", "Support"]
    ana = chosen.member
    told = len(demo.dms(ana))
    await demo.skip(days=7, hours=7)
    assert len(demo.dms(ana)) == told + 1
    assert demo.dms(ana)[-1].text == "Something is waiting for you."
    question = await opened(demo, ana)
    assert "sober" in question
    assert question.buttons == [
        "I did it",
        "Not yet",
        "Done, and that's all",
        "Changed my mind",
        "Should I check on them?",
        "Support",
    ]
    form = await question.press("I did it")
    assert form.form.labels == ["What is different now?", "What will you stay away from?"]
    done = await form.submit(DIFFERENT)
    assert "I ask first." in done
    for days in (31, 62, 92):
        await demo.skip(days=days)
        month = await opened(demo, ana)
        assert "Late parties." in month
        assert month.buttons == ["Still doing it", "It happened again", "Stop asking", "Support"]
        kept = await month.press("Still doing it")
    assert strings.LAST in kept
    assert "sober" not in await waiting(demo, ana)
    assert demo.dms(ana)[-1].text == "This is closed."


async def test_a_plan_that_was_done_once_can_end_without_further_questions(demo: DemoClient) -> None:
    question = await due(demo)
    for one in await question.press_twice("Done, and that's all"):
        assert strings.DONE_TEXT in one
        assert one.buttons == ["My plans", "Support"]
    before = received(demo, question.member)
    await demo.skip(days=200)
    assert received(demo, question.member) <= before


async def test_a_step_of_the_list_needs_no_typing(demo: DemoClient) -> None:
    card = await (await steps(demo)).choose("Leave them alone")
    assert "Leave them alone" in card
    assert "In a week" in card.options


async def test_a_step_with_an_open_end_is_finished_in_the_form(demo: DemoClient) -> None:
    form = await (await steps(demo)).choose("Drink less or nothing at …")
    assert form.form["What I'll do"].value == "Drink less or nothing at "
    assert "Fridays" in await form.submit({"What I'll do": "Drink less or nothing at Fridays"})


async def test_a_plan_of_blanks_is_refused(demo: DemoClient) -> None:
    form = await (await steps(demo)).choose("Something else")
    refused = await form.submit({"What I'll do": "   "})
    assert strings.UNWRITTEN in refused
    assert (await refused.press("What I'll do")).is_form


async def test_the_words_and_the_day_of_a_plan_can_be_changed(demo: DemoClient) -> None:
    card = await planned(demo)
    form = await card.press("Edit")
    assert form.form["What I'll do"].value == ACTION
    card = await form.submit({"What I'll do": "Something smaller."})
    assert "Something smaller." in card
    await card.choose("In a month")
    await demo.skip(days=20)
    assert "Open" not in demo.dms(card.member)[-1].buttons


async def test_a_plan_without_a_day_waits_in_the_inbox(demo: DemoClient) -> None:
    form = await (await steps(demo)).choose("Something else")
    card = await form.submit({"What I'll do": ACTION})
    inbox = await waiting(demo, card.member)
    assert strings.IN_WANTS_DAY in inbox
    again = await inbox.press("Open")
    assert "sober" in again
    await again.choose("Tomorrow")
    assert "Your plan: I'll ask you how it went on" in await waiting(demo, card.member)
    await demo.skip(days=8)


async def test_after_not_yet_a_new_day_is_chosen_and_the_question_comes_again(demo: DemoClient) -> None:
    later = await (await due(demo)).press("Not yet")
    assert strings.LATER in later
    await later.choose("Tomorrow")
    await demo.skip(days=1)
    assert "How did it go?" in await opened(demo, later.member)


async def test_after_not_yet_the_plan_can_be_made_smaller(demo: DemoClient) -> None:
    later = await (await due(demo)).press("Not yet")
    card = await (await later.press("Edit")).submit({"What I'll do": "Smaller."})
    assert strings.WHICH_DAY in card


async def test_changed_my_mind_ends_the_plan_and_another_can_be_written(demo: DemoClient) -> None:
    question = await due(demo)
    first, second = await question.press_twice("Changed my mind")
    assert strings.CHANGED in first
    assert first.text == second.text
    assert demo.dms(question.member)[-1].text == "This is closed."
    form = await first.press("Write another")
    card = await form.submit({"What I'll do": "Another one."})
    assert "Another one." in card
    assert "sober" not in card


async def test_stop_asking_ends_the_monthly_questions(demo: DemoClient) -> None:
    card = await did(demo)
    stopped = await card.press("Stop asking")
    assert strings.STOPPED in stopped
    before = received(demo, card.member)
    await demo.skip(days=35)
    assert received(demo, card.member) <= before


async def test_it_happened_again_names_danger_and_suicide_first_and_leads_to_the_checklist(
    demo: DemoClient,
) -> None:
    card = await did(demo)
    await demo.skip(days=32)
    question = await opened(demo, card.member)
    first = await question.press("It happened again")
    assert strings.AGAIN_TEXT in first
    danger, to_me, then = strings.AGAIN_TEXT.split("\n\n")
    assert all(word in danger for word in ("in danger", "suicide", "`Right now`"))
    assert "it isn't your fault" in to_me
    assert "don't try to stop it on your own" in then
    assert "don't write to them, not even to say sorry" in then
    check = first.custom_id("Ask my pod")
    before = await first.press("Ask my pod")
    # Ana has never sent an ask, so the card that explains it comes first.
    assert "Before you write" in before
    await before.press("Continue, I'm 18+")
    assert strings.IN_STILL not in await waiting(demo, card.member)
    again = await demo.forge(card.member, check)
    assert "What is it about?" in again
    assert "Did any of this happen?" in await again.choose("I pushed, or kept going")


async def test_still_doing_it_pressed_twice_at_once_is_answered_the_same(demo: DemoClient) -> None:
    card = await did(demo)
    await demo.skip(days=32)
    first, second = await (await opened(demo, card.member)).press_twice("Still doing it")
    assert first.text == second.text


async def test_a_plan_can_be_done_before_its_day(demo: DemoClient) -> None:
    card = await planned(demo)
    assert strings.DID_TITLE in await (await card.press("I did it")).submit(DIFFERENT)
    await demo.skip(days=3)
    assert "Open" not in demo.dms(card.member)[-1].buttons


async def test_a_form_sent_after_the_plan_ended_shows_what_was_typed(demo: DemoClient) -> None:
    question = await due(demo)
    did_it = question.custom_id("I did it")
    form = await question.press("I did it")
    await (await opened(demo, question.member)).press("Changed my mind")
    late = await form.submit(DIFFERENT)
    assert strings.ENDED_TYPED in late
    assert "Late parties." in late
    assert strings.ENDED in await demo.forge(late.member, did_it)


async def test_an_edit_sent_after_the_plan_was_done_shows_what_was_typed(demo: DemoClient) -> None:
    card = await planned(demo)
    edit = await card.press("Edit")
    did_it, editing = card.custom_id("I did it"), card.custom_id("Edit")
    await (await demo.forge(card.member, did_it)).submit(DIFFERENT)
    late = await edit.submit({"What I'll do": "Too late."})
    assert strings.STANDS in late
    assert "Too late." in late
    assert "Late parties." in await late.press("What I'll do")
    assert strings.DID_TITLE in await demo.forge(card.member, editing)


async def test_nobody_else_can_find_or_use_a_plan(demo: DemoClient) -> None:
    card = await planned(demo)
    bo = await demo.member("bo")
    none = (await demo.forge(bo, "v1:plans.show:made-up")).text
    edit = card.custom_id("Edit")
    for verb in ("edit", "show", "did", "not_yet", "still", "end"):
        assert (await demo.forge(bo, edit.replace("edit", verb))).text == none
    assert (await demo.forge(bo, edit.replace("edit", "day"), ["1"])).text == none
    sent = await demo.forge_form(bo, edit.replace("edit", "done"), {"different": "x", "stay_away": "y"})
    assert sent.text.startswith(none)
    source = (await demo.bot.services.plans.of_owner(await _person(demo, card)))[0].plan.source
    for verb in ("open", "step"):
        assert (await demo.forge(bo, f"v1:plans.{verb}:{source}", ["service"])).text == none
    assert (await demo.forge(bo, f"v1:plans.step:{source}", ["made-up"])).text == none
    assert (await demo.forge_form(bo, f"v1:plans.write:{source}", {"action": "x"})).text.startswith(none)
    assert strings.NO_DAY in await demo.forge(card.member, edit.replace("edit", "day"), ["99"])


async def test_somebody_with_closed_dms_finds_the_question_in_the_inbox(demo: DemoClient) -> None:
    card = await planned(demo)
    demo.close_dms(card.member)
    await demo.skip(days=2)
    inbox = await waiting(demo, card.member)
    assert strings.IN_DAY in inbox
    assert "How did it go?" in await inbox.press("Open")


@pytest.mark.uncounted
async def test_a_plan_goes_on_after_a_restart_between_any_two_steps(demo: DemoClient) -> None:
    choosing = await steps(demo)
    await demo.restart()
    form = await choosing.choose("Something else")
    await demo.restart()
    card = await form.submit({"What I'll do": ACTION})
    await demo.restart()
    await card.choose("Tomorrow")
    await demo.restart()
    await demo.skip(days=1, hours=7)
    question = await opened(demo, card.member)
    form = await question.press("I did it")
    await demo.restart()
    await form.submit(DIFFERENT)
    await demo.restart()
    await demo.skip(days=32)
    assert "Late parties." in await opened(demo, card.member)
    await demo.restart()
    assert "What you did" not in await waiting(demo, card.member)
    await (await opened(demo, card.member)).press("Still doing it")
    inbox = await waiting(demo, card.member)
    assert "What is different: I'll ask you again" in inbox
    assert "Late parties." in await inbox.press("Open")


async def _person(demo: DemoClient, card: Screen) -> str:
    services = demo.bot.services
    found = await demo.bot.db.read(lambda tx: services.people.find(tx, card.member.id))
    return str(found)


# -- /plan, and plans that were made from nothing else ----------------------------------------------


async def started(demo: DemoClient, action: str = ACTION, *, dm: bool = False) -> Screen:
    """Write a plan by `/plan`. Return the card that asks for its day."""
    form = await (await demo.slash(await demo.member("ana"), "plan", dm=dm)).press("What I'll do")
    return await form.submit({"What I'll do": action})


@pytest.mark.parametrize("dm", [False, True])
async def test_a_plan_can_be_started_with_nobody_to_ask(demo: DemoClient, dm: bool) -> None:
    none = await demo.slash(await demo.member("ana"), "plan", dm=dm)
    assert plan_strings.NONE_YET in none
    assert none.buttons == ["What I'll do", "Support"]
    card = await (await started(demo, dm=dm)).choose("Tomorrow")
    assert "sober" in card
    ana = card.member
    assert "sober" in await demo.slash(ana, "plan", dm=dm)
    await demo.skip(days=1, hours=7)
    done = await (await (await opened(demo, ana)).press("I did it")).submit(DIFFERENT)
    assert "I ask first." in done
    await demo.skip(days=31)
    again = await (await opened(demo, ana)).press("It happened again")
    assert strings.AGAIN_TEXT in again
    assert again.buttons == ["Think it through", "What I'll do", "Should I check on them?", "Support"]
    assert "I'll ask you again" in await demo.slash(ana, "plan", dm=dm)


async def test_what_ill_do_stands_wherever_somebody_may_have_nobody_to_ask(demo: DemoClient) -> None:
    ana = await demo.member("ana")

    async def stands(card: Screen) -> None:
        assert "What I'll do" in card.buttons, card.text
        assert (await card.press("What I'll do")).is_form

    await stands(await demo.forge(ana, "v1:think.page:4"))
    await stands(await (await demo.slash(ana, "support")).press("I'm worried about what I did"))
    for label in ("They wrote or spoke to me", "It's about their health", "None of these"):
        await stands(await (await demo.slash(ana, "contact")).press(label))
    await stands(await (await (await demo.slash(ana, "contact")).press("None of these")).press(REMIND))
    danger = await (await demo.slash(ana, "contact")).press("They may be in danger now")
    assert "What I'll do" not in danger.buttons
    before = await demo.slash(ana, "ask")
    await stands(before)
    kinds = await before.press("Continue, I'm 18+")
    await stands(kinds)
    for kind in ("Something sexual happened and I'm not sure they wanted it", "Someone says I hurt them"):
        screen = await (await demo.slash(ana, "ask")).choose(kind)
        await stands(screen)
        await stands(await screen.press("Ask someone to talk"))
    preview = await (await (await demo.slash(ana, "ask")).choose(SAID)).submit(TYPED)
    await stands(preview)


async def test_while_somebody_waits_for_a_talk_they_can_write_a_plan(demo: DemoClient) -> None:
    ana, _ = await pod(demo, "bo")
    choosing = await offer(demo, ana)
    asked = await choosing.choose("Bo")
    for card in (choosing, asked, await asked.press("Take it back")):
        assert "What I'll do" in card.buttons


async def test_what_ill_do_opens_its_form_from_any_card_and_that_card_stays(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    form = await demo.forge(ana, "v1:plans.start:")
    assert form.is_form
    assert "sober" in await form.submit({"What I'll do": ACTION})


async def test_the_list_shows_every_plan_and_opens_each(demo: DemoClient) -> None:
    for number in range(6):
        card = await started(demo, f"{number}: sober")
    ana = card.member
    shown = await demo.slash(ana, "plan")
    assert shown.text.count("sober") == 5
    shown = await shown.press("Next")
    assert shown.text.count("sober") == 1
    assert shown.buttons == ["Open", "What I'll do", "Back", "Support"]
    assert (await shown.press("Open")).options[0] == "Tomorrow"
    assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, "v1:plans.list:x")


async def test_an_eleventh_plan_is_refused_and_what_was_typed_is_shown(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    form = await demo.forge(ana, "v1:plans.start:")
    for number in range(10):
        card = await started(demo, f"Plan {number}")
    refused = await form.submit({"What I'll do": ACTION})
    assert "10" in refused
    assert "sober" in refused
    assert "10" in await demo.forge(ana, "v1:plans.start:")
    assert "Open" in (await refused.press("My plans")).buttons
    await card.choose("Tomorrow")
    await (await demo.forge(ana, f"v1:plans.show:{card.custom_ids[0].split(':')[-1]}")).press(
        "Changed my mind"
    )
    assert (await demo.forge(ana, "v1:plans.start:")).is_form


async def test_a_plan_of_blanks_made_from_nothing_else_can_be_written_again(demo: DemoClient) -> None:
    form = await demo.forge(await demo.member("ana"), "v1:plans.start:")
    refused = await form.submit({"What I'll do": "   "})
    assert strings.UNWRITTEN in refused
    again = await refused.press("What I'll do")
    assert "sober" in await again.submit({"What I'll do": ACTION})


async def test_a_form_sent_twice_makes_one_plan_also_after_a_restart(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for _ in range(2):
        await demo.forge_form(ana, "v1:plans.begin:", {"action": ACTION})
        await demo.restart()
    shown = await demo.slash(ana, "plan")
    assert "sober" in shown
    assert shown.buttons == ["Open", "What I'll do", "Support"]


async def test_nobody_else_can_open_a_plan_of_somebodys_own(demo: DemoClient) -> None:
    card = await started(demo)
    [shows] = [one for one in (await demo.slash(card.member, "plan")).custom_ids if "plans.show" in one]
    eve = await demo.member("eve")
    theirs = await demo.forge(eve, shows)
    assert theirs.text == (await demo.forge(eve, "v1:plans.show:nothing")).text
    assert plan_strings.NONE_YET in await demo.slash(eve, "plan")


async def test_somebody_under_18_is_shown_who_can_help_and_keeps_what_they_typed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    form = await demo.forge(ana, "v1:plans.start:")
    await (await (await demo.slash(ana, "settings")).press("Age")).press("I'm under 18")
    refused = await form.submit({"What I'll do": ACTION})
    assert help_words.MINOR_TITLE in refused
    assert "sober" in refused
    assert help_words.MINOR_TITLE in await demo.slash(ana, "plan")


async def test_more_help_is_shown_beside_a_plan_also_where_nobody_can_be_asked(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    form = await (await demo.slash(ana, "plan", dm=True)).press("What I'll do")
    heavy = await form.submit({"What I'll do": "I want to kill myself."})
    assert "Ask someone to talk" not in heavy.buttons
