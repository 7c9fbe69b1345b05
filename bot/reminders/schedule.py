"""When a reminder is posted: in local time of its own zone, outside its quiet hours."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.reminders.models import LATE, Reminder, ReminderState
from bot.scheduling import recurrence

_DAY = timedelta(days=1)


def counted_from(reminder: Reminder, now: datetime) -> date:
    """Return the reminder's first day from now on."""
    today = now.astimezone(reminder.tz).date()
    passed = recurrence.at(reminder.zone, today, reminder.clock) <= now
    return reminder.cadence.first_on(reminder.day, today + _DAY if passed else today)


def next_after(reminder: Reminder, after: datetime) -> datetime:
    """Return the reminder's first time after `after` and after its pause.

    A time in quiet hours moves to their end.
    """
    after = max(after, reminder.paused_until or after)
    # A time in quiet hours moves to their end, so begin earlier by the longest quiet hours.
    at = after - _DAY
    while True:
        at = _due_after(reminder, at)
        due = loud_from(reminder, at)
        if due > after:
            return due


def times(reminder: Reminder) -> Iterator[datetime]:
    """Yield all times of the reminder, from the next one on."""
    at = reminder.next_at
    while at is not None:
        yield at
        at = next_after(reminder, at)


def before(reminder: Reminder, starts_at: datetime, now: datetime) -> datetime | None:
    """Return when the reminder is posted before an event; None if the event would begin first."""
    if reminder.state is not ReminderState.ON:
        return None
    at = max(starts_at - timedelta(minutes=reminder.before), now, reminder.paused_until or now)
    at = loud_from(reminder, at)
    return at if at < starts_at else None


def loud_from(reminder: Reminder, at: datetime) -> datetime:
    """Return `at`, or if it is in quiet hours, their end."""
    quiet = reminder.quiet
    return at if quiet is None else quiet.until(at, reminder.tz) or at


def of_use_until(reminder: Reminder, now: datetime) -> datetime:
    """Return until when a post that is due now may be sent.

    After that it is too late, or quiet hours begin.
    """
    late = now + LATE
    if reminder.quiet is None:
        return late
    today = now.astimezone(reminder.tz).date()
    begins = (recurrence.at(reminder.zone, today + days * _DAY, reminder.quiet.start) for days in range(3))
    return min(late, next(at for at in begins if at > now))


def _due_after(reminder: Reminder, after: datetime) -> datetime:
    rule, start = reminder.cadence.rule(reminder.day), reminder.cadence.counted_from(reminder.starts_on)
    found = recurrence.next_after(rule, start, reminder.zone, reminder.clock, after)
    if found is None:
        raise LookupError("a rule that never ends has no next time")
    return found
