"""Wall-clock times: said in somebody's own zone, computed on local time, then turned into moments."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrule, rruleset, rrulestr

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# ZoneInfo itself keeps eight zones: the others are read from their files again and again.
_zone = lru_cache(maxsize=None)(ZoneInfo)


@cache
def known_zones() -> frozenset[str]:
    """Every time zone there is. Listing them reads 600 files, which takes a tenth of a second."""
    return frozenset(available_timezones())


@lru_cache(maxsize=8192)
def at(zone: str, day: date, clock: time) -> datetime:
    """When that clock time is, on that day there. In a gap: the gap's end; passed twice: the first."""
    naive = datetime.combine(day, clock)
    before = naive.replace(tzinfo=_zone(zone), fold=0).astimezone(UTC)
    after = naive.replace(tzinfo=_zone(zone), fold=1).astimezone(UTC)
    # Only in a gap does the offset from before it give the later moment.
    return before if before <= after else _gap_end(_zone(zone), after, before)


def next_after(rule: str, start: date, zone: str, clock: time, after: datetime) -> datetime | None:
    """The first time after `after` at which an RFC 5545 rule, counted from `start`, falls due there.

    `rule` is its value part ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO") and names days alone. None once it has ended.
    """
    # A gap can move a time past midnight: begin a day early.
    day = _day_from(rule, start, after.astimezone(_zone(zone)).date() - _DAY)
    while day is not None:
        due = at(zone, day, clock)
        if due > after:
            return due
        day = _day_from(rule, start, day + _DAY)
    return None


def _day_from(rule: str, start: date, day: date) -> date | None:
    """The rule's first day that is not before `day`."""
    weekly = _weekly(rule)
    if weekly is None:
        return _ruled_from(rule, start, day)
    wait, every = weekly
    day = max(day, start)
    day += wait[day.weekday()]
    while every > 1 and (_week(day) - _week(start)) % every:
        day += _DAY
        day += wait[day.weekday()]
    return day


@lru_cache(maxsize=1024)
def _weekly(rule: str) -> tuple[list[timedelta], int] | None:
    """Of a rule that names weekdays alone: from each day how long to its next, and every how many weeks.

    Most rules are such, and to count days takes a hundredth of what dateutil needs to read one and do so.
    """
    told = dict(part.partition("=")[::2] for part in rule.split(";"))
    every, names = told.pop("INTERVAL", "1"), told.pop("BYDAY", "").split(",")
    if told != {"FREQ": "WEEKLY"} or int(every) < 1 or not set(names) <= set(_WEEKDAYS):
        return None
    days = [_WEEKDAYS.index(name) for name in names]
    return [min((day - today) % 7 for day in days) * _DAY for today in range(7)], int(every)


def _week(day: date) -> int:
    """Weeks begin on Monday, as the rules' do, and the first of all days was one."""
    return (day.toordinal() - 1) // 7


@lru_cache(maxsize=8192)
def _ruled_from(rule: str, start: date, day: date) -> date | None:
    found = _days(rule, start).after(_midnight(day), inc=True)
    return None if found is None else found.date()


@lru_cache(maxsize=1024)
def _days(rule: str, start: date) -> rrule | rruleset:
    # Parsing costs more than claiming a row; many rows share a rule.
    return rrulestr(rule, dtstart=_midnight(start), cache=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _gap_end(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The moment in (low, high] at which the zone's offset changes, to the second."""
    old = low.astimezone(zone).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
