"""When a reminder comes: at its local time, outside its quiet hours, and before an event begins."""

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from msgspec.structs import replace

from bot.ids import PersonId, ServerId
from bot.reminders import schedule
from bot.reminders.models import Reminder, ReminderKind, ReminderState
from bot.scheduling.cadence import LAST, Cadence
from tests.unit.pods.fixtures import utc
from tests.unit.reminders.fixtures import BERLIN

NOW = utc(2026, 1, 7, 12)
ONE = replace(
    Reminder.fresh(ServerId(1), ReminderKind.NORM, 2, BERLIN, PersonId("mo"), NOW),
    state=ReminderState.ON,
    next_at=NOW,
)
EVENT = replace(ONE, kind=ReminderKind.EVENT, next_at=None, before=60)


def after(reminder: Reminder, at: datetime, count: int) -> list[datetime]:
    """Return the first `count` times of a reminder after `at`."""
    first = schedule.next_after(reminder, at)
    return list(islice(schedule.times(replace(reminder, next_at=first)), count))


def test_a_reminder_keeps_its_local_time_when_the_clocks_change() -> None:
    assert after(ONE, utc(2026, 3, 26), 3) == [
        utc(2026, 3, 27, 17),
        utc(2026, 4, 3, 16),
        utc(2026, 4, 10, 16),
    ]
    assert after(ONE, utc(2026, 10, 20), 2) == [utc(2026, 10, 23, 16), utc(2026, 10, 30, 17)]


def test_the_next_time_is_always_later_than_now() -> None:
    assert schedule.next_after(ONE, utc(2026, 1, 9, 16, 59)) == utc(2026, 1, 9, 17)
    assert schedule.next_after(ONE, utc(2026, 1, 9, 17)) == utc(2026, 1, 16, 17)


@pytest.mark.parametrize(
    ("starts_on", "first"),
    [(date(2026, 1, 9), utc(2026, 1, 9, 17)), (date(2026, 1, 16), utc(2026, 1, 16, 17))],
)
def test_every_second_week_is_counted_from_its_first_day(starts_on: date, first: datetime) -> None:
    one = replace(ONE, cadence=Cadence.FORTNIGHT, starts_on=starts_on)
    assert after(one, NOW, 3) == [first + timedelta(weeks=weeks) for weeks in (0, 2, 4)]


def test_a_monthly_reminder_can_come_on_the_last_day_of_each_month() -> None:
    one = replace(ONE, cadence=Cadence.MONTHLY, day=LAST)
    assert [at.date() for at in after(one, NOW, 3)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
    ]


def test_the_first_day_is_today_only_if_the_time_is_still_to_come() -> None:
    friday = replace(ONE, day=2)
    assert schedule.counted_from(friday, NOW) == date(2026, 1, 7)
    assert schedule.counted_from(replace(friday, minute=13 * 60), NOW) == date(2026, 1, 14)


def test_a_time_in_quiet_hours_moves_to_their_end() -> None:
    late = replace(ONE, minute=23 * 60)
    assert schedule.next_after(late, NOW) == utc(2026, 1, 10, 7)
    # Friday's time is not lost if it is computed when Saturday has begun.
    assert schedule.next_after(late, utc(2026, 1, 9, 23)) == utc(2026, 1, 10, 7)
    assert schedule.next_after(late, utc(2026, 1, 10, 7)) == utc(2026, 1, 17, 7)
    assert schedule.next_after(replace(late, quiet_from=None), NOW) == utc(2026, 1, 9, 22)
    assert schedule.next_after(replace(late, quiet_from=480, quiet_to=480), NOW) == utc(2026, 1, 9, 22)


def test_the_next_time_is_after_the_end_of_a_pause() -> None:
    assert schedule.next_after(replace(ONE, paused_until=utc(2026, 2, 6, 12)), NOW) == utc(2026, 2, 6, 17)


def test_a_reminder_without_a_next_time_has_no_times() -> None:
    assert not list(schedule.times(replace(ONE, next_at=None)))


@pytest.mark.parametrize(
    ("starts", "comes"),
    [
        (utc(2026, 1, 9, 18), utc(2026, 1, 9, 17)),
        # The event was created half an hour before it begins, so the reminder comes at once.
        (utc(2026, 1, 7, 12, 30), NOW),
        # An hour before is 07:30 in Berlin, in quiet hours, so it comes when they end.
        (utc(2026, 1, 9, 7, 30), utc(2026, 1, 9, 7)),
        # The event begins in quiet hours, or at the moment when they end.
        (utc(2026, 1, 9, 6), None),
        (utc(2026, 1, 9, 7), None),
        # The event has already begun.
        (NOW, None),
        (utc(2026, 1, 7, 11), None),
    ],
)
def test_a_reminder_comes_before_an_event_or_not_at_all(starts: datetime, comes: datetime | None) -> None:
    assert schedule.before(EVENT, starts, NOW) == comes


@pytest.mark.parametrize("state", [ReminderState.NEW, ReminderState.PAUSED, ReminderState.BARRED])
def test_a_reminder_that_is_not_on_does_not_come_before_events(state: ReminderState) -> None:
    assert schedule.before(replace(EVENT, state=state), utc(2026, 1, 9, 18), NOW) is None


def test_a_paused_reminder_comes_before_an_event_when_its_pause_ends_or_not_at_all() -> None:
    rests = replace(EVENT, paused_until=utc(2026, 1, 9, 17, 30))
    assert schedule.before(rests, utc(2026, 1, 9, 18), NOW) == utc(2026, 1, 9, 17, 30)
    assert schedule.before(rests, utc(2026, 1, 9, 17, 30), NOW) is None


def test_a_post_may_be_sent_for_twelve_hours_or_until_quiet_hours_begin() -> None:
    assert schedule.of_use_until(replace(ONE, quiet_from=None), NOW) == utc(2026, 1, 8)
    assert schedule.of_use_until(ONE, NOW) == utc(2026, 1, 7, 21)
    assert schedule.of_use_until(ONE, utc(2026, 1, 8, 7)) == utc(2026, 1, 8, 19)
    # This is the minute before quiet hours begin, and the minute in which they begin.
    assert schedule.of_use_until(ONE, utc(2026, 1, 7, 20, 59)) == utc(2026, 1, 7, 21)
    assert schedule.of_use_until(ONE, utc(2026, 1, 7, 21)) == utc(2026, 1, 8, 9)
