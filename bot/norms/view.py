"""What is shown of norms."""

from dataclasses import dataclass

from bot.ids import PersonId
from bot.norms.model import Ballot, Change, Draft, Stand, Version
from bot.norms.note import Note


@dataclass(frozen=True, slots=True)
class Norms:
    """For a member: what is in force, what they said to it, and what is proposed."""

    version: Version | None
    stand: Stand | None
    proposal: Version | None = None
    ballot: Ballot | None = None
    said: Stand | None = None
    """What they said to the proposal."""


@dataclass(frozen=True, slots=True)
class Put:
    """A version as it was put to the group, with what it changed and how the counting stands."""

    version: Version
    ballot: Ballot
    before: Version | None
    """What was in force when it was put."""
    changes: tuple[Change, ...]
    yes: int
    concerns: int


@dataclass(frozen=True, slots=True)
class Desk:
    """For a moderator: the draft against what is in force, and what waits."""

    draft: Draft
    version: Version | None
    changes: tuple[Change, ...]
    proposal: Version | None
    ballot: Ballot | None
    yes: int
    concerns: int
    waiting: int
    """Concerns and suggestions sent to this moderator."""
    begun: bool
    """Whether the draft has been kept: else it is what is in force, as it stands."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A concern or a suggestion, with its text and who reads it."""

    note: Note
    text: str
    readers: dict[PersonId, str]
    """Moderators by id, with what they are called there; empty for whoever has no name there."""
    ticked: frozenset[PersonId]
    author: str = ""
    version: Version | None = None
