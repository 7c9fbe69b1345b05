"""The pairs service: what either partner can do at any time, and the construction of the other parts."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId
from bot.pairs import side_store, store
from bot.pairs.changes import Changes
from bot.pairs.checking import CheckIns
from bot.pairs.eligibility import PairEligibility
from bot.pairs.history import History
from bot.pairs.lifecycle import PairLifecycle
from bot.pairs.moves import PairMoves
from bot.pairs.pauses import Pauses
from bot.pairs.privacy import PairPrivacy
from bot.pairs.proposals import Proposals
from bot.pairs.queries import PairQueries
from bot.pairs.sealed import SealedPairs
from bot.pairs.sharing import Sharing
from bot.pairs.timer_handlers import PairTimers
from bot.pairs.zones import Zones
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class Pairs:
    """Ends pairs, and holds the services for everything else about them."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        preferences: Preferences,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        sealed = SealedPairs(context.vault)
        eligibility = PairEligibility(people, servers, boundaries)
        self._moves = moves = PairMoves(context, sealed)
        self.queries = queries = PairQueries(context, sealed, eligibility, people, boundaries)
        self.proposals = Proposals(
            context, sealed, moves, eligibility, people, preferences, servers, boundaries, starts
        )
        self.changes = Changes(context, queries, moves)
        self.pauses = Pauses(context, queries, moves)
        self.check_ins = CheckIns(context, sealed, queries, moves, people)
        self.sharing = Sharing(context, sealed, queries)
        self.history = History(context, sealed, queries)
        self.zones = Zones(context, moves, people)
        self.timers = PairTimers(context, sealed, moves, self.pauses, boundaries)
        self.lifecycle = PairLifecycle(context, moves)
        self.privacy = PairPrivacy(moves, starts.quotas)

    @writes
    async def end(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """End the pair at once, without a reason. The partner is told the same as at any other end."""
        pair = await self.queries.running(tx, by, id)
        await self._moves.end(tx, pair, [pair.other(by)], now)

    @writes
    async def read(self, tx: Tx, by: PersonId, kind: str, subject: str, now: datetime) -> None:
        """Close a message of theirs, because they have opened it."""
        await self._outbox.close(tx, subject, now, kinds=(kind,), person=by)

    @writes
    async def saw(self, tx: Tx, by: PersonId, id: str) -> None:
        """Record that they have read what the partner wrote for them."""
        pair = await self.queries.running(tx, by, id)
        side = await side_store.of(tx, id, pair.other(by))
        if side is not None and not side.seen:
            await side_store.keep(tx, replace(side, seen=True))

    async def people_in_running(self, tx: Tx) -> dict[ServerId, int]:
        """Return how many people are in a running pair in each server."""
        return await store.people_in_running(tx)
