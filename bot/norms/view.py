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
    was_in: int | None = None
    """The newest version that they are in for, by its number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member says to a version, after a press."""

    version: Version
    stand: Stand | None
    fresh: bool
    """Whether that press changed anything."""
    concern: bool
    """Whether moderators have a concern of theirs about it."""


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
    """Both as of now, while it is counted; else as of its close."""
    newer: Version | None = None
    """What took its place."""


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
    """Whether the draft has been kept: else it is the proposal, or what is in force, as it stands."""


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
    outdated: bool = False
    """Not sent yet, and its version can't be answered any more."""
    newer: Version | None = None
    """The one that can be answered instead."""
