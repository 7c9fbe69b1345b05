"""A check-in: one question to one partner, and their answer."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.errors import PairClosed

LATE_AFTER = timedelta(minutes=15)
TOO_LATE_AFTER = timedelta(hours=12)
"""A check-in that is this late, because the bot was off, is not asked, and doesn't count as missed."""
GENTLE_AFTER = 2
"""After this many rounds in a row without an answer, one message asks how they are."""
SILENT_AFTER = timedelta(days=7)
"""The time from that message to the question whether to change the time, pause or end."""


class CheckInStatus(StrEnum):
    ON_TRACK = "on_track"
    HARD = "hard"
    SLIPPED = "slipped"
    SKIP = "skip"
    UNASKED = "unasked"
    """It was not asked, because the bot was off."""


ANSWERS = (CheckInStatus.ON_TRACK, CheckInStatus.HARD, CheckInStatus.SLIPPED, CheckInStatus.SKIP)


class Wish(StrEnum):
    """`I'd like to talk`, and what the partner answered."""

    ASKED = "asked"
    LATER = "later"
    NOT_NOW = "not_now"


class CheckIn(Struct, frozen=True):
    """One check-in. `person` is asked. `partner` is the other partner of the pair.

    late: it was asked late, because the bot was off. last: no other check-in follows.
    written: how often the note was written; the sealed note is bound to that number.
    shared_at: when it was shared with the partner. withheld: there was a boundary then.
    seen: whether the partner has read it. told: whether the partner had a direct message about it.
    wish_withheld: there was a boundary at the wish or at the answer to it, or before a message told of them.
    moved_to: the time in the evening at which they wanted to be asked again. That is possible once.
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
    status: CheckInStatus | None = None
    written: int = 0
    shared_at: datetime | None = None
    withheld: bool = False
    seen: bool = False
    told: bool = False
    wish: Wish | None = None
    wish_withheld: bool = False
    revision: int = 0
    moved_to: datetime | None = None

    def of(self, by: PersonId) -> "CheckIn":
        """Return the check-in. Raises NotYours for anybody but the person who was asked."""
        if by != self.person:
            raise NotYours
        return self

    def takes(self, now: datetime) -> bool:
        """Whether it can be answered, or the answer changed, now."""
        return now < self.closes_at and self.status is not CheckInStatus.UNASKED

    def can_move(self, now: datetime) -> bool:
        """Whether it waits for an answer and was not moved yet."""
        return self.takes(now) and self.status is None and self.moved_to is None

    def waits_until(self, now: datetime) -> datetime | None:
        """Return the time in the evening to which it was moved, if that is still to come."""
        later = self.status is None and self.moved_to is not None and now < self.moved_to
        return self.moved_to if later else None

    def marked(self, status: CheckInStatus, now: datetime) -> "CheckIn":
        """Answer it, or change the answer. It is then no longer shared. Raises PairClosed."""
        if not self.takes(now):
            raise PairClosed
        if status not in ANSWERS:
            raise NotYours
        return replace(self, status=status, shared_at=None, withheld=False, seen=False)

    def noted(self, now: datetime) -> "CheckIn":
        """Count a new version of the note. It is no longer shared. Raises PairClosed."""
        if not self.takes(now) or self.status is None:
            raise PairClosed
        return replace(self, written=self.written + 1, shared_at=None, withheld=False, seen=False)

    def shared(self, now: datetime, *, withheld: bool) -> "CheckIn":
        """Let the partner read it; sharing it again changes nothing. Raises PairClosed."""
        if not self.takes(now) or self.status in (None, CheckInStatus.SKIP):
            raise PairClosed
        return (
            self if self.shared_at is not None else replace(self, shared_at=now, withheld=withheld, told=True)
        )

    def kept(self) -> "CheckIn":
        """Stop sharing the check-in, or don't share it. That is possible at any time."""
        if self.status is None:
            raise PairClosed
        return replace(self, shared_at=None, withheld=False, seen=False)

    def wished(self, now: datetime, *, withheld: bool) -> "CheckIn":
        """Record that they would like to talk. Raises AlreadyDone the second time, PairClosed too late."""
        if not self.takes(now):
            raise PairClosed
        if self.wish is not None:
            raise AlreadyDone
        return replace(self, wish=Wish.ASKED, wish_withheld=withheld)

    def answered(self, wish: Wish, *, withheld: bool) -> "CheckIn":
        """Record the partner's answer to the wish. Raises PairClosed if none is waiting."""
        if self.wish is not Wish.ASKED or wish is Wish.ASKED:
            raise PairClosed
        return replace(self, wish=wish, wish_withheld=withheld)

    @property
    def heard(self) -> Wish | None:
        """The wish as the person who made it sees it: a withheld answer looks like none."""
        return Wish.ASKED if self.wish is not None and self.wish_withheld else self.wish

    @property
    def answer_shown(self) -> bool:
        """Whether the person who made the wish sees that the partner has answered it."""
        return self.heard in (Wish.LATER, Wish.NOT_NOW)
