"""A member's words to moderators."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Refusal
from bot.ids import PersonId, ServerId

KEPT_NOTE = timedelta(days=90)
"""How long a concern or a suggestion is kept after it was sent."""
KEPT_DRAFT = timedelta(days=7)
"""How long one that was not sent is kept after it was last written."""
LONGEST = 1000
"""Characters, as typed."""
MOST_WAITING = 10
"""How many suggestions of one member may wait for moderators of one server."""


class NotWritten(Refusal):
    """There is no text in it to send."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class NobodyReads(Refusal):
    """Nobody is left who would read it."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class NoteKind(StrEnum):
    CONCERN = "concern"
    SUGGESTION = "suggestion"


class NoteState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"
    """A moderator has seen to it."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a member tells moderators, by name: a concern about a version, or a suggestion."""

    id: str
    server: ServerId
    kind: NoteKind
    person: PersonId
    made_at: datetime
    version: str | None = None
    state: NoteState = NoteState.DRAFT
    sent_at: datetime | None = None
    done_at: datetime | None = None
    written: int = 0
    """How often its text was written: part of the cell that it is sealed for."""

    def sent(self, now: datetime) -> "Note":
        return replace(self, state=NoteState.SENT, sent_at=now)

    def done(self, now: datetime) -> "Note":
        return replace(self, state=NoteState.DONE, done_at=now)
