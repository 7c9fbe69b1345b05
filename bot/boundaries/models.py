"""A boundary: two people whom Plumbline never connects, whichever of them set it."""

import random
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from bot.ids import PersonId

BOUNDARIES_AT_MOST = 50
"""How many boundaries a person can have."""
SOONEST, LATEST = timedelta(hours=1), timedelta(hours=24)
"""How long after a boundary was set a tie between the two may end."""


class Meet(Enum):
    """How two people may be put together. A boundary never leads to a refusal, which would reveal it."""

    OPENLY = "openly"
    SILENTLY = "silently"
    """The same rows are written, but what would reach the other person is withheld for good."""

    @property
    def withheld(self) -> bool:
        return self is Meet.SILENTLY


class Boundary(Struct, frozen=True):
    """One boundary, as its owner sees it.

    other: None while nobody of that account is known, because they erased what the bot held of them.
    """

    id: str
    owner: PersonId
    other: PersonId | None
    made_at: datetime

    @property
    def set_by(self) -> datetime:
        """When it had been set at the latest: its time is rounded down to the hour."""
        return self.made_at + timedelta(hours=1)


def parting_time(now: datetime, until: datetime | None = None) -> datetime:
    """Return when the other person may see one tie end: a random time 1 to 24 hours later.

    until: the latest time, where one tie must not outlast another.
    """
    latest = LATEST if until is None else max(min(LATEST, until - now), SOONEST)
    seconds = random.SystemRandom().uniform(SOONEST.total_seconds(), latest.total_seconds())
    return now + timedelta(seconds=seconds)


def late_time(now: datetime) -> datetime:
    """Return when a tie ends whose time passed while the bot was off: within an hour, and not with others."""
    return now + timedelta(seconds=random.SystemRandom().uniform(0, timedelta(hours=1).total_seconds()))


def to_the_hour(now: datetime) -> datetime:
    """Return the beginning of the hour. To the microsecond, it could be matched with rows about the other."""
    return now.replace(minute=0, second=0, microsecond=0)
