"""Schedule changes: one partner suggests one, and it applies once the other agrees."""

from datetime import datetime

from msgspec.structs import replace

from bot.ids import PersonId
from bot.pairs import notifications, side_store, store
from bot.pairs.errors import PairClosed
from bot.pairs.models import Pair, ScheduleChange
from bot.pairs.moves import PairMoves
from bot.pairs.queries import PairQueries, PairView
from bot.pairs.schedule import FEWEST_WEEKS, MOST_WEEKS, PairSchedule
from bot.pairs.timers import ENDS
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class Changes:
    """Drafts, suggests, accepts and declines schedule changes. Nothing changes until both agree."""

    def __init__(self, context: SliceContext, queries: PairQueries, moves: PairMoves) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves

    @writes
    async def begin(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Return the pair with their own change: one that exists, or a new draft of the current schedule."""
        pair = await self._queries.running(tx, by, id)
        side = await side_store.of(tx, id, by)
        if side is not None and await store.change(tx, id, by) is None:
            left = _left(pair.seen_from(side), now)
            await store.keep_change(tx, ScheduleChange(id, by, left, now))
        return await self._queries.view(tx, by, pair, now)

    @writes
    async def choose(self, tx: Tx, by: PersonId, id: str, schedule: PairSchedule, now: datetime) -> PairView:
        """Set the schedule of their draft. A change that was suggested already becomes a draft again."""
        pair = await self._queries.running(tx, by, id)
        await store.keep_change(tx, ScheduleChange(id, by, schedule, now))
        await self._outbox.close(tx, id, now, kinds=(notifications.CHANGE,), person=pair.other(by))
        return await self._queries.view(tx, by, pair, now)

    @writes
    async def put(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Suggest their draft to the partner."""
        pair = await self._queries.running(tx, by, id)
        mine = await store.change(tx, id, by)
        if mine is None or mine.proposed:
            return await self._queries.view(tx, by, pair, now)
        return await self._put(tx, pair, replace(mine, proposed=True, made_at=now), now)

    @writes
    async def renew(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Suggest to continue after the last check-in, with the same schedule."""
        pair = await self._queries.running(tx, by, id)
        mine = await store.change(tx, id, by)
        if mine is not None and mine.proposed and mine.renew:
            return await self._queries.view(tx, by, pair, now)
        return await self._put(
            tx, pair, ScheduleChange(id, by, pair.schedule, now, proposed=True, renew=True), now
        )

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Delete their own change."""
        pair = await self._queries.running(tx, by, id)
        await store.drop_changes(tx, id, by)
        await self._outbox.close(tx, id, now, kinds=(notifications.CHANGE,), person=pair.other(by))
        return await self._queries.view(tx, by, pair, now)

    @writes
    async def agree(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Accept the partner's change. Raises PairClosed if none is waiting."""
        pair = await self._queries.running(tx, by, id)
        return await self._agree(tx, by, pair, await self._offered(tx, by, pair), now)

    @writes
    async def keep_as_is(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Decline the partner's change. The partner is told so, without a reason. Raises PairClosed."""
        pair = await self._queries.running(tx, by, id)
        offered = await self._offered(tx, by, pair)
        await store.drop_changes(tx, id, offered.by)
        await self._settled(tx, by, pair, now)
        return await self._queries.view(tx, by, pair, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _put(self, tx: Tx, pair: Pair, change: ScheduleChange, now: datetime) -> PairView:
        other = pair.other(change.by)
        withheld = await self._queries.apart(tx, pair)
        theirs = await store.change(tx, pair.id, other)
        same = theirs is not None and theirs.proposed and theirs.schedule == change.schedule
        if theirs is not None and same and not theirs.withheld and not withheld:
            return await self._agree(tx, change.by, pair, theirs, now)
        await store.keep_change(tx, replace(change, withheld=withheld))
        # While a message is open, perhaps a withheld one, `tell` would add no new one.
        await self._outbox.close(tx, pair.id, now, kinds=(notifications.CHANGE,), person=other)
        await self._moves.speak(tx, pair, change.by, notifications.CHANGE, now, withheld=withheld)
        return await self._queries.view(tx, change.by, pair, now)

    async def _offered(self, tx: Tx, by: PersonId, pair: Pair) -> ScheduleChange:
        found = await store.change(tx, pair.id, pair.other(by))
        if found is None or not found.proposed or found.withheld or await self._queries.apart(tx, pair):
            raise PairClosed
        return found

    async def _agree(
        self, tx: Tx, by: PersonId, pair: Pair, change: ScheduleChange, now: datetime
    ) -> PairView:
        sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
        sides = await self._moves.together(tx, [await self._moves.calm(tx, side, now) for side in sides])
        after = max(now, pair.paused_until or now)
        starts_on = await self._moves.first_on(tx, change.schedule, sides, after)
        ends_on = change.schedule.last_on(starts_on, change.schedule.rounds)
        agreed = replace(pair, schedule=change.schedule).running(starts_on, ends_on)
        agreed = await store.keep(tx, agreed)
        await store.drop_changes(tx, pair.id)
        await self._agenda.drop(tx, ENDS, pair.id)
        await self._moves.expect(tx, agreed, now)
        await self._settled(tx, by, agreed, now)
        return await self._queries.view(tx, by, agreed, now)

    async def _settled(self, tx: Tx, by: PersonId, pair: Pair, now: datetime) -> None:
        await self._outbox.close(tx, pair.id, now, kinds=(notifications.CHANGE, notifications.SETTLED))
        await self._outbox.tell(
            tx, pair.other(by), notifications.SETTLED, pair.id, now, other=by, server=pair.server
        )


def _left(pair: Pair, now: datetime) -> PairSchedule:
    """Return the current schedule with the weeks that are left: a change counts from the day it is agreed."""
    ends_on = pair.ends_on or now.date()
    weeks = ((ends_on - now.date()).days + 6) // 7
    return replace(pair.schedule, weeks=min(max(weeks, FEWEST_WEEKS), MOST_WEEKS))
