"""A draft as its writer sees it, at each step before `Send`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.asks.model import Ask, Words
from bot.ids import PersonId


class Around(Enum):
    """Whether somebody of the pod can be asked. That somebody rests must not look like that they left."""

    SOMEONE = "someone"
    AWAY = "away"
    NOBODY = "nobody"
    """Nobody has agreed to be asked yet."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What `/ask` finds: the draft to go on with, and what has to be said before it."""

    ask: Ask
    consented: bool
    around: Around
    days: int
    """How long text is kept here after an ask closes."""
    written: Ask | None = None
    """A draft with words in it, that was not sent."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as it lies there: its words so far, and the message that it began with, while it is kept."""

    ask: Ask
    words: Words
    message: str
    around: Around


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be sent. `people`: who can be asked now, by name, those picked among them."""

    ask: Ask
    words: Words
    people: Sequence[tuple[PersonId, str]]
    ends_at: datetime
    zone_known: bool
    kept_until: datetime | None
    earlier: Ask | None
    """What they asked here not long ago, if there is something of it to open."""
