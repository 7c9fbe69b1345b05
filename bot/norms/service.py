"""The norms service: what members see, and the construction of the other parts of the slice."""

from collections.abc import Collection

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.norms import stand_store, store
from bot.norms.ballots import Ballots
from bot.norms.drafts import NormDrafts
from bot.norms.lifecycle import NormLifecycle
from bot.norms.models import Version, VersionState
from bot.norms.moderator_inbox import ModeratorInbox
from bot.norms.notes import Notes
from bot.norms.posting import NormPosting
from bot.norms.privacy import NormPrivacy
from bot.norms.queries import NormQueries, NormsShown
from bot.norms.sealed import SealedNotes
from bot.norms.timer_handlers import NormTimers
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class Norms:
    """Shows what a group agreed on, and holds the services for everything else about norms."""

    def __init__(
        self, context: SliceContext, people: People, servers: Servers, boundaries: Boundaries
    ) -> None:
        self._db = context.db
        self._people = people
        sealed = SealedNotes(context.vault)
        self.queries = queries = NormQueries(context, people)
        self.drafts = NormDrafts(context)
        self.ballots = Ballots(context, queries, servers)
        self.inbox = ModeratorInbox(context, sealed, queries, people, servers)
        self.notes = Notes(context, sealed, queries, self.ballots, self.inbox, people, boundaries)
        self.posting = NormPosting(context, servers)
        self.timers = NormTimers(self.ballots, self.inbox)
        self.lifecycle = NormLifecycle(context, queries, self.inbox)
        self.privacy = NormPrivacy(self.inbox)

    @reads
    async def here(self, tx: Tx, person: PersonId, server: ServerId) -> NormsShown:
        """Return what is in force and proposed, with their answers. Raises NotYours if they aren't there."""
        if server not in await self._people.servers(tx, person):
            raise NotYours
        in_force, ballot = await store.in_force(tx, server), await store.open_ballot(tx, server)
        proposal = None if ballot is None else await store.get(tx, ballot.version)
        return NormsShown(
            in_force,
            None if in_force is None else await stand_store.stand(tx, in_force.id, person),
            proposal,
            ballot,
            None if proposal is None else await stand_store.stand(tx, proposal.id, person),
            await stand_store.last_in(tx, person, server),
        )

    @reads
    async def versions(self, tx: Tx, server: ServerId) -> list[Version]:
        """Return every version that was put to the group, the newest first."""
        return await store.every(tx, server)

    async def in_force(self, tx: Tx, server: ServerId) -> Version | None:
        """Return the version in force, for reminders."""
        return await store.in_force(tx, server)

    async def in_force_in(self, tx: Tx, servers: Collection[ServerId]) -> dict[ServerId, Version]:
        """Return the versions in force in many servers, with one query."""
        return await store.in_force_in(tx, servers)

    async def version(self, tx: Tx, id: str) -> Version | None:
        return await store.get(tx, id)

    async def agreed(self, tx: Tx, version: Version) -> bool:
        """Return whether the members agreed on this version. Otherwise moderators published it."""
        ballot = await store.ballot(tx, version.id)
        return ballot is not None and ballot.state is VersionState.RATIFIED

    async def members_in(self, tx: Tx) -> dict[ServerId, int]:
        """Return for every server how many members are in for the version in force."""
        return await stand_store.members_in(tx)
