"""When a reminder comes: at its local time, outside its quiet hours, and before an event begins."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

import pytest

from bot.ids import PersonId, ServerId
from bot.reminders import schedule
from bot.reminders.models import Reminder, ReminderKind, ReminderState
from bot.scheduling.cadence import LAST, Cadence
from tests.unit.reminders.fixtures import BERLIN, utc

NOW = utc(2026, 1, 7, 12)
ONE = replace(
    Reminder.fresh(ServerId(1), ReminderKind.NORM, 2, BERLIN, PersonId("mo"), NOW),
    state=ReminderState.ON,
    next_at=NOW,
)
EVENT = replace(ONE, kind=ReminderKind.EVENT, next_at=None, before=60)


def after(reminder: Reminder, at: datetime, count: int) -> list[datetime]:
    """So many of its times after that moment."""
    first = schedule.next_after(reminder, at)
    return list(islice(schedule.times(replace(reminder, next_at=first)), count))


def test_it_comes_at_the_same_clock_time_on_both_sides_of_a_change() -> None:
    assert after(ONE, utc(2026, 3, 26), 3) == [
        utc(2026, 3, 27, 17),
        utc(2026, 4, 3, 16),
        utc(2026, 4, 10, 16),
    ]
    assert after(ONE, utc(2026, 10, 20), 2) == [utc(2026, 10, 23, 16), utc(2026, 10, 30, 17)]


def test_a_time_that_has_come_is_not_the_next() -> None:
    assert schedule.next_after(ONE, utc(2026, 1, 9, 16, 59)) == utc(2026, 1, 9, 17)
    assert schedule.next_after(ONE, utc(2026, 1, 9, 17)) == utc(2026, 1, 16, 17)


@pytest.mark.parametrize(
    ("starts_on", "first"),
    [(date(2026, 1, 9), utc(2026, 1, 9, 17)), (date(2026, 1, 16), utc(2026, 1, 16, 17))],
)
def test_every_second_week_is_counted_from_its_first_day(starts_on: date, first: datetime) -> None:
    one = replace(ONE, cadence=Cadence.FORTNIGHT, starts_on=starts_on)
    assert after(one, NOW, 3) == [first + timedelta(weeks=weeks) for weeks in (0, 2, 4)]


def test_by_the_month_on_its_last_day() -> None:
    one = replace(ONE, cadence=Cadence.MONTHLY, day=LAST)
    assert [at.date() for at in after(one, NOW, 3)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
    ]


def test_the_first_day_is_today_only_while_its_time_is_to_come() -> None:
    friday = replace(ONE, day=2)
    assert schedule.counted_from(friday, NOW) == date(2026, 1, 7)
    assert schedule.counted_from(replace(friday, minute=13 * 60), NOW) == date(2026, 1, 14)


def test_what_falls_into_quiet_hours_comes_when_they_end() -> None:
    late = replace(ONE, minute=23 * 60)
    assert schedule.next_after(late, NOW) == utc(2026, 1, 10, 7)
    # It is still due on Friday, and is not lost if it is computed on Saturday morning.
    assert schedule.next_after(late, utc(2026, 1, 9, 23)) == utc(2026, 1, 10, 7)
    assert schedule.next_after(late, utc(2026, 1, 10, 7)) == utc(2026, 1, 17, 7)
    assert schedule.next_after(replace(late, quiet_from=None), NOW) == utc(2026, 1, 9, 22)
    assert schedule.next_after(replace(late, quiet_from=480, quiet_to=480), NOW) == utc(2026, 1, 9, 22)


def test_nothing_comes_before_its_pause_ends() -> None:
    assert schedule.next_after(replace(ONE, paused_until=utc(2026, 2, 6, 12)), NOW) == utc(2026, 2, 6, 17)


def test_one_that_is_not_on_has_no_times() -> None:
    assert not list(schedule.times(replace(ONE, next_at=None)))


@pytest.mark.parametrize(
    ("starts", "comes"),
    [
        (utc(2026, 1, 9, 18), utc(2026, 1, 9, 17)),
        # Created half an hour before it begins: at once.
        (utc(2026, 1, 7, 12, 30), NOW),
        # An hour before would be 07:30 in Berlin.
        (utc(2026, 1, 9, 7, 30), utc(2026, 1, 9, 7)),
        # It begins in quiet hours, or as they end.
        (utc(2026, 1, 9, 6), None),
        (utc(2026, 1, 9, 7), None),
        # It has begun.
        (NOW, None),
        (utc(2026, 1, 7, 11), None),
    ],
)
def test_before_an_event_and_never_after_it(starts: datetime, comes: datetime | None) -> None:
    assert schedule.before(EVENT, starts, NOW) == comes


@pytest.mark.parametrize("state", [ReminderState.NEW, ReminderState.PAUSED, ReminderState.BARRED])
def test_nothing_comes_before_events_while_it_is_not_on(state: ReminderState) -> None:
    assert schedule.before(replace(EVENT, state=state), utc(2026, 1, 9, 18), NOW) is None


def test_before_an_event_at_the_end_of_a_pause() -> None:
    rests = replace(EVENT, paused_until=utc(2026, 1, 9, 17, 30))
    assert schedule.before(rests, utc(2026, 1, 9, 18), NOW) == utc(2026, 1, 9, 17, 30)
    assert schedule.before(rests, utc(2026, 1, 9, 17, 30), NOW) is None


def test_it_is_of_use_for_twelve_hours_and_not_in_quiet_hours() -> None:
    assert schedule.of_use_until(replace(ONE, quiet_from=None), NOW) == utc(2026, 1, 8)
    assert schedule.of_use_until(ONE, NOW) == utc(2026, 1, 7, 21)
    assert schedule.of_use_until(ONE, utc(2026, 1, 8, 7)) == utc(2026, 1, 8, 19)
    # A minute before they begin, and the minute in which they do.
    assert schedule.of_use_until(ONE, utc(2026, 1, 7, 20, 59)) == utc(2026, 1, 7, 21)
    assert schedule.of_use_until(ONE, utc(2026, 1, 7, 21)) == utc(2026, 1, 8, 9)
