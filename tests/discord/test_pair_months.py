"""`/pair history`, one's own notes, and the file for one's own calendar."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ui import picture_queue
from bot.ui.strings import NO_PICTURE
from cogs.pair import strings
from cogs.pair.check import strings as check_words
from cogs.pair.months import strings as months_words
from tests.discord.pairing import accepted, asked, opened, pair_id, paired, proposed, told

PNG = b"\x89PNG\r\n\x1a\n"


def file_of(demo: DemoClient, shown: Screen) -> tuple[dict[str, Any], bytes]:
    """Return the only file on the card, as Discord stores it, and its content."""
    [kept] = shown.message.attachments
    return kept, demo.env.backend.cdn.get(kept["url"]) or b""


async def answered(demo: DemoClient, member: MemberActor, *answers: str) -> None:
    """Give these answers to their check-ins, one a week. The first check-in is already due."""
    for answer in answers:
        card = await (await opened(demo, member)).press(answer)
        if "Was somebody hurt or scared?" in card:
            await card.press("No")
        await demo.skip(days=7)


async def test_the_history_shows_ones_own_months_as_a_picture_and_in_words(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    ana = question.member
    await answered(demo, ana, "On track", "It's been hard", "I slipped up", "Skip")
    for dm in (False, True):
        history = await demo.slash(ana, "pair history", dm=dm)
        assert history.ephemeral
        assert "Your answers with \u2068Bo\u2069, month by month" in history
        assert "**January 2026** · 11: on track, 18: hard, 25: slipped up" in history
        assert "**February 2026** · 1: skipped" in history
        assert "I show this only to you." in history
        kept, picture = file_of(demo, history)
        assert kept["filename"] == "months.png"
        assert picture.startswith(PNG)
        assert "11: on track, 18: hard, 25: slipped up" in kept["description"]
        assert "%" not in history.text
        assert "Earlier" not in history.buttons
    theirs = await demo.slash(bo, "pair history")
    assert "hard" not in theirs.text
    assert "11: no answer, 18: no answer" in theirs


async def test_before_the_first_check_in_the_history_says_that_there_is_nothing_yet(demo: DemoClient) -> None:
    ana, _ = await paired(demo)
    assert months_words.NO_HISTORY in await demo.slash(ana, "pair history")
    shown = await (await demo.slash(ana, "pair show")).press("History")
    assert months_words.NO_HISTORY in shown


@pytest.mark.uncounted
async def test_a_history_of_more_than_three_months_has_pages(demo: DemoClient) -> None:
    ana, _ = await paired(demo, cadence="monthly", day="last", weeks=52)
    await demo.skip(days=207)
    newest = await demo.slash(ana, "pair history")
    assert {"Earlier", "My notes"} <= set(newest.buttons)
    assert "Later" not in newest.buttons
    assert "**July 2026**" in newest
    assert "**April 2026**" not in newest
    earlier = await newest.press("Earlier")
    assert "**April 2026** · 30: no answer" in earlier
    assert "**February 2026** · 28: no answer" in earlier
    _, picture = file_of(demo, earlier)
    await demo.restart()
    first = await earlier.press("Earlier")
    assert "**January 2026** · 31: no answer" in first
    assert "Earlier" not in first.buttons
    assert "Later" in first.buttons
    back = await first.press("Later")
    assert "**April 2026**" in back
    assert file_of(demo, back)[1] == picture
    assert "**July 2026**" in await back.press("Later")


async def test_the_history_can_be_read_for_seven_days_after_the_pair_ended(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await question.press("It's been hard")
    await (await card.press("Add a note")).submit({"A note": "I rang my sister"})
    await (await demo.slash(bo, "pair end")).press("End it now")
    await demo.skip(days=6)
    history = await demo.slash(question.member, "pair history")
    assert "11: hard" in history
    assert "I rang my sister" in await history.press("My notes")
    await demo.skip(days=1, hours=1)
    assert months_words.NO_HISTORY in await demo.slash(question.member, "pair history")
    assert months_words.NO_HISTORY in await demo.slash(bo, "pair history")


async def test_my_notes_shows_ones_own_notes_and_which_of_them_the_partner_can_read(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    ana = question.member
    card = await (await (await question.press("It's been hard")).press("Add a note")).submit(
        {"A note": "The *first*"}
    )
    await card.press("Share with Bo")
    await demo.skip(days=8)
    card = await (await opened(demo, ana)).press("On track")
    await (await card.press("Add a note")).submit({"A note": "The second"})
    notes = await (await demo.slash(ana, "pair history")).press("My notes")
    assert "The second" in notes
    assert check_words.KEPT_NOW in notes
    assert "Take it back" not in notes.buttons
    older = await notes.press("Older")
    assert "The \\*first\\*" in older
    assert check_words.SHARED_THEN.format(name="Bo") in older
    assert "The \\*first\\*" in await (await demo.slash(bo, "pair show")).press("What they shared")
    await demo.restart()
    await older.press("Take it back")
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons
    assert "The second" in await (await older.press("Older")).press("Newer")
    none = await (await demo.slash(bo, "pair history")).press("My notes")
    assert check_words.NO_NOTES in none
    eve = await demo.member("eve")
    nothing = await demo.forge(eve, "v1:pairs.notes:made-up.0")
    for custom_id in (f"v1:pairs.notes:{await pair_id(demo, ana)}.0",):
        assert (await demo.forge(eve, custom_id)).text == nothing.text


async def test_when_too_many_pictures_are_wanted_the_history_has_none_and_says_so(
    demo: DemoClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, _ = await asked(demo)
    await question.press("On track")
    monkeypatch.setattr(picture_queue, "MOST_WAITING", 0)
    history = await demo.slash(question.member, "pair history")
    assert "11: on track" in history
    assert NO_PICTURE in history
    assert history.message.attachments == []
    monkeypatch.undo()
    again = await demo.slash(question.member, "pair history")
    assert NO_PICTURE not in again.text
    assert file_of(demo, again)[1].startswith(PNG)


async def test_two_presses_of_history_at_once_are_both_answered(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    await question.press("On track")
    shown = await demo.slash(question.member, "pair show")
    for history in await shown.press_twice("History"):
        assert "11: on track" in history


async def test_the_history_lets_somebody_with_several_pairs_choose_one(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    cy = await demo.member("cy")
    await proposed(demo, question.member, cy)
    await accepted(demo, cy)
    assert "Your answers with \u2068Bo\u2069, month by month" in await demo.slash(
        question.member, "pair history"
    )
    await demo.skip(days=7)
    which = await demo.slash(question.member, "pair history")
    assert set(which.options) == {"With Bo", "With Cy"}
    assert "Your answers with \u2068Cy\u2069, month by month" in await which.choose("With Cy")


# -- the calendar file --------------------------------------------------------------------------------


async def written(demo: DemoClient, member: MemberActor) -> tuple[Any, bytes]:
    shown = await (await demo.slash(member, "pair show")).press("Calendar file")
    assert 'is only called "Reminder"' in shown
    kept, content = file_of(demo, shown)
    assert kept["filename"] == "reminder.ics"
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event, content


@pytest.mark.parametrize(
    ("cadence", "day", "count"),
    [("weekly", "Sunday", 12), ("twice", "Sunday", 24), ("fortnight", "Friday", 6), ("monthly", "last", 2)],
)
async def test_the_calendar_file_has_all_check_ins_in_ones_own_time_zone_and_no_names(
    demo: DemoClient, cadence: str, day: str, count: int
) -> None:
    ana, bo = await paired(demo, zones=("Berlin", "Auckland"), cadence=cadence, day=day)
    for member, zone in ((bo, "Pacific/Auckland"), (ana, "Europe/Berlin")):
        event, content = await written(demo, member)
        assert event["SUMMARY"] == "Reminder"
        assert event["RRULE"]["COUNT"] == [count]
        starts: datetime = event["DTSTART"].dt
        assert str(starts.tzinfo) == zone
        assert (starts.hour, starts.minute) == (18, 0)
        assert f"TZID={zone}:".encode() in content
        assert f"<t:{int(starts.timestamp())}:f>" in await demo.slash(member, "pair show")
        for name in (b"plumbline", b"ana", b"bo", b"pair", b"check-in", b"discord"):
            assert name not in content.lower(), name
        await demo.skip(seconds=(starts.astimezone(ZoneInfo("UTC")) - demo.now).total_seconds() + 60)
        assert "Open" in demo.dms(member)[-1].buttons


async def test_a_calendar_file_made_later_has_only_the_check_ins_that_are_left(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    event, _ = await written(demo, question.member)
    assert event["RRULE"]["COUNT"] == [11]
    assert event["DTSTART"].dt == datetime(2026, 1, 18, 18, tzinfo=ZoneInfo("Europe/Berlin"))


async def test_a_paused_pair_has_no_calendar_file(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    shown = await demo.slash(ana, "pair show")
    await (await demo.slash(bo, "pair pause")).press("In a week")
    assert strings.NO_FILE_TITLE in await shown.press("Calendar file")
    assert told(demo, bo) == []
