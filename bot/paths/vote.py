"""What companions say about a request, about moving on, and about going back a step."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.ids import PersonId

ON, BACK = "on", "back"
"""What a vote can be about, besides a request, whose id it then has. These two hold until they meet."""
BACK_TAKES = 2
"""How many companions it takes to go back one step."""
HANDING_BACK_TAKES = 2
"""How many companions, besides whoever entered it, it takes to hand a request back."""


class Said(StrEnum):
    YES = "yes"
    NOT_YET = "not_yet"
    HAND_BACK = "hand_back"
    """Of a request: it should be taken off the path."""
    HIDDEN = "hidden"
    """A boundary keeps the request from this companion, so their word isn't waited for."""


class Vote(Struct, frozen=True):
    path: str
    about: str
    person: PersonId
    said: Said
    at: datetime
