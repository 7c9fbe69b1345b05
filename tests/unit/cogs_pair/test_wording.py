"""A schedule in words, and what people type as a schedule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pairs.errors import NoSuchSchedule
from bot.pairs.schedule import LAST, Cadence, PairSchedule
from bot.ui import strings as ui_words
from cogs.pair import wording
from cogs.shared.calendar.wording import clock

CADENCES = st.sampled_from(list(Cadence))


@pytest.mark.parametrize(
    ("agreed", "text"),
    [
        (PairSchedule(), "every week on Sunday at 18:00, for 12 weeks"),
        (
            PairSchedule(Cadence.TWICE, 1, 7 * 60 + 5, 4),
            "twice a week on Tuesday and Friday at 07:05, for 4 weeks",
        ),
        (
            PairSchedule(Cadence.TWICE, 5, 0, 52),
            "twice a week on Saturday and Tuesday at 00:00, for 52 weeks",
        ),
        (PairSchedule(Cadence.FORTNIGHT, 0, 1439, 26), "every two weeks on Monday at 23:59, for 26 weeks"),
        (PairSchedule(Cadence.MONTHLY, 28), "every month on day 28 at 18:00, for 12 weeks"),
        (PairSchedule(Cadence.MONTHLY, LAST), "every month on the last day at 18:00, for 12 weeks"),
    ],
)
def test_a_schedule_is_told_in_words(agreed: PairSchedule, text: str) -> None:
    assert wording.schedule(agreed) == text
    assert wording.sentence(agreed) == text[0].upper() + text[1:]


@pytest.mark.parametrize(
    ("typed", "day"),
    [("Sunday", 6), (" sunday ", 6), ("SUN", 6), ("mo", 0), ("tu", 1), ("thursday", 3), ("sa", 5)],
)
def test_a_weekday_is_recognised_by_its_first_letters(typed: str, day: int) -> None:
    assert wording.meant_day(Cadence.WEEKLY, typed) == day
    assert wording.meant_day(Cadence.FORTNIGHT, typed) == day


@pytest.mark.parametrize(
    ("typed", "day"), [("Sunday and Wednesday", 6), ("sunday", 6), ("wed", 2), ("Friday and Monday", 4)]
)
def test_two_weekdays_are_recognised_by_the_first_of_them(typed: str, day: int) -> None:
    assert wording.meant_day(Cadence.TWICE, typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [("1", 1), (" 28 ", 28), ("day 1", 1), ("Day 17", 17), ("last", LAST), ("LAST DAY", LAST), ("l", LAST)],
)
def test_a_day_of_the_month_is_recognised(typed: str, day: int) -> None:
    assert wording.meant_day(Cadence.MONTHLY, typed) == day


@pytest.mark.parametrize(
    ("cadence", "typed"),
    [
        (Cadence.WEEKLY, ""),
        (Cadence.WEEKLY, "  "),
        (Cadence.WEEKLY, "s"),
        (Cadence.WEEKLY, "t"),
        (Cadence.WEEKLY, "6"),
        (Cadence.WEEKLY, "day 6"),
        (Cadence.WEEKLY, "last"),
        (Cadence.WEEKLY, "sundays"),
        (Cadence.TWICE, "sunday and monday"),
        (Cadence.MONTHLY, ""),
        (Cadence.MONTHLY, "0"),
        (Cadence.MONTHLY, "29"),
        (Cadence.MONTHLY, "30"),
        (Cadence.MONTHLY, "day"),
        (Cadence.MONTHLY, "day 2x"),
        (Cadence.MONTHLY, "Sunday"),
        (Cadence.MONTHLY, "-1"),
    ],
)
def test_a_day_that_is_unclear_or_does_not_exist_is_refused(cadence: Cadence, typed: str) -> None:
    with pytest.raises(NoSuchSchedule):
        wording.meant_day(cadence, typed)


@given(CADENCES)
def test_every_offered_day_is_recognised_by_its_own_words(cadence: Cadence) -> None:
    named = [wording.day(cadence, one) for one in wording.days(cadence)]
    assert [wording.meant_day(cadence, text) for text in named] == wording.days(cadence)
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("18:00", 18 * 60),
        ("18", 18 * 60),
        ("7", 7 * 60),
        ("07:05", 7 * 60 + 5),
        ("18.30", 18 * 60 + 30),
        (" 18:00 ", 18 * 60),
        ("6pm", 18 * 60),
        ("6 PM", 18 * 60),
        ("6:30pm", 18 * 60 + 30),
        ("12am", 0),
        ("12:15 am", 15),
        ("12pm", 12 * 60),
        ("00:00", 0),
        ("0", 0),
        ("23:59", 23 * 60 + 59),
    ],
)
def test_an_hour_is_recognised_as_people_type_it(typed: str, minute: int) -> None:
    assert wording.meant_clock(typed) == minute


@pytest.mark.parametrize(
    "typed",
    ["", " ", "24:00", "18:60", "18:5", "1830", "0pm", "13pm", "noon", "-1", "6 o'clock", "18:00:00", "6xm"],
)
def test_an_hour_that_is_unclear_or_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchSchedule):
        wording.meant_clock(typed)


@given(st.integers(0, 24 * 60 - 1))
def test_every_minute_of_the_day_is_recognised_by_its_own_words(minute: int) -> None:
    assert wording.meant_clock(clock(minute)) == minute


@given(st.text(max_size=40), CADENCES)
def test_whatever_somebody_types_is_a_schedule_or_is_refused(typed: str, cadence: Cadence) -> None:
    for meant in (
        lambda: PairSchedule(cadence, wording.meant_day(cadence, typed)),
        lambda: wording.meant_clock(typed),
    ):
        try:
            meant()
        except NoSuchSchedule:
            continue


def test_a_date_is_written_in_the_same_words_for_every_reader() -> None:
    assert wording.on(date(2026, 3, 1)) == "1 March 2026"


def test_somebody_without_a_name_is_called_someone() -> None:
    assert wording.name("") == ui_words.SOMEONE
    assert wording.name("\u2066\u200e") == ui_words.SOMEONE
    assert wording.name("Bo *") == "\u2068Bo \\*\u2069"
