"""What one person is asked after a meeting, and what they say."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.ids import PersonId, ServerId


class Sense(StrEnum):
    """What a companion says. The person on the path never sees it, nor anything that depends on it."""

    NOTHING = "nothing"
    """Nothing to say. It answers the question, so that nobody has to say how they are."""
    GOING_ON = "going_on"
    UNSURE = "unsure"
    """I'm not sure it's honest."""
    WORRIED = "worried"
    """I'm worried about somebody's safety."""
    STOPPING = "stopping"

    @property
    def can_be_told(self) -> bool:
        return self in (Sense.UNSURE, Sense.WORRIED)


class Answer(Struct, frozen=True):
    """One person's answer about one meeting.

    met: whether they met; None before they say. sense: a companion's word. told: whether they told the
    other companions of it. alone: the companions met without the person.
    """

    id: str
    path: str
    server: ServerId
    person: PersonId
    number: int
    asked_at: datetime
    alone: bool
    met: bool | None = None
    sense: Sense | None = None
    told: bool = False
