"""A note: a member's concern or suggestion to moderators."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.ids import PersonId, ServerId

KEPT_NOTE = timedelta(days=90)
"""How long a note is kept after it was sent."""
KEPT_DRAFT = timedelta(days=7)
"""How long an unsent note is kept after it was last written."""
LONGEST = 1000
"""The most characters of a note, as typed."""
MOST_WAITING = 10
"""How many suggestions of one member can wait in one server."""


class NoteKind(StrEnum):
    CONCERN = "concern"
    SUGGESTION = "suggestion"


class NoteState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"
    """A moderator has marked it as done."""


class Note(Struct, frozen=True):
    """A concern about a version, or a suggestion. Moderators see who wrote it."""

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
    """How often its text was written. The sealed text is bound to that number."""

    def sent(self, now: datetime) -> "Note":
        return replace(self, state=NoteState.SENT, sent_at=now)

    def done(self, now: datetime) -> "Note":
        return replace(self, state=NoteState.DONE, done_at=now)

    def opened_again(self) -> "Note":
        """Undo `done`."""
        return replace(self, state=NoteState.SENT, done_at=None)
