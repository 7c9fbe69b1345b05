"""When a reminder comes: by the clock of its own zone, outside its quiet hours."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.reminders.models import LATE, Reminder, ReminderState
from bot.scheduling import recurrence

_DAY = timedelta(days=1)


def counted_from(reminder: Reminder, now: datetime) -> date:
    """Its first day from now on."""
    today = now.astimezone(reminder.tz).date()
    passed = recurrence.at(reminder.zone, today, reminder.clock) <= now
    return reminder.cadence.first_on(reminder.day, today + _DAY if passed else today)


def next_after(reminder: Reminder, after: datetime) -> datetime:
    """Its first time after that moment, and after its pause; one in quiet hours waits until they end."""
    after = max(after, reminder.paused_until or after)
    # What falls into quiet hours is due when they end: begin before the longest of them.
    at = after - _DAY
    while True:
        at = _due_after(reminder, at)
        due = loud_from(reminder, at)
        if due > after:
            return due


def times(reminder: Reminder) -> Iterator[datetime]:
    """All its times from the next on."""
    at = reminder.next_at
    while at is not None:
        yield at
        at = next_after(reminder, at)


def before(reminder: Reminder, starts_at: datetime, now: datetime) -> datetime | None:
    """When it comes before an event; None where the event would begin first."""
    if reminder.state is not ReminderState.ON:
        return None
    at = max(starts_at - timedelta(minutes=reminder.before), now, reminder.paused_until or now)
    at = loud_from(reminder, at)
    return at if at < starts_at else None


def loud_from(reminder: Reminder, at: datetime) -> datetime:
    """That moment, or the end of the quiet hours that it is in."""
    quiet = reminder.quiet
    return at if quiet is None else quiet.until(at, reminder.tz) or at


def of_use_until(reminder: Reminder, now: datetime) -> datetime:
    """How long what is due now may still be posted: until it is late, or quiet hours begin."""
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
        raise LookupError("a rule without an end has ended")
    return found
