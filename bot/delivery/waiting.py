"""What is due and not delivered yet."""

from datetime import datetime

from msgspec import Struct


class Waiting(Struct, frozen=True):
    """How much of one kind is due, and when the oldest of it was.

    held_back: it waits for a new DM channel, of which only so many may be opened in a minute.
    """

    kind: str
    count: int
    since: datetime
    held_back: bool = False
