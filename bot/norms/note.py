"""A member's words to moderators."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.ids import PersonId, ServerId

KEPT_NOTE = timedelta(days=90)
"""How long a concern or a suggestion is kept after it was sent."""


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
    written: int = 0
    """How often its text was written: part of the cell that it is sealed for."""

    def sent(self, now: datetime) -> "Note":
        return replace(self, state=NoteState.SENT, sent_at=self.sent_at or now)
