"""The zones whose clocks change in 2026 or 2027, and when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """A zone's clocks jump from one time to another."""

    times: tuple[datetime, ...]
    """The times a minute before it, at its start, in its middle, a minute before its end, and at its end."""

    @property
    def days(self) -> list[date]:
        """Return its days: two, if it is at midnight."""
        return sorted({one.date() for one in self.times})


def span(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def wall(zone: ZoneInfo, moment: datetime) -> datetime:
    """Return what a clock on a wall there shows."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


# They begin before the two years and end after them, because some tests look beyond the two years.
_MIDNIGHTS = [datetime.combine(day, time(), UTC) for day in span(date(2025, 12, 1), date(2028, 2, 29))]


@cache
def _moves(name: str) -> tuple[tuple[datetime, timedelta], ...]:
    """Return each moment from which a zone has another offset from UTC, with that offset; the first too."""
    zone = ZoneInfo(name)

    def shift(moment: datetime) -> timedelta:
        offset = moment.astimezone(zone).utcoffset()
        assert offset is not None
        return offset

    shifts = [shift(one) for one in _MIDNIGHTS]
    moves = [(_MIDNIGHTS[0], shifts[0])]
    for before, old, new in zip(_MIDNIGHTS, shifts, shifts[1:], strict=False):
        if old != new:
            minutes = [before + n * MINUTE for n in range(24 * 60 + 1)]
            moves.append((next(one for one in minutes if shift(one) != old), new))
    return tuple(moves)


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Return all changes of a zone in these two years."""
    zone = ZoneInfo(name)
    moments = [moment for moment, _ in _moves(name)[1:]]
    return tuple(_change(zone, one) for one in moments if FIRST <= one.date() <= LAST)


def _change(zone: ZoneInfo, moment: datetime) -> Change:
    low, high = sorted((wall(zone, moment), wall(zone, moment - MINUTE) + MINUTE))
    middle = low + (high - low) / 2
    return Change((low - MINUTE, low, middle, high - MINUTE, high))


CHANGING = [name for name in sorted(available_timezones()) if changes(name)]
"""All zones whose clocks change, by every name that they have."""

DIFFERENT = sorted({_moves(name): name for name in reversed(CHANGING)}.values())
"""One of each group of zones whose clocks always agree: what holds for it holds for all of them."""
