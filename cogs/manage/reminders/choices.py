"""The selects for the settings of a reminder. In each the current value is chosen."""

from collections.abc import Sequence

from bot.reminders.models import AT_LEAST, BEFORE, CADENCES, Reminder, ReminderKind
from bot.scheduling.cadence import Cadence
from bot.ui.components import ChannelChoice, Choice, Option, Row
from bot.ui.custom_id import to
from cogs.manage.reminders import strings, wording
from cogs.shared.calendar.wording import clock

_HALF = 15
NO_QUIET = "none"
_QUIETS = ((22, 8), (21, 9), (23, 7), (20, 10), (0, 8), (0, 10))


def quiets(one: Reminder) -> dict[str, tuple[int, int] | tuple[None, None]]:
    """Return the quiet hours that can be chosen, by their option's value, including the current ones."""
    hours: dict[str, tuple[int, int] | tuple[None, None]] = {
        f"{60 * start}-{60 * end}": (60 * start, 60 * end) for start, end in _QUIETS
    }
    if one.quiet_from is not None and one.quiet_to is not None:
        hours[f"{one.quiet_from}-{one.quiet_to}"] = (one.quiet_from, one.quiet_to)
    return {**hours, NO_QUIET: (None, None)}


def selects(one: Reminder, channel: int | None) -> list[Row]:
    """Return the selects for where and when. `channel` is the current channel, or None if it was deleted."""
    return [
        ChannelChoice(strings.CHANNEL_PROMPT, to("manage.rem_channel", one.id), channel),
        *([_before(one)] if one.kind.before_events else [_cadence(one), *_days(one), _hours(one)]),
    ]


def limits(one: Reminder) -> list[Row]:
    """Return the selects for the conditions under which it is posted."""
    return [_least(one), _quiet(one)]


def kinds() -> Choice:
    options = [
        Option(strings.TITLES[kind], kind)
        for kind in (ReminderKind.NORM, ReminderKind.EVENT, ReminderKind.NIGHT, ReminderKind.STORY)
    ]
    return Choice(strings.KIND_PROMPT, to("manage.rem_kind"), options)


def _cadence(one: Reminder) -> Choice:
    options = [Option(strings.CADENCES[each], each, chosen=each is one.cadence) for each in CADENCES]
    return Choice(strings.CADENCE_PROMPT, to("manage.rem_cadence", one.id), options)


def _days(one: Reminder) -> list[Row]:
    options = [Option(_day(one, day), str(day), chosen=day == one.day) for day in one.cadence.days]
    if one.cadence is not Cadence.MONTHLY:
        return [Choice(strings.DAY_PROMPT, to("manage.rem_day", one.id), options)]
    # A select holds 25 options and a month has more days, so there are two selects.
    return [
        Choice(strings.EARLY_PROMPT, to("manage.rem_day", one.id), options[:_HALF]),
        Choice(strings.LATE_PROMPT, to("manage.rem_late_day", one.id), options[_HALF:]),
    ]


def _hours(one: Reminder) -> Choice:
    minutes = sorted({*(60 * hour for hour in range(24)), one.minute})
    options = [Option(clock(minute), str(minute), chosen=minute == one.minute) for minute in minutes]
    return Choice(strings.AT_PROMPT, to("manage.rem_at", one.id), options)


def _before(one: Reminder) -> Choice:
    options = [
        Option(
            strings.BEFORE_OPTION.format(before=strings.BEFORES[each]), str(each), chosen=each == one.before
        )
        for each in BEFORE
    ]
    return Choice(strings.BEFORE_PROMPT, to("manage.rem_before", one.id), options)


def _least(one: Reminder) -> Choice:
    options = [Option(_messages(each), str(each), chosen=each == one.at_least) for each in AT_LEAST]
    return Choice(strings.LEAST_PROMPT, to("manage.rem_least", one.id), options)


def _quiet(one: Reminder) -> Choice:
    current = (one.quiet_from, one.quiet_to)
    options = [Option(_between(hours), key, chosen=hours == current) for key, hours in quiets(one).items()]
    return Choice(strings.QUIET_PROMPT, to("manage.rem_quiet", one.id), options)


def _between(hours: Sequence[int | None]) -> str:
    start, end = hours
    if start is None or end is None:
        return strings.QUIET_NONE
    return strings.QUIET_OPTION.format(start=clock(start), end=clock(end))


def _messages(count: int) -> str:
    return strings.LEAST_OPTION.format(count=count) if count else strings.LEAST_NONE


def _day(one: Reminder, day: int) -> str:
    return wording.raised(wording.day(one.cadence, day))
