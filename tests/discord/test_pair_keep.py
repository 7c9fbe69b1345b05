"""What two people do with a running pair: `/pair show`, `change`, `pause`, `resume` and `end`."""

from datetime import UTC, datetime

import pytest

from bot.demo.client.client import DemoClient
from bot.ui import strings as ui_words
from cogs.pair import strings
from tests.discord.pairing import (
    AGREED,
    AIM,
    CHANGED,
    GONE,
    READY,
    SAY,
    SIGNS,
    ZONE,
    accepted,
    asked,
    begun,
    entry,
    friends,
    opened,
    paired,
    proposed,
    sheet,
    told,
)

MARKUP = "*_~`|<@1>[x](https://e.org)#"
COMMANDS = {
    "show": "Show the pair",
    "change": "Change your check-ins",
    "pause": "Pause until when?",
    "end": "End this pair?",
}
VERBS = ["Change", "Pause", "End", "History", "Calendar file"]
ASKED_FOR_TIME = "\u2068Ana\u2069 has a question for you."


def at(year: int, month: int, day: int, hour: int) -> str:
    return f"<t:{int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())}"


# -- looking ------------------------------------------------------------------------------------------


async def test_pair_show_shows_the_terms_and_what_each_partner_wrote(demo: DemoClient) -> None:
    ana, _ = await paired(demo)
    for dm in (False, True):
        card = await demo.slash(ana, "pair show", dm=dm)
        assert card.ephemeral
        assert "You and Bo" in card
        assert "Every week on Sunday at 18:00, for 12 weeks. The last check-in is on 29 March 2026." in card
        assert at(2026, 1, 11, 17) in card
        for text in ("Bo's aim", "Bo's signs", "Bo's sentence"):
            assert text in card
        assert card.buttons == ["What I wrote", *VERBS, "Report", "Support"]
    mine = await card.press("What I wrote")
    for text in ("Ana's aim", "Ana's signs", "Ana's sentence"):
        assert text in mine
    assert "Bo's aim" not in mine.text
    assert "Bo's aim" in await mine.press("What they wrote")


async def test_long_texts_full_of_markup_are_shown_in_full_and_mention_nobody(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    most = {AIM: 300, SIGNS: 300, SAY: 200}
    typed = {field: (MARKUP * 20)[:size] for field, size in most.items()}
    await (await begun(demo, ana, bo)).submit({**typed, ZONE: "Berlin"})
    form = await (await demo.slash(bo, "pair show")).press("A habit")
    assert {field: form.form[field].max_length for field in most} == most
    await form.submit({**typed, ZONE: "Berlin"})
    await (await (await demo.slash(ana, "pair change")).choose("12:00", which="hour")).press("Suggest it")
    for card in (
        await demo.slash(bo, "pair show"),
        await (await demo.slash(ana, "pair show")).press("What I wrote"),
    ):
        assert len(card.text) < 4000
        plain = card.text.replace("\\", "").replace("\u200b", "")
        for text in typed.values():
            assert text in plain
        assert "<@1>" not in card.text.replace("\\<@\u200b1\\>", "")


async def test_pair_show_lets_somebody_with_several_pairs_and_proposals_choose_one(demo: DemoClient) -> None:
    ana, _ = await paired(demo)
    cy = await demo.member("cy", shown="**Cy** <@1>")
    await proposed(demo, ana, cy)
    di = await demo.member("di")
    await proposed(demo, di, ana)
    which = await demo.slash(ana, "pair show")
    assert strings.WHICH_TITLE in which
    assert set(which.options) == {"With Bo", "**Cy** <@1>, who hasn't answered yet", "Di, who is asking you"}
    assert "Bo's aim" in await which.choose("With Bo")
    waiting = await (await demo.slash(ana, "pair show", dm=True)).choose(
        "**Cy** <@1>, who hasn't answered yet"
    )
    assert "run /pair show" in waiting
    asks = await (await demo.slash(ana, "pair show")).choose("Di, who is asking you")
    assert "No thanks" in asks.buttons
    # Only one of them runs, so the other commands need not ask which one is meant.
    for command, title in COMMANDS.items():
        if command != "show":
            assert title in await demo.slash(ana, f"pair {command}")


@pytest.mark.parametrize("command", ["change", "pause", "end", "resume"])
async def test_somebody_with_two_running_pairs_chooses_which_one_a_command_is_about(
    demo: DemoClient, command: str
) -> None:
    ana, _ = await paired(demo)
    cy = await demo.member("cy")
    await proposed(demo, ana, cy)
    await accepted(demo, cy)
    which = await demo.slash(ana, f"pair {command}")
    assert which.options == ["With Bo", "With Cy"]
    await demo.restart()
    chosen = await which.choose("With Cy")
    assert ("You and Cy" if command == "resume" else COMMANDS[command]) in chosen


# -- other terms --------------------------------------------------------------------------------------


async def test_suggested_terms_are_in_force_once_the_partner_agrees(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    card = await demo.slash(ana, "pair change")
    assert card.chosen == ["Every week", "Sunday", "18:00", "12 weeks"]
    assert card.buttons == ["Suggest it", "Back", "Support"]
    card = await card.choose("Every month", which="How often")
    card = await card.choose("Last day", which="late_day")
    card = await card.choose("20:00", which="hour")
    card = await card.choose("26 weeks", which="long")
    assert "Right now it's every week on Sunday at 18:00, for 12 weeks." in card
    assert "You'd suggest every month on the last day at 20:00, for 26 weeks." in card
    assert "Nothing changes until" in card
    assert told(demo, bo) == []
    waits = await card.press("Suggest it")
    assert "You suggested a change: every month on the last day at 20:00, for 26 weeks." in waits
    assert "hasn't answered yet" in waits
    assert told(demo, bo) == [ASKED_FOR_TIME]
    offered = await opened(demo, bo)
    assert "**Ana suggests a change:** every month on the last day at 20:00, for 26 weeks" in offered
    assert offered.buttons[:2] == ["Agree", "Keep it as it is"]
    for agreed in await offered.press_twice("Agree"):
        assert "Every month on the last day at 20:00, for 26 weeks." in agreed
        assert at(2026, 1, 31, 19) in agreed
    await demo.settle()
    assert told(demo, bo) == [GONE]
    assert told(demo, ana)[1:] == [CHANGED]
    assert "Every month on the last day" in await opened(demo, ana)


async def test_a_partner_can_keep_the_terms_as_they_are(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    await (await (await demo.slash(ana, "pair change")).choose("19:00", which="hour")).press("Suggest it")
    offered = await opened(demo, bo)
    for kept in await offered.press_twice("Keep it as it is"):
        assert "Every week on Sunday at 18:00" in kept
        assert "Agree" not in kept.buttons
    await demo.settle()
    assert told(demo, ana)[1:] == [CHANGED]
    stands = await opened(demo, ana)
    assert "Every week on Sunday at 18:00" in stands
    assert "You suggested" not in stands.text


async def test_suggested_terms_can_be_taken_back_before_the_partner_agrees(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    for _ in range(2):
        card = await demo.slash(ana, "pair change")
        if "Suggest it" in card.buttons:
            await (await card.choose("19:00", which="hour")).press("Suggest it")
    offered = await opened(demo, bo)
    assert "You suggested a change: every week on Sunday at 19:00" in await demo.slash(ana, "pair show")
    waits = await demo.slash(ana, "pair change")
    assert waits.buttons == ["Take it back", "Back", "Support"]
    for card in await waits.press_twice("Take it back"):
        assert "You and Bo" in card
    assert told(demo, bo) == [GONE]
    late = await offered.press("Agree")
    assert "Every week on Sunday at 18:00" in late
    assert told(demo, ana) == [GONE]


async def test_terms_that_both_suggest_are_in_force_at_once(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    await (await (await demo.slash(ana, "pair change")).choose("19:00", which="hour")).press("Suggest it")
    card = await (await demo.slash(bo, "pair change")).choose("19:00", which="hour")
    assert "Every week on Sunday at 19:00" in await card.press("Suggest it")
    assert told(demo, bo) == [GONE]
    assert told(demo, ana)[-1] == CHANGED


async def test_partners_with_closed_dms_find_suggestions_pauses_and_the_end_in_the_inbox(
    demo: DemoClient,
) -> None:
    ana, bo = await paired(demo)
    demo.close_dms(ana)
    demo.close_dms(bo)
    await (await (await demo.slash(ana, "pair change")).choose("19:00", which="hour")).press("Suggest it")
    offered = await entry(demo, bo, "suggests a change")
    await offered.press("Agree")
    assert "at 19:00" in await entry(demo, ana, "settled how your pair goes on")
    await (await demo.slash(ana, "pair pause")).press("In a week")
    assert "I won't ask either of you" in await entry(demo, bo, "paused your check-ins")
    await (await demo.slash(bo, "pair end")).press("End it now")
    assert "There's nothing you need to do." in await entry(demo, ana, "One of your pairs has ended.")
    assert told(demo, bo) == []


async def test_a_suggestion_survives_restarts_and_is_told_once_when_pressed_twice(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    card = await demo.slash(ana, "pair change")
    await demo.restart()
    card = await card.choose("19:00", which="hour")
    await demo.restart()
    for waits in await card.press_twice("Suggest it"):
        assert "hasn't answered yet" in waits
    await demo.restart()
    assert told(demo, bo) == [ASKED_FOR_TIME]
    offered = await opened(demo, bo)
    await demo.restart()
    assert "at 19:00" in await offered.press("Agree")


async def test_check_ins_follow_a_new_time_zone_only_when_somebody_asks_for_it(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    settings = await demo.slash(ana, "settings", zone="America/New_York")
    assert at(2026, 1, 11, 17) in await demo.slash(ana, "pair show")
    await demo.restart()
    for moved in await settings.press_twice("Move my check-ins too"):
        assert "in your new time zone" in moved
    assert at(2026, 1, 11, 23) in await demo.slash(ana, "pair show")
    assert at(2026, 1, 11, 17) in await demo.slash(bo, "pair show")
    assert "Move my check-ins too" not in (await demo.slash(ana, "settings")).buttons


# -- pausing ------------------------------------------------------------------------------------------


async def test_a_pause_stops_both_check_ins_until_the_day_on_which_it_ends(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    ana = question.member
    card = await demo.slash(ana, "pair pause")
    assert "will see that you paused, but not why" in card
    assert card.buttons == ["In a week", "In two weeks", "In four weeks", "In eight weeks", "Back", "Support"]
    for paused in await card.press_twice("In two weeks"):
        assert "It's paused until 25 January 2026. I won't ask either of you before then." in paused
        assert "The last check-in" not in paused
        assert "Resume" in paused.buttons
    await demo.settle()
    assert told(demo, bo)[1:] == [CHANGED]
    other = await opened(demo, bo)
    assert "Ana paused your check-ins" in other
    assert "I won't ask either of you until 25 January 2026. There's nothing you need to do." in other
    before = {member: len(told(demo, member)) for member in (ana, bo)}
    await demo.skip(days=13)
    assert all(READY not in told(demo, member)[count:] for member, count in before.items())
    await demo.skip(days=1)
    for member, count in before.items():
        assert told(demo, member)[count:] == [READY]
    # The pause has cost no check-in: as many follow as were left before it.
    assert "The last check-in is on 5 April 2026." in await demo.slash(ana, "pair show")
    assert "went by" not in (await demo.slash(bo, "inbox")).text


async def test_only_whoever_paused_a_pair_can_resume_it_early(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    await (await demo.slash(ana, "pair pause")).press("In four weeks")
    refused = await demo.slash(bo, "pair resume")
    assert strings.BY_OTHER in refused
    assert "4 February 2026" in refused
    for resumed in await (await demo.slash(ana, "pair show")).press_twice("Resume"):
        assert at(2026, 1, 11, 17) in resumed
        assert "The last check-in is on 29 March 2026." in resumed
    assert "Your next check-in is at" in await demo.slash(bo, "pair show")
    assert "Your next check-in is at" in await demo.slash(bo, "pair resume")


async def test_a_longer_pause_by_the_partner_is_not_shortened(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    card = await demo.slash(bo, "pair pause")
    await (await demo.slash(ana, "pair pause")).press("In a week")
    await demo.restart()
    await card.press("In eight weeks")
    assert strings.BY_OTHER in await demo.slash(ana, "pair resume")
    await (await demo.slash(ana, "pair pause")).press("In a week")
    assert "4 March 2026" in await demo.slash(ana, "pair show")


async def test_after_the_last_check_in_there_is_nothing_to_pause(demo: DemoClient) -> None:
    ana, _ = await paired(demo, weeks=4)
    await demo.skip(days=26)
    refused = await (await demo.slash(ana, "pair pause")).press("In a week")
    assert strings.NOTHING_LEFT_TITLE in refused
    assert "/pair change" in refused
    assert strings.NEXT_NONE in await demo.slash(ana, "pair show")


# -- ending -------------------------------------------------------------------------------------------


async def test_a_partner_can_end_a_pair_at_once_and_the_other_reads_only_one_sentence(
    demo: DemoClient,
) -> None:
    ana, bo = await paired(demo)
    show, mine = await demo.slash(ana, "pair show"), await demo.slash(bo, "pair show")
    ending = await demo.slash(bo, "pair end")
    assert "reads that your pair has ended, and nothing else" in ending
    assert ending.buttons == ["End it now", "Keep it", "Support"]
    assert "You and Ana" in await ending.press("Keep it")
    ending = await mine.press("End")
    texts = [card.text for card in await ending.press_twice("End it now")]
    assert any("You don't owe anybody a reason." in text for text in texts)
    await demo.settle()
    assert told(demo, bo) == []
    assert told(demo, ana)[1:] == [CHANGED]
    assert (await opened(demo, ana)).text.splitlines() == [
        "### Your pair with \u2068Bo\u2069 has ended",
        "There's nothing you need to do. Your own answers stay in `/pair history` for 7 days after the end.",
    ]
    for label in ("What I wrote", "Change", "Pause", "End", "Calendar file"):
        assert strings.CLOSED_TITLE in await demo.forge(ana, show.custom_id(label))
    for command in COMMANDS:
        assert strings.NONE_TITLE in await demo.slash(ana, f"pair {command}")
    await demo.skip(days=7)
    assert told(demo, ana) == [GONE, GONE]


async def test_a_pair_can_be_ended_with_a_restart_between_the_two_presses(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    ending = await demo.slash(ana, "pair end")
    await demo.restart()
    assert "has ended" in await ending.press("End it now")
    await demo.restart()
    assert "There's nothing you need to do." in await opened(demo, bo)


async def test_a_form_sent_after_the_pair_ended_shows_what_was_typed(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    form = await (await question.press("It's been hard")).press("Add a note")
    await (await demo.slash(bo, "pair end")).press("End it now")
    late = await form.submit({"A note": "Never lost"})
    assert strings.CLOSED_TITLE in late
    assert "Never lost" in late


async def test_what_was_shared_cannot_be_read_after_the_pair_ended(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    await (await question.press("It's been hard")).press("Share with Bo")
    shared = (await demo.slash(bo, "pair show")).custom_id("What they shared")
    await (await demo.slash(question.member, "pair end")).press("End it now")
    assert strings.CLOSED_TITLE in await demo.forge(bo, shared)


async def test_a_pair_ends_when_one_partner_leaves_the_server(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    await demo.leave(bo)
    assert strings.CLOSED_TITLE in await demo.slash(ana, "pair show")
    await demo.settle()
    assert strings.ENDED_UNNAMED_TITLE in await opened(demo, ana)
    assert strings.NONE_TITLE in await demo.slash(ana, "pair show")


async def test_their_months_and_notes_still_read_well_after_the_other_person_has_left(
    demo: DemoClient,
) -> None:
    question, bo = await asked(demo)
    ana = await demo.member("ana")
    card = await (await (await question.press("On track")).press("Add a note")).submit({"A note": "Quieter."})
    await (await card.press("Share with Bo")).press("Take it back")
    await demo.leave(bo)
    assert "Bo" not in await demo.slash(ana, "pair show")
    await demo.settle()
    months = await demo.slash(ana, "pair history")
    assert ui_words.SOMEONE in months
    notes = await months.press("My notes")
    assert "Quieter." in notes
    assert f"{ui_words.SOMEONE_FIRST}\u2069** can't open this any more" in notes


async def test_a_boundary_ends_a_pair_at_the_parting_with_the_usual_sentence(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    before = (await demo.slash(ana, "pair show")).text
    considered = await (await (await demo.slash(bo, "boundary")).press("Add")).choose([ana])
    await considered.press("Set the boundary")
    assert (await demo.slash(ana, "pair show")).text == before
    await demo.skip(days=1, minutes=5)
    assert told(demo, ana)[1:] == [CHANGED]
    assert "### Your pair with \u2068Bo\u2069 has ended" in await opened(demo, ana)
    assert told(demo, bo) == []


async def test_two_people_can_be_a_pair_again_after_their_pair_has_closed(demo: DemoClient) -> None:
    ana, bo = await paired(demo, weeks=4)
    await demo.skip(days=35)
    assert strings.NONE_TITLE in await demo.slash(ana, "pair show")
    await (await (await demo.slash(ana, "pair start", partner=bo, **AGREED)).press("A habit")).submit(
        sheet("Ana")
    )
    await accepted(demo, bo)
    assert "Bo's aim" in await demo.slash(ana, "pair show")


async def test_agreeing_on_an_outdated_card_shows_the_newer_suggestion_instead(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    card = await (await demo.slash(ana, "pair change")).choose("20:00", which="hour")
    await card.press("Suggest it")
    old = await demo.slash(bo, "pair show")
    await (await demo.slash(ana, "pair change")).press("Take it back")
    await demo.skip(minutes=1)
    card = await (await demo.slash(ana, "pair change")).choose("07:00", which="hour")
    await card.press("Suggest it")
    shown = await old.press("Agree")
    assert "at 07:00" in shown
    assert "Agree" in shown.buttons
    assert "at 07:00" in await shown.press("Agree")
    assert "Agree" not in shown.buttons
