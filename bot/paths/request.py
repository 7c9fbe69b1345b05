"""A request: what was asked of the person on a path, brought to a companion out loud and entered by them."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.ids import PersonId
from bot.paths.models import Step

REQUESTS_AT_MOST = 5
"""How many of distance, and how many others, a path can have at once.

They are counted apart: a request for distance must not be refused because of one that the person can't see.
"""
OWN_REQUESTS_AT_MOST = 3
"""How many of these one companion can have entered, so that false ones leave room for true ones."""


class RequestKind(StrEnum):
    DISTANCE = "distance"
    WHO_KNOWS = "who_knows"
    """Who should know."""
    HELP = "help"
    ANSWER = "answer"
    APOLOGY = "apology"
    OTHER = "other"

    @property
    def at_once(self) -> bool:
        """Whether it reaches the person at once, at any step: distance costs little."""
        return self is RequestKind.DISTANCE

    def reaches_at(self, step: Step) -> bool:
        """Whether it can reach the person at this step, once the companions agree."""
        return self.at_once or step.releases


class Request(Struct, frozen=True):
    """One request, without its sentence, which is sealed. Nothing says who asked.

    by: the companion who entered it. released_at: when it reached the person; None before, and then they
    must not see any trace of it. withheld: a boundary keeps it from the person, and the companions see it
    as released. reader: the person whom it reached. From then on its sentence is sealed with their key, since
    they received it: erasing whoever entered it takes only that name out of it.
    """

    id: str
    path: str
    by: PersonId
    kind: RequestKind
    made_at: datetime
    released_at: datetime | None = None
    withheld: bool = False
    reader: PersonId | None = None

    @property
    def reached(self) -> bool:
        """Whether the person on the path can see it."""
        return self.released_at is not None and not self.withheld

    def released(self, now: datetime, reader: PersonId | None) -> "Request":
        """Release it. reader: the person on the path; None if a boundary keeps it from them."""
        return replace(self, released_at=now, withheld=reader is None, reader=reader)
