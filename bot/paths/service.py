"""The paths service: how a path begins, and the construction of everything else about it."""

from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId, new_id
from bot.paths import store
from bot.paths.beside import Beside
from bot.paths.commitments import Commitments
from bot.paths.invitations import PathInvitations
from bot.paths.lifecycle import PathLifecycle
from bot.paths.meetings import Meetings
from bot.paths.models import Path
from bot.paths.moves import PathMoves
from bot.paths.privacy import PathPrivacy
from bot.paths.queries import PathQueries
from bot.paths.requests import Requests
from bot.paths.sealed import SealedPaths
from bot.paths.steps import Steps
from bot.paths.timer_handlers import PathTimers
from bot.people.service import People
from bot.plans.service import Plans
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Paths:
    """Begins paths, and holds the services for everything else about them."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        plans: Plans,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._servers = servers
        self._starts = starts
        sealed = SealedPaths(context.vault)
        moves = PathMoves(context, sealed, boundaries, plans, starts.quotas, people)
        self.queries = queries = PathQueries(context, sealed, people, servers)
        self.commitments = Commitments(context, sealed, moves, people, servers)
        self.invitations = PathInvitations(context, queries, moves, people, servers, boundaries, starts)
        self.beside = Beside(context, queries, moves)
        self.meetings = Meetings(context, queries, moves, boundaries)
        self.requests = Requests(context, sealed, queries, moves, starts.quotas)
        self.steps = Steps(context, queries, moves)
        self.timers = PathTimers(context, moves, people, boundaries)
        self.lifecycle = PathLifecycle(context, moves)
        self.privacy = PathPrivacy(sealed, moves)

    @reads
    async def may_start(self, tx: Tx, by: PersonId, server: ServerId) -> None:
        """Raises UnderEighteen, WithoutAdultRole or Barred if they can't start a path there."""
        await self._servers.require_adult(tx, by, server)
        await self._starts.require_free(tx, server, by)

    @writes
    async def start(self, tx: Tx, by: PersonId, server: ServerId, now: datetime) -> Path:
        """Begin a path, alone. If they have one there, it is returned. Raises UnderEighteen or Barred."""
        await self._servers.require_of_age(tx, by, server)
        found = await store.open_of(tx, by, server)
        if found is not None:
            return found
        await self._servers.require_adult(tx, by, server)
        await self._starts.require_free(tx, server, by)
        return await store.add(tx, Path(new_id(), server, by, now, now))

    @writes
    async def read(self, tx: Tx, by: PersonId, kind: str, subject: str, now: datetime) -> None:
        """Close a message of theirs, because they have opened it."""
        await self._outbox.close(tx, subject, now, kinds=(kind,), person=by)
