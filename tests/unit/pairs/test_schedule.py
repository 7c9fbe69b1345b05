"""PairSchedule: the rule, the rounds and the days of each cadence."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.pairs.errors import NoSuchSchedule
from bot.pairs.schedule import FEWEST_WEEKS, LAST, MOST_WEEKS, Cadence, PairSchedule

MONTH_DAYS = (*range(1, 29), LAST)
minutes, weeks = st.integers(0, 24 * 60 - 1), st.integers(FEWEST_WEEKS, MOST_WEEKS)
by_week = st.builds(
    PairSchedule, st.sampled_from(sorted({*Cadence} - {Cadence.MONTHLY})), st.integers(0, 6), minutes, weeks
)
by_month = st.builds(PairSchedule, st.just(Cadence.MONTHLY), st.sampled_from(MONTH_DAYS), minutes, weeks)
schedules = st.one_of(by_week, by_month)
days = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def ruled(agreed: PairSchedule, first: date, last: date) -> list[date]:
    """Return the days that dateutil computes for the rule of a schedule."""
    rule = rrulestr(agreed.rule, dtstart=datetime.combine(first, time()))
    found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [one.date() for one in found]


@pytest.mark.parametrize(
    ("agreed", "rule", "rounds"),
    [
        (PairSchedule(Cadence.WEEKLY, 6), "FREQ=WEEKLY;BYDAY=SU", 12),
        (PairSchedule(Cadence.TWICE, 0), "FREQ=WEEKLY;BYDAY=MO,TH", 24),
        (PairSchedule(Cadence.TWICE, 5), "FREQ=WEEKLY;BYDAY=SA,TU", 24),
        (PairSchedule(Cadence.FORTNIGHT, 2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 6),
        (PairSchedule(Cadence.FORTNIGHT, 2, weeks=5), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 3),
        (PairSchedule(Cadence.MONTHLY, 1), "FREQ=MONTHLY;BYMONTHDAY=1", 2),
        (PairSchedule(Cadence.MONTHLY, 28, weeks=52), "FREQ=MONTHLY;BYMONTHDAY=28", 12),
        (PairSchedule(Cadence.MONTHLY, LAST, weeks=4), "FREQ=MONTHLY;BYMONTHDAY=-1", 1),
    ],
)
def test_each_cadence_has_its_rule_and_its_number_of_rounds(
    agreed: PairSchedule, rule: str, rounds: int
) -> None:
    assert (agreed.rule, agreed.rounds) == (rule, rounds)


def test_the_default_schedule_is_every_sunday_at_18_00_for_twelve_weeks() -> None:
    assert PairSchedule() == PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
    assert PairSchedule().clock == time(18)
    assert PairSchedule(minute=23 * 60 + 59).clock == time(23, 59)


@pytest.mark.parametrize(
    ("cadence", "day", "minute", "length"),
    [
        (Cadence.WEEKLY, 7, 0, 12),
        (Cadence.WEEKLY, -1, 0, 12),
        (Cadence.TWICE, 7, 0, 12),
        (Cadence.FORTNIGHT, LAST, 0, 12),
        (Cadence.MONTHLY, 0, 0, 12),
        (Cadence.MONTHLY, 29, 0, 12),
        (Cadence.MONTHLY, 30, 0, 12),
        (Cadence.MONTHLY, 32, 0, 12),
        (Cadence.WEEKLY, 0, -1, 12),
        (Cadence.WEEKLY, 0, 24 * 60, 12),
        (Cadence.WEEKLY, 0, 0, 3),
        (Cadence.WEEKLY, 0, 0, 53),
    ],
)
def test_a_schedule_with_a_value_that_is_not_offered_is_refused(
    cadence: Cadence, day: int, minute: int, length: int
) -> None:
    with pytest.raises(NoSuchSchedule):
        PairSchedule(cadence, day, minute, length)


def test_changing_the_cadence_keeps_a_day_that_the_new_cadence_also_has() -> None:
    wednesdays = PairSchedule(Cadence.WEEKLY, 2, 8 * 60, 20)
    assert wednesdays.every(Cadence.FORTNIGHT) == PairSchedule(Cadence.FORTNIGHT, 2, 8 * 60, 20)
    assert wednesdays.every(Cadence.MONTHLY) == PairSchedule(Cadence.MONTHLY, 1, 8 * 60, 20)
    assert PairSchedule(Cadence.MONTHLY, 28, 8 * 60, 20).every(Cadence.WEEKLY) == PairSchedule(
        Cadence.WEEKLY, 6, 8 * 60, 20
    )
    assert PairSchedule(Cadence.MONTHLY, LAST).every(Cadence.MONTHLY) == PairSchedule(Cadence.MONTHLY, LAST)


@given(agreed=schedules, cadence=st.sampled_from(Cadence))
def test_any_schedule_can_be_switched_to_any_cadence(agreed: PairSchedule, cadence: Cadence) -> None:
    switched = agreed.every(cadence)
    assert switched.cadence is cadence
    assert (switched.minute, switched.weeks) == (agreed.minute, agreed.weeks)
    assert agreed.every(agreed.cadence) == agreed


@given(agreed=schedules, earliest=days)
def test_the_first_day_is_the_first_of_the_rule_from_the_earliest_day_on(
    agreed: PairSchedule, earliest: date
) -> None:
    first = agreed.first_on(earliest)
    # A fortnight counts from its own first day, so that day is simply the next such weekday.
    counted = agreed.every(Cadence.WEEKLY) if agreed.cadence is Cadence.FORTNIGHT else agreed
    assert first == ruled(counted, earliest, earliest + timedelta(days=40))[0]


@given(agreed=schedules, earliest=days, length=st.integers(0, 400))
def test_the_days_of_a_schedule_are_the_days_of_its_rule(
    agreed: PairSchedule, earliest: date, length: int
) -> None:
    first = agreed.first_on(earliest)
    last = first + timedelta(days=length)
    assert agreed.days(first, last) == ruled(agreed, first, last)


@given(agreed=schedules, earliest=days)
def test_the_last_day_is_that_of_the_last_round(agreed: PairSchedule, earliest: date) -> None:
    first = agreed.first_on(earliest)
    last = agreed.last_on(first, agreed.rounds)
    every = agreed.days(first, last)
    assert (every[0], every[-1], len(every)) == (first, last, agreed.rounds)


@given(agreed=by_week, earliest=days)
def test_a_rule_counted_from_the_shared_day_gives_the_same_days(agreed: PairSchedule, earliest: date) -> None:
    first = agreed.first_on(earliest)
    last = agreed.last_on(first, agreed.rounds)
    every = ruled(agreed, agreed.counted_from(first), last)
    assert [day for day in every if day >= first] == agreed.days(first, last)
    assert agreed.counted_from(first) <= first


def test_a_fortnight_counts_from_its_own_first_day() -> None:
    agreed = PairSchedule(Cadence.FORTNIGHT, 0)
    assert agreed.days(date(2026, 1, 5), date(2026, 2, 10)) == [
        date(2026, 1, 5), date(2026, 1, 19), date(2026, 2, 2),
    ]  # fmt: skip
    assert agreed.days(date(2026, 1, 12), date(2026, 2, 10)) == [
        date(2026, 1, 12), date(2026, 1, 26), date(2026, 2, 9),
    ]  # fmt: skip


def test_last_means_the_last_day_of_each_month_whatever_its_length() -> None:
    last = PairSchedule(Cadence.MONTHLY, LAST, weeks=52).days(date(2028, 1, 31), date(2028, 4, 30))
    assert last == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]
