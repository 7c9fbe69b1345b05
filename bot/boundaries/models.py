"""A boundary: two people that Plumbline never connects, whoever of them set it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.ids import PersonId

MOST = 50
"""Boundaries that one person can hold."""


class Meet(Enum):
    """How two people may be put together; nobody is ever refused because of a boundary."""

    OPENLY = "openly"
    SILENTLY = "silently"
    """The same rows are written; what would reach the addressee is held back, for good."""

    @property
    def held(self) -> bool:
        return self is Meet.SILENTLY


@dataclass(frozen=True, slots=True)
class Boundary:
    id: str
    owner: PersonId
    other: PersonId
    made_at: datetime


def parting_time(now: datetime) -> datetime:
    """When the other may see ties end: 1 to 24 hours on, at a random moment, so that it tells nothing."""
    return now + timedelta(seconds=random.SystemRandom().uniform(3600, 24 * 3600))
