"""A boundary: two people whom Plumbline never connects, whichever of them set it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.ids import PersonId

BOUNDARIES_AT_MOST = 50
"""How many boundaries a person can have."""


class Meet(Enum):
    """How two people may be put together. A boundary never leads to a refusal, which would reveal it."""

    OPENLY = "openly"
    SILENTLY = "silently"
    """The same rows are written, but what would reach the other person is withheld for good."""

    @property
    def withheld(self) -> bool:
        return self is Meet.SILENTLY


@dataclass(frozen=True, slots=True)
class Boundary:
    id: str
    owner: PersonId
    other: PersonId
    made_at: datetime


def parting_time(now: datetime) -> datetime:
    """Return when the other person may see ties end: a random time 1 to 24 hours later, to reveal nothing."""
    return now + timedelta(seconds=random.SystemRandom().uniform(3600, 24 * 3600))
