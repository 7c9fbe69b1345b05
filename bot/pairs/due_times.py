"""When each of two partners is asked: the same days for both, by the clock of each one's own zone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.pairs.models import Pair
from bot.pairs.schedule import PairSchedule
from bot.scheduling import recurrence

_DAY = timedelta(days=1)
_LAST_PLACE = "Etc/GMT+12"
"""Where every hour comes last."""


def first_on(schedule: PairSchedule, zones: Iterable[str], after: datetime) -> date:
    """The first day of a check-in whose hour is still to come everywhere."""
    return schedule.first_on(max(_earliest(schedule, zone, after) for zone in zones))


def at(schedule: PairSchedule, zone: str, day: date) -> datetime:
    """When somebody there is asked on that day."""
    return recurrence.at(zone, day, schedule.clock)


def following(pair: Pair, zone: str, after: datetime) -> tuple[date, datetime] | None:
    """The first check-in there after that moment; None once the last is over."""
    if pair.starts_on is None or pair.ends_on is None:
        return None
    first = at(pair.schedule, zone, pair.starts_on)
    if after < first:
        return pair.starts_on, first
    found = _next(pair.schedule, zone, pair.starts_on, after)
    return found if found[0] <= pair.ends_on else None


def closes(pair: Pair, day: date) -> datetime:
    """When the round of that day closes: once it is the next one's hour all over the earth.

    By either partner's own next hour, the other could tell in which zone they are.
    """
    return _next(pair.schedule, _LAST_PLACE, pair.starts_on or day, at(pair.schedule, _LAST_PLACE, day))[1]


def _next(schedule: PairSchedule, zone: str, start: date, after: datetime) -> tuple[date, datetime]:
    moment = recurrence.next_after(schedule.rule, schedule.counted_from(start), zone, schedule.clock, after)
    if moment is None:
        raise LookupError("a rule without an end has ended")
    day = moment.astimezone(ZoneInfo(zone)).date()
    # A gap around midnight can carry a time into the next day.
    return (day, moment) if at(schedule, zone, day) == moment else (day - _DAY, moment)


def _earliest(schedule: PairSchedule, zone: str, after: datetime) -> date:
    day = after.astimezone(ZoneInfo(zone)).date()
    return day if at(schedule, zone, day) > after else day + _DAY
