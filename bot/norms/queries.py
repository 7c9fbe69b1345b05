"""What members and moderators get to see of norms, and what the message in the channel shows."""

from dataclasses import dataclass

from bot.errors import NotYours
from bot.ids import PersonId
from bot.norms import stand_store, store
from bot.norms.changes import changes
from bot.norms.models import (
    IN_FORCE,
    Ballot,
    NormChange,
    NormDraft,
    Stand,
    StandsNoMore,
    Version,
    VersionState,
)
from bot.norms.note import Note
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class NormsShown:
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
class StandAnswer:
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
    changes: tuple[NormChange, ...]
    yes: int
    concerns: int
    """Both as of now, while it is counted; else as of its close."""
    newer: Version | None = None
    """What took its place."""


@dataclass(frozen=True, slots=True)
class NormDesk:
    """For a moderator: the draft against what is in force, and what waits."""

    draft: NormDraft
    version: Version | None
    changes: tuple[NormChange, ...]
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


class NormQueries:
    """A member reaches what was put to a server where they are, and nothing of another."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._channel_posts = context.channel_posts
        self._people = people

    @reads
    async def shown(self, tx: Tx, version: str) -> Put:
        """For the message in the channel, which is nobody's; raises NotYours for none."""
        return await self.look(tx, version)

    @reads
    async def see(self, tx: Tx, person: PersonId, version: str) -> Put:
        """For a member; raises NotYours for a version of a server where they are not."""
        await self.reached(tx, person, version)
        return await self.look(tx, version)

    @reads
    async def posted(self, tx: Tx, person: PersonId, post: str) -> Put:
        """The version that a message in the channel is about."""
        found = await self._channel_posts.get(tx, post)
        await self.reached(tx, person, subject := "" if found is None else found.subject)
        return await self.look(tx, subject)

    async def look(self, tx: Tx, version: str) -> Put:
        found, ballot = await store.get(tx, version), await store.ballot(tx, version)
        if found is None or ballot is None:
            raise NotYours
        before = await store.in_force_before(tx, found)
        differs = changes(() if before is None else before.norms, found.norms)
        newer = (
            None if ballot.state is VersionState.OPEN else await store.in_place_of(tx, found, ballot.state)
        )
        lives = newer is None and ballot.state in (VersionState.OPEN, *IN_FORCE)
        counted = await stand_store.count(tx, version) if lives else (ballot.yes, ballot.concerns)
        return Put(found, ballot, before, tuple(differs), *counted, newer=newer)

    async def reached(self, tx: Tx, person: PersonId, version: str) -> Version:
        """Raises NotYours unless it is of a server where they use the bot."""
        found = await store.get(tx, version)
        if found is None or found.server not in await self._people.servers(tx, person):
            raise NotYours
        return found

    async def standing(self, tx: Tx, person: PersonId, version: str) -> Version:
        """A version that they can still answer, proposed or in force; else raises StandsNoMore."""
        found = await self.reached(tx, person, version)
        if not await self.stands(tx, found):
            raise StandsNoMore
        return found

    async def stands(self, tx: Tx, version: Version) -> bool:
        held, ballot = await store.in_force(tx, version.server), await store.ballot(tx, version.id)
        return held == version or (ballot is not None and ballot.state is VersionState.OPEN)
