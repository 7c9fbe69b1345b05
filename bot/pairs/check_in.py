"""A check-in: one question to one partner, and what they make of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.errors import PairClosed

LATE_AFTER = timedelta(minutes=15)
TOO_LATE_AFTER = timedelta(hours=12)
"""After so long without a running bot a check-in is not asked any more, and counted against nobody."""
GENTLE_AFTER = 2
"""Rounds in a row without an answer, after which one line asks how it is."""
SILENT_AFTER = timedelta(days=7)
"""From that line to the question whether to change the time, pause or end."""


class Status(StrEnum):
    ON_TRACK = "on_track"
    HARD = "hard"
    SLIPPED = "slipped"
    SKIP = "skip"
    UNASKED = "unasked"
    """The bot was not there at its time."""


ANSWERS = (Status.ON_TRACK, Status.HARD, Status.SLIPPED, Status.SKIP)


class Wish(StrEnum):
    """`I'd like to talk`, and what the other said."""

    ASKED = "asked"
    LATER = "later"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`shared_at`: when it was shared with the partner; `held`: a boundary stood between them then.

    `seen`: whether the partner has read what was shared. `told`: whether they had a message of it. `last`: no
    other follows. `wish_held`: the wish, or the answer to it, reaches nobody.
    """

    id: str
    pair: str
    side: str
    server: ServerId
    person: PersonId
    partner: PersonId
    day: date
    question: int
    asked_at: datetime
    closes_at: datetime
    late: bool = False
    last: bool = False
    status: Status | None = None
    written: int = 0
    shared_at: datetime | None = None
    held: bool = False
    seen: bool = False
    told: bool = False
    wish: Wish | None = None
    wish_held: bool = False
    revision: int = 0

    def of(self, by: PersonId) -> "CheckIn":
        """Raises NotYours for anybody but the one who was asked."""
        if by != self.person:
            raise NotYours
        return self

    def takes(self, now: datetime) -> bool:
        """Whether it can be answered, or answered otherwise, now."""
        return now < self.closes_at and self.status is not Status.UNASKED

    def marked(self, status: Status, now: datetime) -> "CheckIn":
        """An answer, or another one; whether to share it is asked anew each time."""
        if not self.takes(now):
            raise PairClosed
        if status not in ANSWERS:
            raise NotYours
        return replace(self, status=status, shared_at=None, held=False, seen=False)

    def noted(self, now: datetime) -> "CheckIn":
        """A note was added, or put in other words."""
        if not self.takes(now) or self.status is None:
            raise PairClosed
        return replace(self, written=self.written + 1, shared_at=None, held=False, seen=False)

    def shared(self, now: datetime, *, held: bool) -> "CheckIn":
        """The partner may read it. The same again changes nothing."""
        if not self.takes(now) or self.status in (None, Status.SKIP):
            raise PairClosed
        return self if self.shared_at is not None else replace(self, shared_at=now, held=held, told=True)

    def kept(self) -> "CheckIn":
        """It is theirs alone; what was shared can be taken back at any time."""
        if self.status is None:
            raise PairClosed
        return replace(self, shared_at=None, held=False, seen=False)

    def wished(self, now: datetime, *, held: bool) -> "CheckIn":
        """They would like to talk; once a round."""
        if not self.takes(now):
            raise PairClosed
        if self.wish is not None:
            raise AlreadyDone
        return replace(self, wish=Wish.ASKED, wish_held=held)

    def answered(self, wish: Wish, *, held: bool) -> "CheckIn":
        """What the partner says to it."""
        if self.wish is not Wish.ASKED or wish is Wish.ASKED:
            raise PairClosed
        return replace(self, wish=wish, wish_held=held)

    @property
    def heard(self) -> Wish | None:
        """The wish as the one who made it knows it."""
        return Wish.ASKED if self.wish is not None and self.wish_held else self.wish
