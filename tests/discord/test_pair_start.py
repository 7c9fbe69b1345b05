"""`/pair start`, and what becomes of a proposal, by the buttons that people press."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from cogs.pair import strings
from cogs.pair.start import strings as start_words
from cogs.shared.calendar.strings import WEEKDAYS
from tests.discord.pairing import (
    AGREED,
    AIM,
    CHANGED,
    SAY,
    SENTENCE,
    SIGNS,
    ZONE,
    accepted,
    begun,
    entry,
    friends,
    opened,
    pair_id,
    proposed,
    sent_to_anybody,
    sheet,
    told,
)
from tests.discord.talking import pod, talked

TOGETHER = "Ask someone to keep at it with me"
NOT_FOR = "Pairs aren't for couples or relatives, or for two people when one has hurt the other."
FREELY = "If you can't freely say no to this person, press `No thanks`. I don't tell them that you did."
ABOUT = ["A habit", "How I treat people"]


async def test_pair_start_with_every_option_typed_explains_pairs_before_the_form(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    before = await demo.slash(ana, "pair start", partner=bo, zone="Europe/Berlin", **AGREED)
    assert before.ephemeral
    assert "You and somebody else each want to change something of your own." in before
    assert NOT_FOR in before
    assert "Choose somebody who could easily tell you no." in before
    assert "You and **Bo**: every week on Sunday at 18:00, for 12 weeks." in before
    assert before.text.index(NOT_FOR) < before.text.index("every week")
    assert before.buttons == [*ABOUT, "Not now", "Support"]
    form = await before.press("A habit")
    assert form.form.labels == [AIM, SIGNS, SAY, ZONE]
    assert "Leave out things that happened." in form.form[SIGNS].description
    assert "could copy them" in form.form.text
    assert "/support" in form.form.text
    assert "anyone's health or debts" in form.form.text
    assert [form.form[field].value for field in (AIM, SIGNS, SAY, ZONE)] == ["", "", "", "Europe/Berlin"]


async def test_a_proposal_sends_no_message_and_waits_until_the_partner_looks(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    shown = await proposed(demo, ana, bo)
    assert SENTENCE in shown
    assert "I don't write to them, so send them something like this:" in shown
    assert "a pair of yours ended early in that time, they won't see this request" in shown
    assert shown.buttons == ["Take it back", "Support"]
    await demo.skip(days=2)
    assert sent_to_anybody(demo) == []
    for before in (
        await demo.slash(bo, "pair show"),
        await demo.slash(bo, "pair show", dm=True),
        await entry(demo, bo, "would like to check in with you"),
    ):
        assert "**Ana** would like to check in with you every week on Sunday at 18:00" in before
        assert "The other person can see an answer only if you share it." in before
        assert NOT_FOR in before
        assert FREELY in before
        assert "Ana's aim" not in before.text
        assert before.buttons == [*ABOUT, "No thanks", "Report", "Support"]
    assert sent_to_anybody(demo) == []


async def test_the_starter_is_told_when_the_partner_has_accepted(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    shown = await accepted(demo, bo, zone="Auckland")
    assert "You and Ana are a pair" in shown
    assert "Ana's signs" in await shown.press("Show the pair")
    assert told(demo, ana) == ["Something is waiting for you."]
    assert "You and Bo are a pair" in await opened(demo, ana)
    assert told(demo, ana) == ["This is closed."]
    assert told(demo, bo) == []
    waiting = await demo.slash(ana, "pair show")
    assert "Bo's signs" in waiting
    assert "Bo's sentence" in waiting


async def test_pair_start_with_only_a_partner_sets_a_default_in_every_select(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    before = await demo.slash(ana, "pair start", partner=bo)
    assert NOT_FOR in before
    assert "every week" not in before.text, "what a pair is for comes before its schedule"
    assert before.buttons == ["Next", "Not now", "Support"]
    card = await before.press("Next")
    assert card.chosen == ["Every week", "Sunday", "18:00", "12 weeks"]
    assert card.buttons == [*ABOUT, "Back", "Discard", "Support"]
    assert NOT_FOR in await card.press("Back")
    card = await (await demo.slash(ana, "pair start", partner=bo)).press("Next")
    card = await card.choose("Every month", which="How often")
    assert len([one for one in card.placeholders if "On which day?" in one]) == 2
    assert card.chosen == ["Every month", "Day 1", "18:00", "12 weeks"]
    card = await card.choose("Last day", which="16 to 28, or the last")
    assert card.chosen == ["Every month", "Last day", "18:00", "12 weeks"]
    card = await card.choose("Day 7", which="1 to 15")
    card = await card.choose("07:00", which="hour")
    card = await card.choose("52 weeks", which="long")
    assert "every month on day 7 at 07:00, for 52 weeks" in card
    shown = await (await card.press("How I treat people")).submit(sheet("Ana"))
    assert SENTENCE in shown


async def test_options_that_were_typed_are_already_chosen_on_the_card(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    card = await (await demo.slash(ana, "pair start", partner=bo, cadence="monthly", weeks=26)).press("Next")
    assert card.chosen == ["Every month", "Day 1", "18:00", "26 weeks"]
    card = await (await demo.slash(ana, "pair start", partner=bo, day="Friday")).press("Next")
    assert card.chosen == ["Every week", "Friday", "18:00", "12 weeks"]
    card = await (await demo.slash(ana, "pair start", partner=bo, cadence="twice", at="6:30pm")).press("Next")
    assert card.chosen == ["Twice a week", "Sunday and Wednesday", "18:30", "12 weeks"]


async def test_days_that_fit_the_cadence_hours_and_zones_are_offered_while_they_are_typed(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)

    async def days(typed: str, **filled: str) -> list[str]:
        return await demo.complete(ana, "pair start", "day", typed, partner=bo, **filled)

    assert await days("") == list(WEEKDAYS)
    assert await days("s") == ["Saturday", "Sunday", "Tuesday", "Wednesday", "Thursday"]
    assert await days("wed", cadence="twice") == ["Wednesday and Saturday", "Sunday and Wednesday"]
    assert await days("la", cadence="monthly") == ["last day"]
    assert len(await days("", cadence="monthly")) == 25
    assert "last day" in await days("", cadence="monthly")
    hours = await demo.complete(ana, "pair start", "at", "18", partner=bo)
    assert hours == ["18:00", "18:30"]
    zones = await demo.complete(ana, "pair start", "zone", "berl", partner=bo)
    assert zones[0] == "Europe/Berlin"


async def test_a_day_or_an_hour_that_is_not_offered_is_refused(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    for typed in (
        {**AGREED, "day": "Someday"},
        {**AGREED, "at": "25:00"},
        {**AGREED, "cadence": "monthly", "day": "29"},
        {"day": "Someday"},
        {"at": "noonish"},
    ):
        refused = await demo.slash(ana, "pair start", partner=bo, **typed)
        assert strings.BAD_TERMS_TITLE in refused
        assert "Nothing was changed" in refused


async def test_oneself_a_bot_or_a_present_partner_cannot_be_chosen_for_a_pair(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    yourself = await demo.slash(ana, "pair start", partner=ana, **AGREED)
    assert strings.YOURSELF_TITLE in yourself
    assert "Think it through" in yourself.buttons
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    assert strings.BOT_TITLE in await demo.slash(ana, "pair start", partner=robot, **AGREED)
    await proposed(demo, ana, bo)
    already = await demo.slash(ana, "pair start", partner=bo)
    assert strings.PAIRED_TITLE in already
    assert SENTENCE in await already.press("Show the pair")
    # If Bo wants to start a pair with Ana, the refusal leads to the proposal that waits for Bo.
    other_way = await demo.slash(bo, "pair start", partner=ana)
    assert "No thanks" in (await other_way.press("Show the pair")).buttons
    await accepted(demo, bo)
    assert strings.PAIRED_TITLE in await demo.slash(bo, "pair start", partner=ana)


async def test_somebody_with_whom_one_set_a_boundary_cannot_be_chosen_for_a_pair(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    before = await (await (await demo.slash(ana, "boundary")).press("Add")).choose([bo])
    await before.press("Set the boundary")
    refused = await demo.slash(ana, "pair start", partner=bo)
    assert strings.OWN_CHOICE_TITLE in refused
    assert refused.buttons[-2:] == ["Support", "Close"]
    assert "boundary with" not in refused.text


async def test_somebody_who_is_not_in_the_server_cannot_be_chosen_for_a_pair(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    stranger = demo.env.create_user("stranger", global_name="Stranger")
    refused = await demo.slash(ana, "pair start", partner=stranger, **AGREED)
    assert start_words.NOT_HERE_TITLE in refused
    assert strings.NONE_TITLE in await demo.slash(ana, "pair show")


async def test_a_sixth_pair_is_refused_until_one_of_the_five_is_taken_back(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for number in range(5):
        await proposed(demo, ana, await demo.member(f"m{number}"))
    full = await demo.slash(ana, "pair start", partner=await demo.member("late"), **AGREED)
    assert "You have 5 pairs" in full
    assert "make room" in full
    one = await (await demo.slash(ana, "pair show")).choose("M0, who hasn't answered yet")
    await one.press("Take it back")
    late = await demo.slash(ana, "pair start", partner=await demo.member("late"), **AGREED)
    assert "A habit" in late.buttons


async def test_somebody_with_five_pairs_cannot_agree_to_a_sixth(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    for number in range(5):
        await proposed(demo, bo, await demo.member(f"m{number}"))
    form = await (await entry(demo, bo, "would like to check in")).press("A habit")
    full = await form.submit(sheet("Bo"))
    assert "You have 5 pairs" in full
    assert "Bo's aim" in full


async def did(demo: DemoClient) -> tuple[Screen, MemberActor]:
    """Return the card that Ana sees in a direct message after `I did it`, and Bo."""
    ana, bo = await pod(demo, "bo")
    form = await (await talked(demo, ana, bo, "Bo")).choose("Something else")
    card = await (await form.submit({"What I'll do": "Leave before midnight"})).choose("Tomorrow")
    done = {"What is different now?": "I ask.", "What will you stay away from?": "Late parties."}
    return await (await card.press("I did it")).submit(done), bo


async def test_a_pair_begun_from_a_finished_plan_has_its_aim_filled_in(demo: DemoClient) -> None:
    done, bo = await did(demo)
    told_in_dm = await done.press(TOGETHER)
    assert "You can pick somebody only in a server." in told_in_dm
    assert demo.server.name in told_in_dm
    before = await demo.forge(done.member, done.custom_id(TOGETHER))
    assert NOT_FOR in before
    draft = await before.press("Next")
    assert draft.chosen == ["Every week", "Sunday", "18:00", "12 weeks"]
    nobody = await draft.press("A habit")
    assert strings.NO_PARTNER_TITLE in nobody
    draft = await (await nobody.press("Back")).choose([bo], which="member")
    form = await draft.press("A habit")
    assert form.form[AIM].value == "Leave before midnight"
    assert SENTENCE in await form.submit({**sheet("Ana"), AIM: form.form[AIM].value})


async def test_the_select_for_the_partner_refuses_oneself_and_a_bot(demo: DemoClient) -> None:
    done, _ = await did(demo)
    draft = await (await demo.forge(done.member, done.custom_id(TOGETHER))).press("Next")
    assert strings.YOURSELF_TITLE in await draft.choose([done.member], which="member")
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    assert strings.BOT_TITLE in await draft.choose([robot], which="member")


async def test_pair_start_in_a_direct_message_names_the_server_where_it_works(demo: DemoClient) -> None:
    ana, _ = await friends(demo)
    await demo.slash(ana, "pair show")
    refused = await demo.slash(ana, "pair start", dm=True, partner=ana.user)
    assert "You can pick somebody only in a server." in refused
    assert demo.server.name in refused
    other = demo.env.create_guild("Choir")
    await demo.settle()
    await demo.bot.services.people.meet(DiscordUser(ana.id, "Ana", ServerId(other.id)), demo.now)
    assert start_words.IN_A_SERVER in await demo.slash(ana, "pair start", dm=True, partner=ana.user)


async def test_after_no_thanks_the_starter_sees_the_same_as_without_an_answer(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    before = (await demo.slash(ana, "pair show")).text
    done = await (await demo.slash(bo, "pair show")).press("No thanks")
    assert "I don't tell" in done
    assert "looks as if you haven't answered" in done
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")
    assert "check in" not in (await demo.slash(bo, "inbox")).text
    assert (await demo.slash(ana, "pair show")).text == before
    assert strings.PAIRED_TITLE in await demo.slash(ana, "pair start", partner=bo)
    await demo.skip(days=13)
    assert (await demo.slash(ana, "pair show")).text == before
    assert told(demo, ana) == told(demo, bo) == []
    await demo.skip(days=2)
    assert told(demo, ana) == [CHANGED]
    assert "there can be many reasons" in await opened(demo, ana)


async def test_after_no_thanks_another_proposal_looks_the_same_but_does_not_arrive(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    first = (await proposed(demo, ana, bo)).text
    await (await demo.slash(bo, "pair show")).press("No thanks")
    await (await demo.slash(ana, "pair show")).press("Take it back")
    again = await proposed(demo, ana, bo)
    assert again.text == first
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")
    # A forged press with the id of this proposal gets the same answer as for one that has closed.
    forged = await demo.forge(bo, f"v1:pairs.before:{await pair_id(demo, ana)}")
    assert strings.CLOSED_TITLE in forged
    await (await demo.slash(ana, "pair show")).press("Take it back")
    gone = await proposed(demo, ana, bo)
    assert gone.text == first
    assert (await demo.forge(bo, f"v1:pairs.before:{await pair_id(demo, ana)}")).text == forged.text


async def test_a_proposal_lapses_after_fourteen_days_and_the_starter_is_told_kindly(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    await demo.skip(days=14, minutes=1)
    assert told(demo, ana) == [CHANGED]
    lapsed = await opened(demo, ana)
    assert "Your request to Bo has run out" in lapsed.text.replace("\u2068", "").replace("\u2069", "")
    assert "there can be many reasons why nobody answered" in lapsed
    assert "With `/pair start` you can ask somebody else." in lapsed
    assert strings.NONE_TITLE in await demo.slash(ana, "pair show")
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")
    assert "Nothing is waiting for you" in await demo.slash(bo, "inbox")
    assert told(demo, bo) == []


async def test_a_starter_with_closed_dms_finds_an_acceptance_and_a_lapse_in_the_inbox(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    demo.close_dms(ana)
    await proposed(demo, ana, bo)
    await accepted(demo, bo)
    assert "You and Bo are a pair" in await entry(demo, ana, "are a pair")
    cy = await demo.member("cy")
    await proposed(demo, ana, cy)
    await demo.skip(days=15)
    assert "many reasons" in await entry(demo, ana, "Nobody answered a request of yours.")


async def test_a_form_sent_after_the_proposal_lapsed_shows_what_was_typed(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    form = await (await demo.slash(bo, "pair show")).press("A habit")
    await demo.skip(days=15)
    late = await form.submit(sheet("Bo"))
    assert strings.CLOSED_TITLE in late
    for text in ("Bo's aim", "Bo's signs", "Bo's sentence"):
        assert text in late
    assert told(demo, bo) == []


async def test_a_form_with_an_unknown_zone_or_blanks_comes_back_filled_in(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    refused = await proposed(demo, ana, bo, zone="Nowhereville")
    assert strings.ZONE_TITLE in refused
    form = await refused.press("Edit")
    assert form.form[AIM].value == "Ana's aim"
    assert form.form[ZONE].value == "Nowhereville"
    blank = await form.submit({SIGNS: "   ", ZONE: "berlin"})
    assert strings.UNWRITTEN_TITLE in blank
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")
    form = await blank.press("Edit")
    assert form.form[AIM].value == "Ana's aim"
    assert SENTENCE in await form.submit({SIGNS: "I get loud"})
    form = await (await demo.slash(bo, "pair show")).press("A habit")
    refused = await form.submit(sheet("Bo", "Atlantis"))
    assert strings.ZONE_TITLE in refused
    form = await refused.press("Edit")
    assert form.form[SAY].value == "Bo's sentence"
    assert "You and Ana are a pair" in await form.submit({ZONE: "Auckland"})


async def test_a_time_zone_from_settings_or_an_earlier_form_is_filled_in(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await demo.slash(bo, "settings", zone="Auckland")
    assert (await begun(demo, ana, bo)).form[ZONE].value == ""
    await proposed(demo, ana, bo)
    assert (await begun(demo, ana, await demo.member("cy"))).form[ZONE].value == "Europe/Berlin"
    form = await (await demo.slash(bo, "pair show")).press("A habit")
    assert form.form[ZONE].value == "Pacific/Auckland"


async def test_not_now_and_discard_both_discard_the_draft(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    before = await demo.slash(ana, "pair start", partner=bo, **AGREED)
    assert start_words.DISCARDED_TITLE in await before.press("Not now")
    card = await (await demo.slash(ana, "pair start", partner=bo)).press("Next")
    texts = [one.text for one in await card.press_twice("Discard")]
    assert any(start_words.DISCARDED in text for text in texts)
    assert strings.NONE_TITLE in await demo.slash(ana, "pair show")


async def test_a_proposal_that_was_taken_back_is_gone_for_the_partner(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    shown = await proposed(demo, ana, bo)
    theirs = await demo.slash(bo, "pair show")
    for card in await shown.press_twice("Take it back"):
        assert start_words.TAKEN_BACK_TITLE in card
    assert strings.CLOSED_TITLE in await theirs.press("A habit")
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")


async def test_a_proposal_cannot_be_taken_back_once_the_partner_has_accepted(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    shown = await proposed(demo, ana, bo)
    take_back = shown.custom_id("Take it back")
    await accepted(demo, bo)
    late = await shown.press("Take it back")
    assert start_words.TAKEN_BACK not in late
    assert "You and Bo are a pair" in late
    assert "End" in (await late.press("Show the pair")).buttons
    await (await (await demo.slash(bo, "pair end")).press("End it now")).press("Support")
    assert strings.CLOSED_TITLE in await demo.forge(ana, take_back)


async def test_no_thanks_pressed_twice_at_once_declines_the_proposal(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    texts = [card.text for card in await (await demo.slash(bo, "pair show")).press_twice("No thanks")]
    assert any("I don't tell" in text for text in texts)


async def test_a_form_sent_twice_tells_the_starter_once(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    form = await begun(demo, ana, bo)
    fields = {"aim": "a", "signs": "b", "words": "c", "zone": "Berlin"}
    assert SENTENCE in await form.submit(sheet("Ana"))
    await demo.forge_form(ana, form.form.custom_id, fields)
    form = await (await demo.slash(bo, "pair show")).press("A habit")
    await form.submit(sheet("Bo"))
    await demo.forge_form(bo, form.form.custom_id, fields)
    assert len(told(demo, ana)) == 1
    assert "Bo's aim" in await demo.slash(ana, "pair show")


@pytest.mark.uncounted
async def test_a_pair_can_be_started_with_a_restart_between_any_two_steps(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    before = await demo.slash(ana, "pair start", partner=bo)
    await demo.restart()
    card = await before.press("Next")
    await demo.restart()
    card = await card.choose("Every two weeks", which="How often")
    await demo.restart()
    form = await card.press("A habit")
    await demo.restart()
    refused = await form.submit(sheet("Ana", "Atlantis"))
    await demo.restart()
    form = await refused.press("Edit")
    await demo.restart()
    await form.submit({ZONE: "Berlin"})
    await demo.restart()
    before = await demo.slash(bo, "pair show")
    await demo.restart()
    form = await before.press("A habit")
    await demo.restart()
    assert "every two weeks" in before
    assert "You and Ana are a pair" in await form.submit(sheet("Bo"))
    await demo.restart()
    assert "You and Bo are a pair" in await opened(demo, ana)


async def test_the_proposal_of_somebody_who_left_can_no_longer_be_accepted(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo)
    before = await demo.slash(bo, "pair show")
    await demo.leave(ana)
    form = await before.press("A habit")
    late = await form.submit(sheet("Bo"))
    assert strings.CLOSED_TITLE in late
    assert "Bo's signs" in late
    assert strings.NONE_TITLE in await demo.slash(bo, "pair show")


async def test_the_draft_of_a_pair_waits_in_the_inbox_once_something_was_typed(demo: DemoClient) -> None:
    """The card with `Edit` disappears after a while, but the text can be found again."""
    ana, bo = [await demo.member(name) for name in ("ana", "bo")]
    before = await demo.slash(ana, "pair start", partner=bo)
    assert "You began to set up a pair." not in await demo.slash(ana, "inbox")
    form = await (await before.press("Next")).press("How I treat people")
    await form.submit({"aim": "Fewer messages", "signs": "I pace", "words": "Walk?", "zone": "Nowhere"})
    await demo.restart()
    waiting = await demo.slash(ana, "inbox")
    assert "You began to set up a pair." in waiting
    again = await (await waiting.press("Open")).press("A habit")
    assert again.form["aim"].value == "Fewer messages"
    assert again.form["zone"].value == "Nowhere"
