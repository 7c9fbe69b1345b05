"""A month of a server, in counts that point at nobody."""

from dataclasses import dataclass
from datetime import datetime

STEP = 5
"""Counts are rounded down to a multiple of this: a single person is never seen in them."""

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
    return f"{now:%Y-%m}"
