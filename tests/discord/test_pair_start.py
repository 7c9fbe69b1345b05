"""`/pair start`, and what becomes of a proposal, as people press it."""

import pytest
from simcord import MemberActor

from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
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
NOT_FOR = "Not for couples, relatives, or when one of you hurt the other."
COST = "If saying no would cost you something, press `{no}`; it gives no reason."


async def test_with_all_options_typed_what_it_is_comes_first(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    before = await theatre.slash(ana, "pair start", partner=bo, zone="Europe/Berlin", **AGREED)
    assert before.ephemeral
    assert "For two people who each want to change something of their own." in before
    assert NOT_FOR in before
    assert COST.format(no="Not now") in before
    assert "With **Bo**: every week, Sunday, at 18:00, for 12 weeks." in before
    assert before.buttons == ["Go on", "Not now", "Support"]
    form = await before.press("Go on")
    assert form.form.labels == [AIM, SIGNS, SAY, ZONE]
    assert "Seen from outside, not past events." in form.form[SIGNS].description
    assert "can copy this" in form.form[SIGNS].description
    assert "/support" in form.form.text
    assert "health and money" in form.form.text
    assert [form.form[field].value for field in (AIM, SIGNS, SAY, ZONE)] == ["", "", "", "Europe/Berlin"]


async def test_nothing_is_sent_to_the_partner_who_finds_it_themselves(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    shown = await proposed(theatre, ana, bo)
    assert SENTENCE in shown
    assert "Send them this yourself:" in shown
    assert shown.buttons == ["Take it back", "Support"]
    await theatre.skip(days=2)
    assert sent_to_anybody(theatre) == []
    for before in (
        await theatre.slash(bo, "pair show"),
        await theatre.slash(bo, "pair show", dm=True),
        await entry(theatre, bo, "would like to check in with you"),
    ):
        assert "**Ana** would like to check in with you: every week, Sunday, at 18:00" in before
        assert NOT_FOR in before
        assert COST.format(no="No thanks") in before
        assert "Ana's aim" not in before.text
        assert before.buttons == ["Go on", "No thanks", "Support"]
    assert sent_to_anybody(theatre) == []


async def test_both_sent_theirs_and_the_starter_is_told(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    shown = await accepted(theatre, bo, zone="Auckland")
    assert "You and Ana are a pair" in shown
    assert "Ana's signs" in await shown.press("Show the pair")
    assert told(theatre, ana) == ["Something you set is ready."]
    assert "You and Bo are a pair" in await opened(theatre, ana)
    assert told(theatre, ana) == ["This has closed."]
    assert told(theatre, bo) == []
    waiting = await theatre.slash(ana, "pair show")
    assert "Bo's signs" in waiting
    assert "Bo's sentence" in waiting


async def test_with_only_the_partner_every_select_has_its_default(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    card = await theatre.slash(ana, "pair start", partner=bo)
    assert card.chosen == ["Every week", "Sunday", "18:00", "12 weeks"]
    assert card.buttons == ["Next", "Discard", "Support"]
    card = await card.choose("Every month", which="How often")
    assert len([one for one in card.placeholders if "On which day?" in one]) == 2
    assert card.chosen == ["Every month", "Day 1", "18:00", "12 weeks"]
    card = await card.choose("Last day", which="16 to 28, or the last")
    assert card.chosen == ["Every month", "Last day", "18:00", "12 weeks"]
    card = await card.choose("Day 7", which="1 to 15")
    card = await card.choose("07:00", which="hour")
    card = await card.choose("52 weeks", which="long")
    assert "every month, day 7, at 07:00, for 52 weeks" in await card.press("Next")


async def test_what_was_typed_stands_on_the_card_for_the_rest(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    card = await theatre.slash(ana, "pair start", partner=bo, cadence="monthly", weeks=26)
    assert card.chosen == ["Every month", "Day 1", "18:00", "26 weeks"]
    card = await theatre.slash(ana, "pair start", partner=bo, day="Friday")
    assert card.chosen == ["Every week", "Friday", "18:00", "12 weeks"]
    card = await theatre.slash(ana, "pair start", partner=bo, cadence="twice", at="6:30pm")
    assert card.chosen == ["Twice a week", "Sunday and Wednesday", "18:30", "12 weeks"]


async def test_the_options_complete_by_cadence(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)

    async def days(typed: str, **filled: str) -> list[str]:
        return await theatre.complete(ana, "pair start", "day", typed, partner=bo, **filled)

    assert await days("") == list(WEEKDAYS)
    assert await days("s") == ["Saturday", "Sunday", "Tuesday", "Wednesday", "Thursday"]
    assert await days("wed", cadence="twice") == ["Wednesday and Saturday", "Sunday and Wednesday"]
    assert await days("la", cadence="monthly") == ["last day"]
    assert len(await days("", cadence="monthly")) == 25
    assert "last day" in await days("", cadence="monthly")
    hours = await theatre.complete(ana, "pair start", "at", "18", partner=bo)
    assert hours == ["18:00", "18:30"]
    zones = await theatre.complete(ana, "pair start", "zone", "berl", partner=bo)
    assert zones[0] == "Europe/Berlin"


async def test_a_day_or_an_hour_that_there_is_not(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    for typed in (
        {**AGREED, "day": "Someday"},
        {**AGREED, "at": "25:00"},
        {**AGREED, "cadence": "monthly", "day": "29"},
        {"day": "Someday"},
        {"at": "noonish"},
    ):
        refused = await theatre.slash(ana, "pair start", partner=bo, **typed)
        assert strings.BAD_TERMS_TITLE in refused
        assert "Nothing was changed" in refused


async def test_whom_one_cannot_choose(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    yourself = await theatre.slash(ana, "pair start", partner=ana, **AGREED)
    assert strings.YOURSELF_TITLE in yourself
    assert "Think it through" in yourself.buttons
    robot = theatre.server.add_member(theatre.env.create_user("robot", bot=True))
    assert strings.BOT_TITLE in await theatre.slash(ana, "pair start", partner=robot, **AGREED)
    await proposed(theatre, ana, bo)
    already = await theatre.slash(ana, "pair start", partner=bo)
    assert strings.PAIRED_TITLE in already
    assert SENTENCE in await already.press("Show the pair")
    # The other way round it leads to what waits for them.
    other_way = await theatre.slash(bo, "pair start", partner=ana)
    assert "Go on" in (await other_way.press("Show the pair")).buttons
    await accepted(theatre, bo)
    assert strings.PAIRED_TITLE in await theatre.slash(bo, "pair start", partner=ana)


async def test_someone_behind_a_boundary_of_ones_own(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await (await (await theatre.slash(ana, "boundary")).press("Add")).choose([bo])
    refused = await theatre.slash(ana, "pair start", partner=bo)
    assert strings.BOUNDARY_TITLE in refused
    assert "Boundaries" in refused.buttons


async def test_somebody_who_is_not_here_is_no_partner(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    stranger = theatre.env.create_user("stranger", global_name="Stranger")
    refused = await theatre.slash(ana, "pair start", partner=stranger, **AGREED)
    assert start_words.NOT_HERE_TITLE in refused
    assert strings.NONE_TITLE in await theatre.slash(ana, "pair show")


async def test_five_pairs_and_no_more(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    for number in range(5):
        await proposed(theatre, ana, await theatre.member(f"m{number}"))
    full = await theatre.slash(ana, "pair start", partner=await theatre.member("late"), **AGREED)
    assert "You have 5 pairs" in full
    assert "make room" in full
    one = await (await theatre.slash(ana, "pair show")).choose("M0, who hasn't answered yet")
    await one.press("Take it back")
    assert (
        "Go on"
        in (await theatre.slash(ana, "pair start", partner=await theatre.member("late"), **AGREED)).buttons
    )


async def test_somebody_with_five_pairs_cannot_agree_to_a_sixth(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    for number in range(5):
        await proposed(theatre, bo, await theatre.member(f"m{number}"))
    form = await (await entry(theatre, bo, "would like to check in")).press("Go on")
    full = await form.submit(sheet("Bo"))
    assert "You have 5 pairs" in full
    assert "Bo's aim" in full


async def did(theatre: Theatre) -> tuple[Screen, MemberActor]:
    """Ana, in a direct message, after `I did it`; and Bo."""
    ana, bo = await pod(theatre, "bo")
    form = await (await talked(theatre, ana, bo, "Bo")).choose("Something else")
    card = await (await form.submit({"What I'll do": "Leave before midnight"})).choose("Tomorrow")
    done = {"What is different now?": "I ask.", "What will you stay away from?": "Late parties."}
    return await (await card.press("I did it")).submit(done), bo


async def test_from_a_plan_the_aim_is_there_already(theatre: Theatre) -> None:
    done, bo = await did(theatre)
    told_in_dm = await done.press(TOGETHER)
    assert "works in a server only" in told_in_dm
    assert theatre.server.name in told_in_dm
    draft = await theatre.forge(done.member, done.custom_id(TOGETHER))
    assert draft.chosen == ["Every week", "Sunday", "18:00", "12 weeks"]
    nobody = await draft.press("Next")
    assert strings.NO_PARTNER_TITLE in nobody
    draft = await (await nobody.press("Back")).choose([bo], which="member")
    form = await (await draft.press("Next")).press("Go on")
    assert form.form[AIM].value == "Leave before midnight"
    assert SENTENCE in await form.submit({**sheet("Ana"), AIM: form.form[AIM].value})


async def test_choosing_in_the_card_refuses_the_same(theatre: Theatre) -> None:
    done, _ = await did(theatre)
    draft = await theatre.forge(done.member, done.custom_id(TOGETHER))
    assert strings.YOURSELF_TITLE in await draft.choose([done.member], which="member")
    robot = theatre.server.add_member(theatre.env.create_user("robot", bot=True))
    assert strings.BOT_TITLE in await draft.choose([robot], which="member")


async def test_in_a_direct_message_it_names_the_server(theatre: Theatre) -> None:
    ana, _ = await friends(theatre)
    await theatre.slash(ana, "pair show")
    refused = await theatre.slash(ana, "pair start", dm=True, partner=ana.user)
    assert "Choosing somebody new works in a server only." in refused
    assert theatre.server.name in refused
    other = theatre.env.create_guild("Choir")
    await theatre.settle()
    await theatre.bot.services.people.meet(DiscordUser(ana.id, "Ana", ServerId(other.id)), theatre.now)
    assert start_words.IN_A_SERVER in await theatre.slash(ana, "pair start", dm=True, partner=ana.user)


async def test_no_thanks_shows_the_starter_nothing(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    before = (await theatre.slash(ana, "pair show")).text
    done = await (await theatre.slash(bo, "pair show")).press("No thanks")
    assert "is told nothing" in done
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")
    assert "check in" not in (await theatre.slash(bo, "inbox")).text
    assert (await theatre.slash(ana, "pair show")).text == before
    assert strings.PAIRED_TITLE in await theatre.slash(ana, "pair start", partner=bo)
    await theatre.skip(days=13)
    assert (await theatre.slash(ana, "pair show")).text == before
    assert told(theatre, ana) == told(theatre, bo) == []
    await theatre.skip(days=2)
    assert told(theatre, ana) == [CHANGED]
    assert "can have many reasons" in await opened(theatre, ana)


async def test_after_a_no_another_goes_nowhere_and_looks_the_same(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    first = (await proposed(theatre, ana, bo)).text
    await (await theatre.slash(bo, "pair show")).press("No thanks")
    await (await theatre.slash(ana, "pair show")).press("Take it back")
    again = await proposed(theatre, ana, bo)
    assert again.text == first
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")
    # Whoever holds its id was shown it once, and finds what is found of one that was taken back.
    forged = await theatre.forge(bo, f"v1:pairs.before:{await pair_id(theatre, ana)}")
    assert strings.CLOSED_TITLE in forged
    await (await theatre.slash(ana, "pair show")).press("Take it back")
    gone = await proposed(theatre, ana, bo)
    assert gone.text == first
    assert (await theatre.forge(bo, f"v1:pairs.before:{await pair_id(theatre, ana)}")).text == forged.text


async def test_after_fourteen_days_it_lapses_kindly(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    await theatre.skip(days=14, minutes=1)
    assert told(theatre, ana) == [CHANGED]
    lapsed = await opened(theatre, ana)
    assert "That can have many reasons." in lapsed
    assert "`/pair start` begins another" in lapsed
    assert strings.NONE_TITLE in await theatre.slash(ana, "pair show")
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")
    assert "Nothing waits for you" in await theatre.slash(bo, "inbox")
    assert told(theatre, bo) == []


async def test_closed_dms_find_both_news_in_the_inbox(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    theatre.close_dms(ana)
    await proposed(theatre, ana, bo)
    await accepted(theatre, bo)
    assert "You and Bo are a pair" in await entry(theatre, ana, "are a pair")
    cy = await theatre.member("cy")
    await proposed(theatre, ana, cy)
    await theatre.skip(days=15)
    assert "many reasons" in await entry(theatre, ana, "not taken up")


async def test_a_form_sent_after_it_lapsed_shows_what_was_typed(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    form = await (await theatre.slash(bo, "pair show")).press("Go on")
    await theatre.skip(days=15)
    late = await form.submit(sheet("Bo"))
    assert strings.CLOSED_TITLE in late
    for text in ("Bo's aim", "Bo's signs", "Bo's sentence"):
        assert text in late
    assert told(theatre, bo) == []


async def test_a_zone_that_there_is_not_and_blanks_come_back_filled_in(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    refused = await proposed(theatre, ana, bo, zone="Nowhereville")
    assert strings.ZONE_TITLE in refused
    form = await refused.press("Edit")
    assert form.form[AIM].value == "Ana's aim"
    assert form.form[ZONE].value == "Nowhereville"
    blank = await form.submit({SIGNS: "   ", ZONE: "berlin"})
    assert strings.UNWRITTEN_TITLE in blank
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")
    form = await blank.press("Edit")
    assert form.form[AIM].value == "Ana's aim"
    assert SENTENCE in await form.submit({SIGNS: "I get loud"})
    form = await (await theatre.slash(bo, "pair show")).press("Go on")
    refused = await form.submit(sheet("Bo", "Atlantis"))
    assert strings.ZONE_TITLE in refused
    form = await refused.press("Edit")
    assert form.form[SAY].value == "Bo's sentence"
    assert "You and Ana are a pair" in await form.submit({ZONE: "Auckland"})


async def test_the_zone_that_one_has_set_is_filled_in_and_another_is_remembered(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await theatre.slash(bo, "settings", zone="Auckland")
    assert (await begun(theatre, ana, bo)).form[ZONE].value == ""
    await proposed(theatre, ana, bo)
    assert (await begun(theatre, ana, await theatre.member("cy"))).form[ZONE].value == "Europe/Berlin"
    form = await (await theatre.slash(bo, "pair show")).press("Go on")
    assert form.form[ZONE].value == "Pacific/Auckland"


async def test_not_now_and_discard_leave_nothing(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    before = await theatre.slash(ana, "pair start", partner=bo, **AGREED)
    assert start_words.DISCARDED_TITLE in await before.press("Not now")
    card = await theatre.slash(ana, "pair start", partner=bo)
    texts = [one.text for one in await card.press_twice("Discard")]
    assert any(start_words.DISCARDED in text for text in texts)
    assert strings.NONE_TITLE in await theatre.slash(ana, "pair show")


async def test_taken_back_it_is_gone_for_the_other(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    shown = await proposed(theatre, ana, bo)
    theirs = await theatre.slash(bo, "pair show")
    for card in await shown.press_twice("Take it back"):
        assert start_words.TAKEN_BACK_TITLE in card
    assert strings.CLOSED_TITLE in await theirs.press("Go on")
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")


async def test_taken_back_too_late_it_runs_on(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    shown = await proposed(theatre, ana, bo)
    take_back = shown.custom_id("Take it back")
    await accepted(theatre, bo)
    late = await shown.press("Take it back")
    assert start_words.TAKEN_BACK not in late
    assert "You and Bo are a pair" in late
    assert "End" in (await late.press("Show the pair")).buttons
    await (await (await theatre.slash(bo, "pair end")).press("End it now")).press("Support")
    assert strings.CLOSED_TITLE in await theatre.forge(ana, take_back)


async def test_two_presses_of_no_thanks(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    texts = [card.text for card in await (await theatre.slash(bo, "pair show")).press_twice("No thanks")]
    assert any("is told nothing" in text for text in texts)


async def test_a_form_sent_twice_tells_once(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    form = await begun(theatre, ana, bo)
    fields = {"aim": "a", "signs": "b", "words": "c", "zone": "Berlin"}
    assert SENTENCE in await form.submit(sheet("Ana"))
    await theatre.forge_form(ana, form.form.custom_id, fields)
    form = await (await theatre.slash(bo, "pair show")).press("Go on")
    await form.submit(sheet("Bo"))
    await theatre.forge_form(bo, form.form.custom_id, fields)
    assert len(told(theatre, ana)) == 1
    assert "Bo's aim" in await theatre.slash(ana, "pair show")


@pytest.mark.uncounted
async def test_a_restart_between_any_two_steps(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    card = await theatre.slash(ana, "pair start", partner=bo)
    await theatre.restart()
    card = await card.choose("Every two weeks", which="How often")
    await theatre.restart()
    before = await card.press("Next")
    await theatre.restart()
    form = await before.press("Go on")
    await theatre.restart()
    refused = await form.submit(sheet("Ana", "Atlantis"))
    await theatre.restart()
    form = await refused.press("Edit")
    await theatre.restart()
    await form.submit({ZONE: "Berlin"})
    await theatre.restart()
    before = await theatre.slash(bo, "pair show")
    await theatre.restart()
    form = await before.press("Go on")
    await theatre.restart()
    assert "every two weeks" in before
    assert "You and Ana are a pair" in await form.submit(sheet("Bo"))
    await theatre.restart()
    assert "You and Bo are a pair" in await opened(theatre, ana)


async def test_somebody_who_left_is_no_partner(theatre: Theatre) -> None:
    ana, bo = await friends(theatre)
    await proposed(theatre, ana, bo)
    before = await theatre.slash(bo, "pair show")
    await theatre.leave(ana)
    form = await before.press("Go on")
    late = await form.submit(sheet("Bo"))
    assert strings.CLOSED_TITLE in late
    assert "Bo's signs" in late
    assert strings.NONE_TITLE in await theatre.slash(bo, "pair show")


async def test_a_draft_with_words_in_it_waits_in_the_inbox(theatre: Theatre) -> None:
    """The card that said `Edit` is gone after a while: what was typed is found again."""
    ana, bo = [await theatre.member(name) for name in ("ana", "bo")]
    draft = await theatre.slash(ana, "pair start", partner=bo)
    assert "A pair that you began" not in await theatre.slash(ana, "inbox")
    form = await (await draft.press("Next")).press("Go on")
    await form.submit({"aim": "Fewer messages", "signs": "I pace", "words": "Walk?", "zone": "Nowhere"})
    await theatre.restart()
    waiting = await theatre.slash(ana, "inbox")
    assert "A pair that you began" in waiting
    again = await (await (await waiting.press("Open")).press("Next")).press("Go on")
    assert again.form["aim"].value == "Fewer messages"
    assert again.form["zone"].value == "Nowhere"
