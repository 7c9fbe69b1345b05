"""An ask: one private consultation, from its draft to the day its text is destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.asks.errors import AskClosed, NoMoreTime
from bot.asks.wait import Wait
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId

OPEN_AT_MOST = 3
ASKED_AT_MOST = 3
MORE_TIME_AT_MOST = 2
DRAFT_KEPT = timedelta(days=7)
MESSAGE_KEPT = timedelta(hours=1)
UNREAD_REMINDER = timedelta(days=2)
UNREAD_CLOSES = timedelta(days=7)
PAUSE_CLOSES = timedelta(days=7)
SAME_WITHIN = timedelta(days=14)


class AskKind(StrEnum):
    """What an ask is about: only these go to friends in writing."""

    SAID = "said"
    PUSHED = "pushed"
    SAW = "saw"
    NAMED = "named"


class AskState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Reply(StrEnum):
    """Where one answerer is."""

    ASKED = "asked"
    READING = "reading"
    ANSWERED = "answered"
    CANT = "cant"
    BEYOND = "beyond"
    """They said that it is beyond them; the asker hears of it one to three hours later."""
    WITHHELD = "withheld"
    """They answered what they had read before a boundary was set: it reaches nobody."""


UNDECIDED = (Reply.ASKED, Reply.READING)
"""They have not replied. Whoever said that it is beyond them has: that is still heard."""


@dataclass(frozen=True, slots=True)
class AskText:
    """What the asker typed: what happened, what the other said or did and may have felt, the question."""

    what: str = ""
    felt: str = ""
    asking: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.what.strip() and self.felt.strip())


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answerer typed."""

    impact: str = ""
    step: str = ""
    missing: str = ""
    offer: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.impact.strip() and self.step.strip())


@dataclass(frozen=True, slots=True)
class Ask:
    """`made_at`: when it was begun, and from then on when its words were last written.

    `ends_at`: when the wait for answers ends. `over_at`: when it ended, or when all had replied.

    `written`: how often its words were written (0: never); the sealed text is bound to that number.
    """

    id: str
    asker: PersonId
    server: ServerId
    state: AskState
    made_at: datetime
    revision: int = 0
    kind: AskKind | None = None
    wait: Wait = Wait.TONIGHT
    chosen: tuple[PersonId, ...] = ()
    sent_at: datetime | None = None
    ends_at: datetime | None = None
    over_at: datetime | None = None
    closed_at: datetime | None = None
    extended: int = 0
    written: int = 0

    def drafted_by(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, AlreadyDone once it has been sent."""
        if by != self.asker:
            raise NotYours
        if self.state is not AskState.DRAFT:
            raise AlreadyDone

    def sent(self, now: datetime, ends_at: datetime) -> "Ask":
        return replace(self, state=AskState.OPEN, sent_at=now, ends_at=ends_at, chosen=())

    def asked_by(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, and for what was never sent."""
        if by != self.asker or self.state is AskState.DRAFT:
            raise NotYours

    def taking_answers(self) -> None:
        """Raises Closed when nothing more can be said to it."""
        if self.state is not AskState.OPEN:
            raise AskClosed

    def closes_by_reading(self, askings: "Sequence[AskRecipient]") -> bool:
        """Whether reading closes it: the wait is over, and no `This is beyond me` is still to be heard."""
        heard = all(one.reply is not Reply.BEYOND for one in askings)
        return self.state is AskState.OPEN and self.over_at is not None and heard

    def over(self, now: datetime) -> "Ask":
        return replace(self, over_at=now)

    def longer(self, ends_at: datetime) -> "Ask":
        """Another wait; raises NoMoreTime after the second."""
        self.taking_answers()
        if self.extended >= MORE_TIME_AT_MOST:
            raise NoMoreTime
        return replace(self, ends_at=ends_at, over_at=None, extended=self.extended + 1)

    def paused(self) -> "Ask":
        self.taking_answers()
        return replace(self, state=AskState.PAUSED)

    def closed(self, now: datetime) -> "Ask":
        if self.state not in (AskState.OPEN, AskState.PAUSED):
            raise AlreadyDone
        return replace(self, state=AskState.CLOSED, closed_at=now, over_at=self.over_at or now)


@dataclass(frozen=True, slots=True)
class AskRecipient:
    """One answerer's part in an ask. `held`: a boundary was set between the two, before it or since.

    What is held stays held, also when the boundary is lifted; until the parting each sees what they saw.

    `shown`: the asker has read this answer. `written`: how often its words were written, sent or not.
    """

    id: str
    ask: str
    answerer: PersonId
    reply: Reply
    asked_at: datetime
    held: bool = False
    shown: bool = False
    revision: int = 0
    written: int = 0

    def belongs_to(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, Closed for what they had not opened when a boundary was set."""
        if by != self.answerer:
            raise NotYours
        # Its message may stand among theirs: to say that there is none would tell of the boundary.
        if self.held and self.reply is Reply.ASKED:
            raise AskClosed

    def answering(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, AlreadyDone once they answered, Closed where they cannot."""
        self.belongs_to(by)
        if self.reply in (Reply.ANSWERED, Reply.WITHHELD):
            raise AlreadyDone
        if self.reply in (Reply.CANT, Reply.BEYOND):
            raise AskClosed

    @property
    def readable(self) -> bool:
        """Whether the asker may read the answer; what they have read they may read again."""
        return self.reply is Reply.ANSWERED and (self.shown or not self.held)

    def replied(self, reply: Reply) -> "AskRecipient":
        return replace(self, reply=reply)


def waited_for(askings: Sequence[AskRecipient]) -> list[AskRecipient]:
    """Those from whom an answer may still come."""
    settled = (Reply.ANSWERED, Reply.CANT)
    return [one for one in askings if one.reply not in settled]
