"""How long an ask waits for answers: until noon, until tonight, or for three days. Nights don't count."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.people.models import Person

NIGHT_FALLS = time(23)
DAY_BREAKS = time(8)
AT_LEAST = timedelta(hours=3)
MORNING = time(10)
"""When a wait ends that would have ended in quiet hours, in the asker's zone."""


class Wait(StrEnum):
    """The wait that the asker picks."""

    NOON = "noon"
    TONIGHT = "tonight"
    DAYS = "days"


_HOUR = {Wait.NOON: time(12), Wait.TONIGHT: time(22), Wait.DAYS: time(22)}
_DAYS_ON = {Wait.NOON: 0, Wait.TONIGHT: 0, Wait.DAYS: 3}


def ends(wait: Wait, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next end of this kind of wait that leaves at least AT_LEAST of daytime in the zone."""
    day = now.astimezone(zone).date() + timedelta(days=_DAYS_ON[wait])
    while True:
        end = datetime.combine(day, _HOUR[wait], zone).astimezone(UTC)
        if end > now and counted(now, end, zone) >= AT_LEAST:
            return end
        day += timedelta(days=1)


def after_quiet(asked: Iterable[Person], end: datetime, zone: ZoneInfo) -> datetime:
    """Return when the wait really ends: if `end` is in somebody's quiet hours, the next morning in the zone.

    The hour is the same whoever has quiet hours and however long, because the asker notices when it ends.
    """
    if all(one.quiet_until(end) is None for one in asked):
        return end
    morning = datetime.combine(end.astimezone(zone).date(), MORNING, zone)
    if morning <= end:
        morning = datetime.combine(morning.date() + timedelta(days=1), MORNING, zone)
    return morning.astimezone(UTC)


def counted(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Return how much of the time between the two is not night (23:00 to 8:00) in the zone."""
    total = timedelta()
    day = start.astimezone(zone).date()
    while (dawn := datetime.combine(day, DAY_BREAKS, zone).astimezone(UTC)) < end:
        dusk = datetime.combine(day, NIGHT_FALLS, zone).astimezone(UTC)
        total += max(min(end, dusk) - max(start, dawn), timedelta())
        day += timedelta(days=1)
    return total
