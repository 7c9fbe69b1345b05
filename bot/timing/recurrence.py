"""Wall-clock times: said in somebody's own zone, computed on local time, then turned into moments."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

_SECOND = timedelta(seconds=1)


def at(zone: str, day: date, clock: time) -> datetime:
    """When that clock time is, on that day there. In a gap: the gap's end; passed twice: the first."""
    naive = datetime.combine(day, clock)
    before = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    after = naive.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    # Only in a gap does the offset from before it give the later moment.
    return before if before <= after else _gap_end(ZoneInfo(zone), after, before)


@lru_cache(maxsize=8192)
def next_after(rule: str, start: date, zone: str, clock: time, after: datetime) -> datetime | None:
    """The first time after `after` at which an RFC 5545 rule, counted from `start`, falls due there.

    `rule` is its value part ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO") and names days alone. None once it has ended.
    """
    days = _days(rule, start)
    # A gap can move a time past midnight: begin a day early.
    day = days.after(_midnight(after.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)), inc=True)
    while day is not None:
        due = at(zone, day.date(), clock)
        if due > after:
            return due
        day = days.after(day)
    return None


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
