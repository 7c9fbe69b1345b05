"""A month of a server, in counts that point at nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

STEP = 5
"""Counts are rounded down to a multiple of this: a single person is never seen in them."""

MONTHS_SHOWN = 12

ASKS, REMINDERS = "asks", "reminders"
"""What is counted as it happens; members in and pairs are counted when the month ends."""


@dataclass(frozen=True, slots=True)
class Month:
    """`month` as in 2026-11; every count rounded down."""

    month: str
    members_in: int
    asks: int
    pairs: int
    reminders: int


def rounded(count: int) -> int:
    return count - count % STEP


def month_of(now: datetime) -> str:
    """The month in UTC: a server's own zone is nobody's."""
    return f"{now.astimezone(UTC):%Y-%m}"


def begins(month: str) -> datetime:
    """The first moment of a month, which is the end of the one before."""
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)


def before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def earlier(month: str, many: int) -> str:
    """The month so many before it."""
    for _ in range(many):
        month = before(month)
    return month


def ends(now: datetime) -> datetime:
    """When the month that runs now is over."""
    return begins(after(month_of(now)))


def ended(first: str, now: datetime) -> Sequence[str]:
    """Every month from that one on that is over; none, if it still runs."""
    found, month = [], first
    while month < month_of(now):
        found.append(month)
        month = after(month)
    return found
