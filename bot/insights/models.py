"""The counts of one month in a server, which point at nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

STEP = 5
"""Counts are rounded down to a multiple of this, so that nobody can be recognised in them."""
FEWEST = 10
"""Smaller counts are not shown. Whoever makes up a few themselves learns nothing about one other person."""

MONTHS_SHOWN = 12

ASKERS, REMINDERS = "askers", "reminders"
"""What is counted as it happens: people, and posts. The other counts are made when the month ends."""


class Month(Struct, frozen=True):
    """The counts of a month such as "2026-11", rounded down; 0 means fewer than FEWEST.

    askers: how many people sent an ask and did not withdraw it. in_pairs: how many people were in a pair.
    Both are None for months of older versions, which counted asks and pairs.
    """

    month: str
    members_in: int
    askers: int | None
    in_pairs: int | None
    reminders: int


def rounded(count: int) -> int:
    return 0 if count < FEWEST else count - count % STEP


def month_of(now: datetime) -> str:
    """Return the month in UTC, since a server has no time zone of its own."""
    return f"{now.astimezone(UTC):%Y-%m}"


def begins(month: str) -> datetime:
    """Return the first moment of a month, which is the end of the one before."""
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)


def before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def earlier(month: str, many: int) -> str:
    """Return the month that is `many` months earlier."""
    for _ in range(many):
        month = before(month)
    return month


def ends(now: datetime) -> datetime:
    """Return when the current month ends."""
    return begins(after(month_of(now)))


def ended(first: str, now: datetime) -> Sequence[str]:
    """Return every month from `first` on that has ended."""
    found, month = [], first
    while month < month_of(now):
        found.append(month)
        month = after(month)
    return found
