"""What members and moderators see of norms, and what the message in the channel shows."""

from msgspec import Struct

from bot.errors import NotYours
from bot.ids import PersonId
from bot.norms import stand_store, store
from bot.norms.changes import changes
from bot.norms.errors import StandsNoMore
from bot.norms.models import IN_FORCE, Ballot, NormChange, NormDraft, Stand, Version, VersionState
from bot.norms.note import Note
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class NormsShown(Struct, frozen=True):
    """For a member: what is in force, their answer to it, and what is proposed."""

    version: Version | None
    stand: Stand | None
    proposal: Version | None = None
    ballot: Ballot | None = None
    said: Stand | None = None
    """Their answer to the proposal."""
    was_in: int | None = None
    """The number of the newest version that they are in for."""


class StandAnswer(Struct, frozen=True):
    """A member's answer to a version, after they have changed it."""

    version: Version
    stand: Stand | None
    fresh: bool
    """Whether anything changed."""
    concern: bool
    """Whether they have sent moderators a concern about it."""
    yes: int = 0
    """How many members are in, as of their answer."""
    voting: bool = True
    """Whether the vote on the version goes on, so that a concern will count in its result."""


class Put(Struct, frozen=True):
    """A version as it was put to the group, with what it changed and the counts."""

    version: Version
    ballot: Ballot
    before: Version | None
    """What was in force before it."""
    changes: tuple[NormChange, ...]
    yes: int
    """How many members are in: now, or when the version stopped taking answers."""
    concerns: int
    """How many had a concern when it was voted down; 0 while the version can be answered (see `Ballots`)."""
    newer: Version | None = None
    """The version that replaced it."""


class NormDesk(Struct, frozen=True):
    """For a moderator: the draft compared with what is in force, and the notes that wait."""

    draft: NormDraft
    version: Version | None
    changes: tuple[NormChange, ...]
    proposal: Version | None
    ballot: Ballot | None
    yes: int
    waiting: int
    """How many notes sent to this moderator wait."""
    done: int
    """How many of them are done and still kept."""
    begun: bool
    """Whether a draft is stored. If not, it is the proposal or what is in force, unchanged."""


class Letter(Struct, frozen=True):
    """A note with its text and its readers."""

    note: Note
    text: str
    readers: dict[PersonId, str]
    """Moderators by id, with their names there; empty if they have none."""
    ticked: frozenset[PersonId]
    author: str = ""
    version: Version | None = None
    outdated: bool = False
    """Whether it is unsent and its version can no longer be answered."""
    newer: Version | None = None
    """The version that can be answered instead."""
    voting: bool = False
    """Whether its version is being voted on, so that a concern will count in the result."""


class NormQueries:
    """Reads norms. Members see only the versions of servers where they use the bot."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._channel_posts = context.channel_posts
        self._people = people

    @reads
    async def shown(self, tx: Tx, version: str) -> Put:
        """Return a version for the message in the channel. Raises NotYours if there is none."""
        return await self.look(tx, version)

    @reads
    async def see(self, tx: Tx, person: PersonId, version: str) -> Put:
        """Return a version for a member. Raises NotYours if they are not in its server."""
        await self.reached(tx, person, version)
        return await self.look(tx, version)

    @reads
    async def posted(self, tx: Tx, person: PersonId, post: str) -> Put:
        """Return the version that a post in the channel is about."""
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
        counted = (await stand_store.shown(tx, version), 0) if lives else (ballot.yes, ballot.concerns)
        return Put(found, ballot, before, tuple(differs), *counted, newer=newer)

    async def reached(self, tx: Tx, person: PersonId, version: str) -> Version:
        """Return a version. Raises NotYours unless they use the bot in its server."""
        found = await store.get(tx, version)
        if found is None or found.server not in await self._people.servers(tx, person):
            raise NotYours
        return found

    async def standing(self, tx: Tx, person: PersonId, version: str) -> Version:
        """Return a version that is proposed or in force. Raises StandsNoMore for any other."""
        found = await self.reached(tx, person, version)
        if not await self.stands(tx, found):
            raise StandsNoMore
        return found

    async def stands(self, tx: Tx, version: Version) -> bool:
        """Whether it is proposed or in force."""
        return await self.voting(tx, version) or await store.in_force(tx, version.server) == version

    async def voting(self, tx: Tx, version: Version) -> bool:
        """Whether members are voting on it."""
        ballot = await store.ballot(tx, version.id)
        return ballot is not None and ballot.state is VersionState.OPEN
