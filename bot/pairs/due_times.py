"""When each of two partners is asked: on the same days, at the same local time in their own zones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.pairs.models import Pair
from bot.pairs.schedule import PairSchedule
from bot.scheduling import recurrence
from bot.scheduling.zones import find_zone

_DAY = timedelta(days=1)
_LAST_PLACE = "Etc/GMT+12"
"""The zone in which every local time comes last."""


def first_on(schedule: PairSchedule, zones: Iterable[str], after: datetime) -> date:
    """Return the first check-in day whose time is still to come in all of these zones."""
    return schedule.first_on(max(_earliest(schedule, zone, after) for zone in zones))


def at(schedule: PairSchedule, zone: str, day: date) -> datetime:
    """Return when somebody in the zone is asked on that day."""
    return recurrence.at(zone, day, schedule.clock)


def following(pair: Pair, zone: str, after: datetime) -> tuple[date, datetime] | None:
    """Return the day and time of the first check-in in the zone after `after`; None after the last one."""
    if pair.starts_on is None or pair.ends_on is None:
        return None
    first = at(pair.schedule, zone, pair.starts_on)
    if after < first:
        return pair.starts_on, first
    found = _next(pair.schedule, zone, pair.starts_on, after)
    return found if found[0] <= pair.ends_on else None


def closes(pair: Pair, day: date) -> datetime:
    """Return when the round of that day closes: when the time of the next one has come in every zone.

    If it closed at a partner's own next check-in, the other partner could work out their zone.
    """
    return _next(pair.schedule, _LAST_PLACE, pair.starts_on or day, at(pair.schedule, _LAST_PLACE, day))[1]


def _next(schedule: PairSchedule, zone: str, start: date, after: datetime) -> tuple[date, datetime]:
    moment = recurrence.next_after(schedule.rule, schedule.counted_from(start), zone, schedule.clock, after)
    if moment is None:
        raise LookupError("a rule that never ends has no next time")
    day = moment.astimezone(find_zone(zone)).date()
    # A clock change around midnight can move a time into the next day.
    return (day, moment) if at(schedule, zone, day) == moment else (day - _DAY, moment)


def _earliest(schedule: PairSchedule, zone: str, after: datetime) -> date:
    day = after.astimezone(find_zone(zone)).date()
    return day if at(schedule, zone, day) > after else day + _DAY
