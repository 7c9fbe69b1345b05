"""A reminder in words: when it is posted, and its state."""

from datetime import datetime

from bot.reminders.models import Reminder, ReminderState
from bot.reminders.queries import ReminderView
from bot.scheduling.cadence import LAST, Cadence
from bot.ui import plain
from bot.ui import when as moments
from cogs.manage.reminders import strings
from cogs.shared.calendar.strings import WEEKDAYS
from cogs.shared.calendar.wording import clock


def when(one: Reminder) -> str:
    """Return when a reminder is posted, in words.

    For example "Every Friday at 18:00 (Europe/Berlin), after 20 messages, never from 22:00 to 08:00".
    """
    return ", ".join((comes(one), limits(one)))


def comes(one: Reminder) -> str:
    """Return when a reminder is posted, without its conditions."""
    if one.kind.before_events:
        said = strings.BEFORE.format(before=strings.BEFORES[one.before])
        return raised(said)
    return strings.EVERY[one.cadence].format(
        day=day(one.cadence, one.day), at=clock(one.minute), zone=one.zone
    )


def limits(one: Reminder) -> str:
    """Return under which conditions a reminder is posted, such as "after 20 messages, never from 22:00"."""
    parts = [after(one)]
    if one.quiet is not None:
        said = strings.QUIET_ZONED if one.kind.before_events else strings.QUIET
        parts.append(
            said.format(start=clock(one.quiet_from or 0), end=clock(one.quiet_to or 0), zone=one.zone)
        )
    return ", ".join(parts)


def hours(one: Reminder) -> str:
    """Say what the quiet hours do to this reminder; empty if they do nothing."""
    if one.quiet is None:
        return ""
    if one.kind.before_events:
        return strings.EVENT_QUIET
    if not one.quiet.covers(one.clock):
        return ""
    return strings.MOVES.format(at=clock(one.minute), end=clock(one.quiet_to or 0))


def after(one: Reminder) -> str:
    return strings.AFTER.format(count=one.at_least) if one.at_least else strings.AFTER_NONE


def day(cadence: Cadence, number: int) -> str:
    if cadence is not Cadence.MONTHLY:
        return WEEKDAYS[number]
    return strings.LAST_OF_MONTH if number == LAST else strings.OF_MONTH.format(day=number)


def state(shown: ReminderView, now: datetime) -> str:
    one, at = shown.reminder, shown.next_at
    following = strings.NEXT.format(at=moments.moment(at)) if at is not None else ""
    match one.state:
        case ReminderState.NEW:
            return strings.STATE_NEW
        case ReminderState.PAUSED:
            return strings.STATE_PAUSED
        case ReminderState.BARRED:
            return strings.STATE_BARRED
        case _ if one.resting(now) and one.paused_until is not None:
            until = strings.STATE_REST.format(until=moments.day(one.paused_until))
            return " · ".join(part for part in (until, following) if part)
    return following or strings.NO_EVENT


def logged(one: Reminder, channel: str) -> str:
    """Return a reminder's text for the log, in which nothing is a mention and times are in plain text."""
    said = (
        strings.LOGGED_PAUSED if one.state in (ReminderState.PAUSED, ReminderState.BARRED) else strings.LOGGED
    )
    if one.state is ReminderState.ON and one.paused_until is not None:
        said = strings.LOGGED_UNTIL
    until = "" if one.paused_until is None else one.paused_until.date().isoformat()
    titled = f"{strings.TITLES[one.kind]}: {when(one)}"
    return said.format(when=titled, channel=channel or strings.SOMEWHERE, until=until)


def line(text: str) -> str:
    """Return a moderator's text on one line, escaped."""
    return plain.escaped(" ".join(text.split()))


def raised(text: str) -> str:
    """Return the text with a capital first letter, for a line of its own."""
    return text[0].upper() + text[1:]
