"""A report: a passage that somebody wrote to the reporter, sent to moderators whom the reporter chose."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId

KEPT = timedelta(days=30)
"""How long a report is kept after it was sent."""
KEPT_DRAFT = timedelta(days=7)
"""How long an unsent report is kept after it was last changed."""
LONGEST_REASON = 1000
"""The most characters of a reason, as typed."""
DRAFTS_AT_MOST = 10
"""How many unsent reports somebody can have."""
READERS_AT_MOST = 25
"""The most options of a Discord select. The moderators who were active last are named."""


class PassageKind(StrEnum):
    """What can be reported. Each kind has its reader in `bot/wiring.py`."""

    ASK = "ask"
    ANSWER = "answer"
    NOTE = "note"
    """The note of a check-in that was shared."""
    AIMS = "aims"
    """What a partner wrote for both when the pair began."""
    INVITATION = "invitation"
    """An invitation to somebody's pod. It contains no text."""
    PROPOSAL = "proposal"
    """A proposal to be a pair. It contains no text that the other person can see."""


Words = tuple[tuple[str, str], ...]
"""Texts as they were typed, each with its key: the name of the form's field."""


class Passage(Struct, frozen=True):
    """What one person wrote to another, as its slice reads it for the person whom it was meant for.

    row: the id of its row. at: when it came, or what it belongs to. A blank text is none. An invitation has
    no texts, and is reported as such.
    """

    kind: PassageKind
    row: str
    server: ServerId
    author: PersonId
    at: datetime | None
    texts: Words = ()


class ReportState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"
    """A moderator has marked it as done."""


class Report(Struct, frozen=True):
    """One report, without what is sealed.

    about: a keyed hash of the passage and the reporter, so that a passage has one report of each person.
    author: a keyed hash of the account that wrote the passage. It outlives an erasing of that account. None
    in drafts of older versions, and in what these sent if nobody knew it.
    written: how often its content was written. The sealed content is bound to that number.
    """

    id: str
    server: ServerId
    reporter: PersonId
    about: bytes
    made_at: datetime
    state: ReportState = ReportState.DRAFT
    author: bytes | None = None
    sent_at: datetime | None = None
    done_at: datetime | None = None
    written: int = 0

    @property
    def draft(self) -> bool:
        return self.state is ReportState.DRAFT

    def goes_at(self, now: datetime) -> datetime:
        """When it is deleted, if nothing else happens to it."""
        return now + KEPT_DRAFT if self.sent_at is None else self.sent_at + KEPT

    def rewritten(self) -> "Report":
        return replace(self, written=self.written + 1)

    def sent(self, author: bytes | None, now: datetime) -> "Report":
        return replace(self, state=ReportState.SENT, author=author, sent_at=now)

    def done(self, now: datetime) -> "Report":
        """Mark it as done. Raises AlreadyDone if it is."""
        if self.state is not ReportState.SENT:
            raise AlreadyDone
        return replace(self, state=ReportState.DONE, done_at=now)

    def opened_again(self) -> "Report":
        """Undo `done`. Raises AlreadyDone if it isn't done."""
        if self.state is not ReportState.DONE:
            raise AlreadyDone
        return replace(self, state=ReportState.SENT, done_at=None)


class Content(Struct, frozen=True):
    """What a report contains. All of it is sealed, since it says who wrote what to whom.

    keys: which of the passage's texts are reported. texts: these texts, copied when the report was sent.
    """

    kind: PassageKind
    row: str
    author: PersonId
    keys: tuple[str, ...] = ()
    reason: str = ""
    texts: Words = ()


class BarState(StrEnum):
    PROPOSED = "proposed"
    """It waits for a second moderator."""
    HOLDS = "holds"


LASTS = timedelta(days=30)
"""How long a bar holds."""
KEPT_PROPOSAL = timedelta(days=7)
"""How long a proposed bar waits for a second moderator."""


class Bar(Struct, frozen=True):
    """A bar from starting something with others in one server.

    account: a keyed hash of the account. Nothing else says whom it is about, so it outlives an erasing.
    by: the moderator who proposed it. report: the report it was proposed from.
    until: until when it holds, or waits for a second moderator.
    """

    id: str
    server: ServerId
    account: bytes
    by: PersonId
    made_at: datetime
    until: datetime
    state: BarState = BarState.PROPOSED
    report: str | None = None

    @property
    def holds(self) -> bool:
        return self.state is BarState.HOLDS

    def confirmed(self, now: datetime) -> "Bar":
        return replace(self, state=BarState.HOLDS, until=now + LASTS)


class Start(StrEnum):
    """What somebody can start with others.

    A bar is from all but carriers, letting, requests, words and reports.
    """

    ASK = "ask"
    MORE = "more"
    """Asking further people in an ask that was sent."""
    INVITATION = "invitation"
    PROPOSAL = "proposal"
    TALK = "talk"
    COMPANION = "companion"
    """An invitation to accompany a path."""
    CARRIER = "carrier"
    """Asking somebody to carry one's terms. It is counted, and no bar is from it."""
    LET = "let"
    """Letting somebody who carries one's terms read them as they are now. The same holds for it."""
    DISTANCE = "distance"
    REQUEST = "request"
    """A request for distance that a companion enters beside a path, and any other one.

    No bar is from them, because somebody who was harmed may have asked. They are counted apart: one for
    distance must not be refused because of some that the person on the path can't see.
    """
    WORD = "word"
    """Asking the companions of a path for their word: on handing a request back, or on moving on.

    It can be taken back and said again. Beyond the limit it counts and can be seen, and nobody is written to.
    """
    NIGHT = "night"
    """Planning a night out. `COMPANY` is inviting somebody along, `LOOK` asking somebody to look out."""
    COMPANY = "company"
    LOOK = "look"
    REPORT = "report"


class Limit(Struct, frozen=True):
    """How many can be started within a span. It begins with the first of them."""

    most: int
    span: timedelta


class Limits(Struct, frozen=True):
    """What one person can start, and what they can start with the same other person."""

    own: Limit
    of_two: Limit | None = None


_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
LIMITS = {
    Start.ASK: Limits(Limit(10, _DAY), Limit(5, _DAY)),
    Start.MORE: Limits(Limit(20, _DAY), Limit(5, _DAY)),
    Start.INVITATION: Limits(Limit(20, _DAY), Limit(3, _MONTH)),
    Start.PROPOSAL: Limits(Limit(10, _DAY), Limit(3, _MONTH)),
    Start.COMPANION: Limits(Limit(10, _DAY), Limit(3, _MONTH)),
    Start.DISTANCE: Limits(Limit(10, _DAY), Limit(5, _MONTH)),
    Start.REQUEST: Limits(Limit(10, _DAY), Limit(5, _MONTH)),
    Start.TALK: Limits(Limit(10, _DAY), Limit(5, _DAY)),
    Start.CARRIER: Limits(Limit(10, _DAY), Limit(3, _MONTH)),
    Start.LET: Limits(Limit(10, _MONTH), Limit(3, _DAY)),
    Start.WORD: Limits(Limit(5, _MONTH)),
    Start.NIGHT: Limits(Limit(6, _DAY)),
    Start.COMPANY: Limits(Limit(20, _DAY), Limit(5, _DAY)),
    Start.LOOK: Limits(Limit(20, _DAY), Limit(5, _DAY)),
    Start.REPORT: Limits(Limit(5, _DAY)),
}
"""Numbers that nobody meets who means well."""
