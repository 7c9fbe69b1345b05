"""An ask: one private consultation with friends, from its draft until its text is destroyed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.asks.errors import AskClosed, NoMoreTime
from bot.asks.wait import Wait
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.text import is_blank

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
    """What an ask can be about. Nothing else is put to friends in writing."""

    OFF = "off"
    """Something felt off, and they aren't sure why."""
    SAID = "said"
    PUSHED = "pushed"
    SAW = "saw"
    NAMED = "named"

    @property
    def of_others(self) -> bool:
        """Whether it is about what somebody else did, so that a next step may involve the person it hurt."""
        return self in (AskKind.SAW, AskKind.NAMED)


class AskState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Reply(StrEnum):
    """The state of one answerer."""

    ASKED = "asked"
    READING = "reading"
    ANSWERED = "answered"
    CANT = "cant"
    BEYOND = "beyond"
    """They said that it is beyond them. The asker is told one to three hours later."""
    DANGER = "danger"
    """They said that somebody may be in danger. The asker was told at once, but not across a boundary."""
    WITHHELD = "withheld"
    """They answered, but a boundary was set before the asker was told of it. Nobody gets the answer.

    To the answerer it is an ordinary answer.
    """


UNDECIDED = (Reply.ASKED, Reply.READING)
"""The states of an answerer who has not replied. BEYOND is a reply that the asker is told of later."""


class AskText(Struct, frozen=True):
    """What the asker typed: what happened, how the other person reacted or may have felt, the question."""

    what: str = ""
    felt: str = ""
    asking: str = ""

    @property
    def complete(self) -> bool:
        """Whether the required fields are filled in."""
        return not (is_blank(self.what) or is_blank(self.felt))


class Answer(Struct, frozen=True):
    """What an answerer typed."""

    impact: str = ""
    step: str = ""
    missing: str = ""
    offer: str = ""

    @property
    def complete(self) -> bool:
        """Whether the required fields are filled in."""
        return not (is_blank(self.impact) or is_blank(self.step))


class Ask(Struct, frozen=True):
    """One ask.

    made_at: when its text was last written, or when it was begun if there is none yet.
    ends_at: when the wait for answers ends. over_at: when it did end, or when all had replied.
    extended: how often the wait was extended.
    written: how often its text was written (0: never). The sealed text is bound to that number.
    kept_days: for how many days its text is kept at most after it has closed. It is what the server had when
    the ask was begun, and it can only become less.
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
    kept_days: int = 7

    @property
    def destroyed_at(self) -> datetime | None:
        """When its text is destroyed; None until it has closed."""
        return None if self.closed_at is None else self.closed_at + timedelta(days=self.kept_days)

    def drafted_by(self, by: PersonId) -> None:
        """Raises NotYours for anybody but the asker, AlreadyDone if it has been sent."""
        if by != self.asker:
            raise NotYours
        if self.state is not AskState.DRAFT:
            raise AlreadyDone

    def sent(self, now: datetime, ends_at: datetime) -> "Ask":
        return replace(self, state=AskState.OPEN, sent_at=now, ends_at=ends_at, chosen=())

    def asked_by(self, by: PersonId) -> None:
        """Raises NotYours for anybody but the asker, and for a draft."""
        if by != self.asker or self.state is AskState.DRAFT:
            raise NotYours

    def taking_answers(self) -> None:
        """Raises AskClosed if it isn't open."""
        if self.state is not AskState.OPEN:
            raise AskClosed

    def closes_by_reading(self, askings: "Sequence[AskRecipient]") -> bool:
        """Whether reading the answers closes the ask. Its wait must be over, and no reply may be BEYOND.

        The asker is told of a BEYOND later, and the ask pauses then. One across a boundary doesn't count: it
        needn't pause the ask, and one that stayed open and wasn't paused would reveal it.
        """
        heard = all(one.reply is not Reply.BEYOND or one.withheld for one in askings)
        return self.state is AskState.OPEN and self.over_at is not None and heard

    def over(self, now: datetime) -> "Ask":
        return replace(self, over_at=now)

    def longer(self, ends_at: datetime) -> "Ask":
        """Extend the wait. Raises NoMoreTime after the second time."""
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


class AskRecipient(Struct, frozen=True):
    """One answerer's part in an ask.

    withheld: a boundary was set between the two before or after asking. It stays withheld when
    the boundary is lifted. Until the parting each of them sees what they saw before.
    parted: that boundary's parting is over. The asker sees a "can't", and the answerer sees what they would
    see if the ask had been withdrawn: their reply stays, and nothing can be added.
    opened: they have opened the text of the ask. told: the asker was told of the answer.
    shown: the asker has read it.
    written: how often its text was written, sent or not.
    """

    id: str
    ask: str
    answerer: PersonId
    reply: Reply
    asked_at: datetime
    withheld: bool = False
    parted: bool = False
    shown: bool = False
    told: bool = False
    opened: bool = False
    revision: int = 0
    written: int = 0

    def belongs_to(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, AskClosed if a boundary was set before they had opened it."""
        if by != self.answerer:
            raise NotYours
        # They may still have a message about it, so saying that it doesn't exist would reveal the boundary.
        if self.withheld and self.reply is Reply.ASKED:
            raise AskClosed

    def answering(self, by: PersonId) -> None:
        """Raises NotYours for anybody else, AlreadyDone if they answered, AskClosed if they can't."""
        self.belongs_to(by)
        if self.reply in (Reply.ANSWERED, Reply.WITHHELD):
            raise AlreadyDone
        if self.parted or self.reply in (Reply.CANT, Reply.BEYOND, Reply.DANGER):
            raise AskClosed

    @property
    def waits(self) -> bool:
        """Whether it waits for their reply, as far as they know."""
        unopened = self.reply is Reply.ASKED and not self.withheld
        return not self.parted and (unopened or self.reply is Reply.READING)

    @property
    def undecided(self) -> bool:
        """Whether the asker is told nothing more of them, so that nothing but a "can't" ends their part."""
        kept_back = self.withheld and self.reply in (Reply.WITHHELD, Reply.BEYOND, Reply.DANGER)
        return not self.parted and (self.reply in UNDECIDED or kept_back)

    @property
    def readable(self) -> bool:
        """Whether the asker may read the answer. What a boundary keeps from them is WITHHELD."""
        return self.reply is Reply.ANSWERED

    @property
    def as_shown(self) -> Reply:
        """The reply as far as the asker may know it: ASKED, ANSWERED or CANT, whatever the cause is."""
        if self.parted:
            return Reply.CANT
        return self.reply if self.reply in (Reply.ANSWERED, Reply.CANT) else Reply.ASKED

    def replied(self, reply: Reply) -> "AskRecipient":
        return replace(self, reply=reply)


def waited_for(askings: Sequence[AskRecipient]) -> list[AskRecipient]:
    """Return those who may still answer, as far as the asker knows."""
    return [one for one in askings if one.as_shown is Reply.ASKED]
