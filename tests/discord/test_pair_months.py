"""`/pair history`, one's own notes, and the file for one's own calendar."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from simcord import MemberActor

from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from cogs.pair import strings
from cogs.pair.check import strings as check_words
from cogs.pair.months import strings as months_words
from tests.discord.pairing import accepted, asked, opened, pair_id, paired, proposed, told

PNG = b"\x89PNG\r\n\x1a\n"


def file_of(theatre: Theatre, shown: Screen) -> tuple[dict[str, Any], bytes]:
    """The only file on the card: as Discord keeps it, and its content."""
    [kept] = shown.message.attachments
    return kept, theatre.env.backend.cdn.get(kept["url"]) or b""


async def answered(theatre: Theatre, member: MemberActor, *answers: str) -> None:
    """Their check-ins, one a week, the first of which is due now."""
    for answer in answers:
        await (await opened(theatre, member)).press(answer)
        await theatre.skip(days=7)


async def test_ones_own_months_as_a_picture_and_in_words(theatre: Theatre) -> None:
    question, bo = await asked(theatre)
    ana = question.member
    await answered(theatre, ana, "On track", "Hard week", "Slipped", "Skip")
    for dm in (False, True):
        history = await theatre.slash(ana, "pair history", dm=dm)
        assert history.ephemeral
        assert "Your months with Bo" in history
        assert "**January 2026** · 11: on track, 18: hard week, 25: slipped" in history
        assert "**February 2026** · 1: skip" in history
        assert "Only you see this." in history
        kept, picture = file_of(theatre, history)
        assert kept["filename"] == "months.png"
        assert picture.startswith(PNG)
        assert "11: on track, 18: hard week, 25: slipped" in kept["description"]
        assert "%" not in history.text
        assert "Earlier" not in history.buttons
    theirs = await theatre.slash(bo, "pair history")
    assert "hard week" not in theirs.text
    assert "11: no answer, 18: no answer" in theirs


async def test_before_the_first_check_in_there_is_nothing_yet(theatre: Theatre) -> None:
    ana, _ = await paired(theatre)
    assert months_words.NO_HISTORY in await theatre.slash(ana, "pair history")
    shown = await (await theatre.slash(ana, "pair show")).press("History")
    assert months_words.NO_HISTORY in shown


@pytest.mark.uncounted
async def test_more_than_three_months_are_turned(theatre: Theatre) -> None:
    ana, _ = await paired(theatre, cadence="monthly", day="last", weeks=52)
    await theatre.skip(days=207)
    newest = await theatre.slash(ana, "pair history")
    assert {"Earlier", "My notes"} <= set(newest.buttons)
    assert "Later" not in newest.buttons
    assert "**July 2026**" in newest
    assert "**April 2026**" not in newest
    earlier = await newest.press("Earlier")
    assert "**April 2026** · 30: no answer" in earlier
    assert "**February 2026** · 28: no answer" in earlier
    _, picture = file_of(theatre, earlier)
    await theatre.restart()
    first = await earlier.press("Earlier")
    assert "**January 2026** · 31: no answer" in first
    assert "Earlier" not in first.buttons
    assert "Later" in first.buttons
    back = await first.press("Later")
    assert "**April 2026**" in back
    assert file_of(theatre, back)[1] == picture
    assert "**July 2026**" in await back.press("Later")


async def test_it_stays_seven_days_after_the_end(theatre: Theatre) -> None:
    question, bo = await asked(theatre)
    card = await question.press("Hard week")
    await (await card.press("Add a note")).submit({"A note": "I rang my sister"})
    await (await theatre.slash(bo, "pair end")).press("End it now")
    await theatre.skip(days=6)
    history = await theatre.slash(question.member, "pair history")
    assert "11: hard week" in history
    assert "I rang my sister" in await history.press("My notes")
    await theatre.skip(days=1, hours=1)
    assert months_words.NO_HISTORY in await theatre.slash(question.member, "pair history")
    assert months_words.NO_HISTORY in await theatre.slash(bo, "pair history")


async def test_ones_own_notes_and_what_the_other_can_read_of_them(theatre: Theatre) -> None:
    question, bo = await asked(theatre)
    ana = question.member
    card = await (await (await question.press("Hard week")).press("Add a note")).submit(
        {"A note": "The *first*"}
    )
    await card.press("Share with Bo")
    await theatre.skip(days=8)
    card = await (await opened(theatre, ana)).press("On track")
    await (await card.press("Add a note")).submit({"A note": "The second"})
    notes = await (await theatre.slash(ana, "pair history")).press("My notes")
    assert "The second" in notes
    assert check_words.KEPT_NOW in notes
    assert "Keep it mine" not in notes.buttons
    older = await notes.press("Older")
    assert "The \\*first\\*" in older
    assert check_words.SHARED_THEN.format(name="Bo") in older
    assert "The \\*first\\*" in await (await theatre.slash(bo, "pair show")).press("What they shared")
    await theatre.restart()
    await older.press("Keep it mine")
    assert "What they shared" not in (await theatre.slash(bo, "pair show")).buttons
    assert "The second" in await (await older.press("Older")).press("Newer")
    none = await (await theatre.slash(bo, "pair history")).press("My notes")
    assert check_words.NO_NOTES in none
    eve = await theatre.member("eve")
    nothing = await theatre.forge(eve, "v1:pairs.notes:made-up.0")
    for custom_id in (f"v1:pairs.notes:{await pair_id(theatre, ana)}.0",):
        assert (await theatre.forge(eve, custom_id)).text == nothing.text


async def test_two_presses_of_history_at_once(theatre: Theatre) -> None:
    question, _ = await asked(theatre)
    await question.press("On track")
    shown = await theatre.slash(question.member, "pair show")
    for history in await shown.press_twice("History"):
        assert "11: on track" in history


async def test_of_several_one_is_chosen(theatre: Theatre) -> None:
    question, _ = await asked(theatre)
    cy = await theatre.member("cy")
    await proposed(theatre, question.member, cy)
    await accepted(theatre, cy)
    assert "Your months with Bo" in await theatre.slash(question.member, "pair history")
    await theatre.skip(days=7)
    which = await theatre.slash(question.member, "pair history")
    assert set(which.options) == {"With Bo", "With Cy"}
    assert "Your months with Cy" in await which.choose("With Cy")


# -- the calendar file --------------------------------------------------------------------------------


async def written(theatre: Theatre, member: MemberActor) -> tuple[Any, bytes]:
    shown = await (await theatre.slash(member, "pair show")).press("Calendar file")
    assert 'The title says only "Reminder"' in shown
    kept, content = file_of(theatre, shown)
    assert kept["filename"] == "reminder.ics"
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event, content


@pytest.mark.parametrize(
    ("cadence", "day", "count"),
    [("weekly", "Sunday", 12), ("twice", "Sunday", 24), ("fortnight", "Friday", 6), ("monthly", "last", 2)],
)
async def test_a_file_for_ones_own_calendar(theatre: Theatre, cadence: str, day: str, count: int) -> None:
    ana, bo = await paired(theatre, zones=("Berlin", "Auckland"), cadence=cadence, day=day)
    for member, zone in ((bo, "Pacific/Auckland"), (ana, "Europe/Berlin")):
        event, content = await written(theatre, member)
        assert event["SUMMARY"] == "Reminder"
        assert event["RRULE"]["COUNT"] == [count]
        starts: datetime = event["DTSTART"].dt
        assert str(starts.tzinfo) == zone
        assert (starts.hour, starts.minute) == (18, 0)
        assert f"TZID={zone}:".encode() in content
        assert f"<t:{int(starts.timestamp())}:f>" in await theatre.slash(member, "pair show")
        for name in (b"plumbline", b"ana", b"bo", b"pair", b"check-in", b"discord"):
            assert name not in content.lower(), name
        await theatre.skip(seconds=(starts.astimezone(ZoneInfo("UTC")) - theatre.now).total_seconds() + 60)
        assert "Open" in theatre.dms(member)[-1].buttons


async def test_a_file_in_the_middle_counts_what_is_left(theatre: Theatre) -> None:
    question, _ = await asked(theatre)
    event, _ = await written(theatre, question.member)
    assert event["RRULE"]["COUNT"] == [11]
    assert event["DTSTART"].dt == datetime(2026, 1, 18, 18, tzinfo=ZoneInfo("Europe/Berlin"))


async def test_where_nothing_is_scheduled_there_is_no_file(theatre: Theatre) -> None:
    ana, bo = await paired(theatre)
    shown = await theatre.slash(ana, "pair show")
    await (await theatre.slash(bo, "pair pause")).press("In a week")
    assert strings.NO_FILE_TITLE in await shown.press("Calendar file")
    assert told(theatre, bo) == []
