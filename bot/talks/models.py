"""A talk: a request to talk in person, to one person at a time. It contains no text."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.talks.errors import TalkClosed

WAITS = timedelta(hours=24)
"""How long one person has to answer."""
KEPT = timedelta(days=7)
"""How long a talk is kept after an answer of any kind."""
KEPT_AFTER_TAKING_BACK = timedelta(days=1)
ASKED_AGAIN_AFTER = timedelta(days=2)
MOST_QUESTIONS = 2
"""How often the asker is asked whether they got to talk."""
_MORNING = time(10)


class TalkState(StrEnum):
    WAITING = "waiting"
    """One person was asked and has not answered."""
    FREE = "free"
    """Nobody is being asked now, and the asker may pick the next person."""
    AGREED = "agreed"
    FOLLOWED = "followed"
    """The asker was asked whether they got to talk, and has not answered."""
    TALKED = "talked"
    CLOSED = "closed"

    @property
    def open(self) -> bool:
        return self not in (TalkState.TALKED, TalkState.CLOSED)


class TalkAbout(StrEnum):
    """What a talk is about, as far as the screen says on which it was begun. Its texts depend on it."""

    DID = "did"
    """Something that the asker did."""
    OTHERS = "others"
    """Something that the asker saw or heard of."""
    HARD = "hard"
    """It isn't known. Its texts also fit somebody who was hurt, or who is thinking about suicide."""


class Reply(StrEnum):
    TODAY = "today"
    TOMORROW = "tomorrow"
    CANT = "cant"
    """They said so, or the time passed, or they rest, left or were parted. All look the same to the asker."""


class Did(StrEnum):
    """What the asker says about the talk on the next day."""

    YES = "yes"
    NOT_YET = "not_yet"
    COULDNT = "couldnt"


class Request(Struct, frozen=True):
    """One person who was asked.

    withheld: there is a boundary, so it doesn't reach them, or the asker isn't told of their yes.
    """

    id: str
    person: PersonId
    asked_at: datetime
    withheld: bool = False
    reply: Reply | None = None

    @property
    def lapses_at(self) -> datetime:
        return self.asked_at + WAITS


class Talk(Struct, frozen=True):
    """One talk.

    asked: the requests, in order; the last one is the current one.
    day: a time on the day on which they mean to talk. goes_at: when the talk is deleted.
    """

    id: str
    asker: PersonId
    server: ServerId
    state: TalkState
    asked: tuple[Request, ...]
    questions: int = 0
    day: datetime | None = None
    goes_at: datetime | None = None
    seen: bool = False
    """Whether the asker was told that this person agreed."""
    about: TalkAbout = TalkAbout.HARD
    revision: int = 0

    @property
    def current(self) -> Request:
        return self.asked[-1]

    @property
    def agreed(self) -> bool:
        """Whether the two mean to talk, or meant to and haven't said yet whether they did."""
        return self.state in (TalkState.AGREED, TalkState.FOLLOWED)

    @property
    def yes_withheld(self) -> bool:
        """Whether a boundary keeps from the asker that this person agreed."""
        return self.agreed and self.current.withheld

    @property
    def hidden(self) -> bool:
        """Whether a boundary keeps the request from the person who was asked. What they agreed to stays."""
        return self.current.withheld and not self.yes_withheld

    @property
    def as_shown(self) -> "Talk":
        """Return the talk as its asker may see it. A withheld yes looks as if it had not come yet."""
        if not self.yes_withheld:
            return self
        return replace(self._replied(None), state=TalkState.WAITING, day=None, goes_at=None)

    @property
    def untold(self) -> bool:
        """Whether its asker was not told yet that this person agreed."""
        return self.state is TalkState.AGREED and not self.seen and not self.current.withheld

    def was_asked(self, person: PersonId) -> bool:
        return any(request.person == person for request in self.asked)

    def asking(self, request: Request, about: TalkAbout) -> "Talk":
        """Ask the next person. Nobody can be asked twice."""
        if self.state is not TalkState.FREE or self.was_asked(request.person):
            raise AlreadyDone
        asked = (*self.asked, request)
        return replace(
            self,
            state=TalkState.WAITING,
            asked=asked,
            questions=0,
            day=None,
            goes_at=None,
            seen=False,
            about=about,
        )

    def answered(self, reply: Reply, now: datetime) -> "Talk":
        """Record the answer of the person who was asked: a day, or that they can't."""
        if self.state is not TalkState.WAITING:
            raise TalkClosed
        if reply is Reply.CANT:
            return self.lost(now)
        day = now if reply is Reply.TODAY else now + timedelta(days=1)
        return replace(self._replied(reply), state=TalkState.AGREED, day=day, goes_at=now + KEPT)

    def lost(self, now: datetime) -> "Talk":
        """End the current request without a talk, so that the asker may pick another person.

        With a yes that was withheld, its mark goes: whoever agreed still sees that it has ended.
        """
        if self.state not in (TalkState.WAITING, TalkState.AGREED, TalkState.FOLLOWED):
            raise AlreadyDone
        ended = replace(self.current, reply=Reply.CANT, withheld=self.hidden)
        asked = (*self.asked[:-1], ended)
        return replace(self, asked=asked, state=TalkState.FREE, day=None, goes_at=now + KEPT)

    def taken_back(self, by: PersonId, now: datetime) -> "Talk":
        """Take the talk back. That is possible until it is answered, and while nobody is being asked."""
        if by != self.asker:
            raise NotYours
        if self.state not in (TalkState.WAITING, TalkState.FREE):
            raise AlreadyDone
        return replace(self, state=TalkState.CLOSED, goes_at=now + KEPT_AFTER_TAKING_BACK)

    def follows_at(self, zone: ZoneInfo, answered_at: datetime) -> datetime:
        """When to ask whether they talked: the morning after the day, or a day after the answer if sooner."""
        day = self.day or answered_at
        local = day.astimezone(zone).date() + timedelta(days=1)
        morning = datetime.combine(local, _MORNING, zone).astimezone(answered_at.tzinfo)
        return min(morning, day + timedelta(days=1))

    def followed(self) -> "Talk":
        if self.state is not TalkState.AGREED:
            raise AlreadyDone
        return replace(self, state=TalkState.FOLLOWED, questions=self.questions + 1)

    def told(self, did: Did, now: datetime) -> "Talk":
        """Record what the asker says about the talk."""
        if self.state not in (TalkState.AGREED, TalkState.FOLLOWED):
            raise AlreadyDone
        if did is Did.COULDNT:
            return self.lost(now)
        if did is Did.YES:
            return replace(self, state=TalkState.TALKED)
        return replace(self, state=TalkState.AGREED if self.asked_again_at(now) else TalkState.CLOSED)

    def asked_again_at(self, now: datetime) -> datetime | None:
        """When "Did you get to talk?" is asked again after a `Not yet`; None if it is not."""
        again = now + ASKED_AGAIN_AFTER
        kept = self.goes_at is None or again < self.goes_at
        return again if self.questions < MOST_QUESTIONS and kept else None

    def _replied(self, reply: Reply | None) -> "Talk":
        return replace(self, asked=(*self.asked[:-1], replace(self.current, reply=reply)))
