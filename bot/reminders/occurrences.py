"""When events take place, and which of an event's occurrences is which.

Discord keeps the id of a recurring event, and moves its start on when an occurrence is over. It stores an
occurrence that is cancelled or moved as an exception, and leaves the event's own start as the rule gives it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from msgspec.structs import replace

from bot.ids import new_id
from bot.reminders.models import Expected, Occurrence, Recurrence, ScheduledEvent, seconds

AHEAD = 5
"""How many occurrences of a recurring event are expected at a time: as many as are shown of a reminder."""
_FREQUENCIES: dict[int, Literal[0, 1, 2, 3]] = {0: YEARLY, 1: MONTHLY, 2: WEEKLY, 3: DAILY}
_DISCORD_EPOCH = 1_420_070_400
_TIME_AT = 22
"""How many bits of a snowflake stand after its time."""


def occurrence_id(ruled_start: datetime) -> int:
    """Return Discord's id of the occurrence that an event's rule starts at this time."""
    return (seconds(ruled_start) - _DISCORD_EPOCH) * 1000 << _TIME_AT


def ruled_start(occurrence_id: int) -> datetime:
    """Return when the event's rule starts the occurrence, to the second."""
    return datetime.fromtimestamp((occurrence_id >> _TIME_AT) // 1000 + _DISCORD_EPOCH, UTC)


def coming(event: ScheduledEvent, now: datetime) -> list[Occurrence]:
    """Return the occurrences that have not begun, the earliest first: of a recurring event the next few."""
    if not event.waits:
        return []
    if event.recurrence is None:
        return [Occurrence(0, event.starts_at)]
    found = (_occurrence(event, id) for id in _ids(event, event.recurrence))
    ahead = islice((one for one in found if one is not None and one.starts_at > now), AHEAD)
    return sorted(ahead, key=lambda one: one.starts_at)


def expected(
    reminder: str, event: ScheduledEvent, known: Sequence[Expected], now: datetime
) -> list[Expected]:
    """Return the occurrences before which a reminder is posted.

    `known` are those that were expected of this event until now. Each is taken over with what was done about
    it, also when somebody has moved it.
    """
    ahead = coming(event, now)
    by_id = {row.occurrence: row for row in known}
    found = {one.id: by_id[one.id] for one in ahead if one.id in by_id}
    for look in (_at_the_same_time, _moved_by_hand):
        new = [one for one in ahead if one.id not in found]
        left = [row for row in known if row not in found.values()]
        found |= look(event, new, left, now) if new else {}
    return [
        replace(
            found.get(one.id) or Expected(new_id(), reminder, event.id, one.starts_at),
            starts_at=one.starts_at,
            occurrence=one.id,
        )
        for one in ahead
    ]


def stays(row: Expected, now: datetime) -> bool:
    """Whether it is still stored that a reminder was posted before an occurrence that isn't coming any more.

    Whoever cancelled or moved an occurrence can restore it until it would have begun.
    """
    return row.told and row.occurrence != 0 and not passed(row, now)


def passed(row: Expected, now: datetime) -> bool:
    """Whether both the start of the occurrence and the one that its rule gives are over."""
    return max(row.starts_at, _ruled(row)) <= now


# -- inside -----------------------------------------------------------------------------------------


def _ids(event: ScheduledEvent, rule: Recurrence) -> Iterator[int]:
    """Yield the ids of the occurrences that the rule still gives, and of earlier ones that were moved.

    If the first one has begun, it is left out; but not if it was moved, since Discord's status may go by the
    rule.
    """
    first = occurrence_id(event.starts_at)
    moved = (
        id for id, starts in event.exceptions.items()
        if starts is not None and id < (first + 1 if event.begun else first) and _gives(rule, ruled_start(id))
    )  # fmt: skip
    later = (id for at in _starts(rule, ruled_start(first)) if (id := occurrence_id(at)) > first)
    return chain(moved, () if event.begun else (first,), later)


def _starts(rule: Recurrence, first: datetime) -> Iterator[datetime]:
    """Yield the starts that the rule gives, from one of them on."""
    frequency = _FREQUENCIES.get(rule.frequency)
    if frequency is None:
        return iter(())
    weekdays = [weekday(day, n) for day, n in rule.nth_weekdays] or rule.weekdays
    return iter(
        rrule(
            frequency, dtstart=first, interval=rule.interval, until=rule.end, byweekday=weekdays or None,
            bymonth=rule.months or None, bymonthday=rule.month_days or None,
        )
    )  # fmt: skip


def _occurrence(event: ScheduledEvent, id: int) -> Occurrence | None:
    """Return the occurrence as it will be; None if it was cancelled."""
    starts_at = event.exceptions.get(id, ruled_start(id))
    return None if starts_at is None else Occurrence(id, starts_at)


def _at_the_same_time(
    _event: ScheduledEvent, new: Sequence[Occurrence], left: Sequence[Expected], _now: datetime
) -> dict[int, Expected]:
    """Find what was expected at the same time under another id, such as before the event had a rule."""
    starts = {seconds(row.starts_at): row for row in left}
    times = {seconds(one.starts_at): one.id for one in new}
    return {id: starts[at] for at, id in times.items() if at in starts}


def _moved_by_hand(
    event: ScheduledEvent, new: Sequence[Occurrence], left: Sequence[Expected], now: datetime
) -> dict[int, Expected]:
    """Find the occurrences before which a reminder was posted, and which somebody has moved since.

    They were neither cancelled, nor passed over by Discord itself. It moves an event only from one start that
    the rule gives to a later one; if the rule gives only one of the two, somebody has changed the event.
    """
    rule, to = event.recurrence, ruled_start(new[0].id)
    moved = [
        row
        for row in sorted(left, key=lambda row: row.starts_at)
        if row.told
        and row.starts_at > now
        and event.exceptions.get(row.occurrence, now) is not None
        and not (rule and _gives(rule, _ruled(row)) and _gives(rule, to))
    ]
    return {one.id: row for one, row in zip(new, moved, strict=False)}


def _ruled(row: Expected) -> datetime:
    return ruled_start(row.occurrence) if row.occurrence else row.starts_at


def _gives(rule: Recurrence, at: datetime) -> bool:
    """Whether the rule can give this start, going by the time of day and the weekday or date.

    An exception can be older than a change of the rule: Discord goes on sending it. Its own apps look at the
    same things to leave such an exception out.
    """
    start, at = rule.start.astimezone(UTC), at.astimezone(UTC)
    if at.time().replace(microsecond=0) != start.time().replace(microsecond=0):
        return False
    if rule.frequency == WEEKLY:
        return at.weekday() in (rule.weekdays or (start.weekday(),))
    return rule.frequency != YEARLY or (at.month, at.day) == (start.month, start.day)
