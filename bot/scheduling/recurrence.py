"""Compute local times in a person's own zone, and turn them into UTC datetimes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrule, rruleset, rrulestr

from bot.scheduling.zones import find_zone

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones. Cached, since listing them reads 600 files."""
    return frozenset(available_timezones())


@lru_cache(maxsize=8192)
def at(zone: str, day: date, clock: time) -> datetime:
    """Return the UTC datetime of a local time on that day in that zone.

    A time that a clock change skips becomes the end of the gap. A time that occurs twice is the first one.
    """
    naive = datetime.combine(day, clock)
    before = naive.replace(tzinfo=find_zone(zone), fold=0).astimezone(UTC)
    after = naive.replace(tzinfo=find_zone(zone), fold=1).astimezone(UTC)
    # Only in a gap does the offset from before the gap give the later time.
    return before if before <= after else _gap_end(find_zone(zone), after, before)


def next_after(rule: str, start: date, zone: str, clock: time, after: datetime) -> datetime | None:
    """Return the first time after `after` at which an RFC 5545 rule, counted from `start`, is due there.

    `rule` is the value part ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO") and names days only. None if it has ended.
    """
    # A gap can move a time past midnight, so begin a day early.
    day = _day_from(rule, start, after.astimezone(find_zone(zone)).date() - _DAY)
    while day is not None:
        due = at(zone, day, clock)
        if due > after:
            return due
        day = _day_from(rule, start, day + _DAY)
    return None


def _day_from(rule: str, start: date, day: date) -> date | None:
    """Return the rule's first day from `day` on."""
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
    """Return how long it is from each weekday to the rule's next day, and the rule's interval in weeks.

    None if the rule names anything but weekdays. Most rules name only weekdays, and counting days takes a
    hundredth of the time that dateutil needs.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    every, names = parts.pop("INTERVAL", "1"), parts.pop("BYDAY", "").split(",")
    if parts != {"FREQ": "WEEKLY"} or int(every) < 1 or not set(names) <= set(_WEEKDAYS):
        return None
    days = [_WEEKDAYS.index(name) for name in names]
    return [min((day - today) % 7 for day in days) * _DAY for today in range(7)], int(every)


def _week(day: date) -> int:
    """Return the number of the week since day 1 of the calendar, which was a Monday.

    Weeks begin on Monday.
    """
    return (day.toordinal() - 1) // 7


@lru_cache(maxsize=8192)
def _ruled_from(rule: str, start: date, day: date) -> date | None:
    found = _days(rule, start).after(_midnight(day), inc=True)
    return None if found is None else found.date()


@lru_cache(maxsize=1024)
def _days(rule: str, start: date) -> rrule | rruleset:
    # Cached, since parsing a rule takes longer than claiming a row, and many rows share a rule.
    return rrulestr(rule, dtstart=_midnight(start), cache=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _gap_end(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the time in (low, high] at which the zone's offset changes, to the second."""
    old = low.astimezone(zone).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
