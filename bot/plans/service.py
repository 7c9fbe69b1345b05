"""What people plan to do, the day on which they are asked about it, and the questions months later."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.service import People
from bot.plans import store
from bot.plans.errors import DifferentUnwritten, PlanUnwritten, TooManyPlans
from bot.plans.lifecycle import PlanLifecycle
from bot.plans.models import OWN_AT_MOST, WITHOUT_A_DAY, Plan, PlanState, PlanText, own_source
from bot.plans.moves import PlanMoves
from bot.plans.privacy import PlanPrivacy
from bot.plans.sealed import SealedPlans
from bot.plans.timer_handlers import PlanTimers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank

Source = Callable[[Tx, PersonId, str], Awaitable[ServerId | None]]
"""Returns the server of that person's ask or talk with this id; None if there is none."""


class PlanView(Struct, frozen=True):
    """A plan as its owner sees it. `taken`: whether what they just wrote was stored."""

    plan: Plan
    words: PlanText
    next_at: datetime | None = None
    taken: bool = True
    zoned: bool = False
    """Whether they have set a time zone. Without one, UTC is used."""


class Plans:
    """Writes, shows and ends plans. Only its owner ever sees a plan."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._people = people
        self._sealed = SealedPlans(context.vault)
        self._moves = PlanMoves(context, self._sealed, people)
        self._sources: tuple[Source, ...] = ()
        self.timers = PlanTimers(context, self._moves, people)
        self.lifecycle = PlanLifecycle(self._moves)
        self.privacy = PlanPrivacy(self._moves)

    def follow_from(self, *sources: Source) -> None:
        """Register the sources of plans. They are tried in order."""
        self._sources = sources

    # -- the owner ------------------------------------------------------------------------------

    @reads
    async def may_begin(self, tx: Tx, by: PersonId) -> None:
        """Raises TooManyPlans if they can't make another plan from nothing else."""
        await self._require_room(tx, by)

    @writes
    async def begin(self, tx: Tx, by: PersonId, action: str, now: datetime) -> PlanView:
        """Make a plan from nothing else. The same words sent twice make one plan. Raises TooManyPlans."""
        if is_blank(action):
            raise PlanUnwritten("")
        for plan in await store.by_owner(tx, by):
            shown = await self._shown(tx, plan)
            if plan.own and plan.state is PlanState.WANTS_DAY and shown.words.action == action:
                return shown
        await self._require_room(tx, by)
        return await self._shown(tx, await self.make(tx, by, own_source(), None, action, None, now))

    @reads
    async def look(self, tx: Tx, by: PersonId, source: str) -> PlanView | None:
        """Return the plan made from a source; None if there is none yet. Raises NotYours if none can be."""
        plan = await store.of(tx, source, by)
        if plan is None or plan.ended:
            await self._server(tx, by, source, plan)
            return None
        return await self._shown(tx, plan)

    @reads
    async def show(self, tx: Tx, by: PersonId, id: str) -> PlanView:
        return await self._shown(tx, await self._theirs(tx, by, id))

    @reads
    async def of_owner(self, tx: Tx, by: PersonId) -> list[PlanView]:
        """Return their plans that have not ended."""
        return [await self._shown(tx, plan) for plan in await store.by_owner(tx, by) if not plan.ended]

    @writes
    async def write(self, tx: Tx, by: PersonId, source: str, action: str, now: datetime) -> PlanView:
        """Store what they will do, or rewrite it. Choosing a day comes next.

        Raises TooManyPlans if it would be one plan of their own too many.
        """
        plan = await store.of(tx, source, by)
        if is_blank(action):
            raise PlanUnwritten(source)
        if plan is not None and not plan.writable:
            return await self._shown(tx, plan, taken=False)
        server = await self._server(tx, by, source, plan)
        if plan is not None and plan.own and plan.ended:
            await self._require_room(tx, by)
        if plan is None:
            return await self._shown(tx, await self.make(tx, by, source, server, action, None, now))
        return await self._shown(
            tx, await self._moves.move(tx, plan, plan.rewritten(now), now, PlanText(action))
        )

    @writes
    async def choose(self, tx: Tx, by: PersonId, id: str, days: int, now: datetime) -> PlanView:
        """Choose or change the day, `days` from today. Raises NoSuchDay or AlreadyDone."""
        plan = await self._theirs(tx, by, id)
        zone = (await self._people.get(tx, by)).tz
        return await self._shown(tx, await self._moves.move(tx, plan, plan.on(days, zone, now), now))

    @writes
    async def did(
        self, tx: Tx, by: PersonId, id: str, different: str, stay_away: str, now: datetime
    ) -> PlanView:
        """Record that they did it and what is different now. Nothing is stored if the plan has ended.

        Raises DifferentUnwritten if what is different is blank. What they stay away from may be.
        """
        plan = await self._theirs(tx, by, id)
        words = await self._sealed.text(tx, plan)
        if plan.ended or words is None:
            return await self._shown(tx, plan, taken=False)
        if is_blank(different):
            raise DifferentUnwritten(plan.id)
        written = PlanText(words.action, different, stay_away)
        return await self._shown(tx, await self._moves.move(tx, plan, plan.did(now), now, written))

    @writes
    async def still(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PlanView:
        """Record that they are still doing it. A second time changes nothing."""
        plan = await self._theirs(tx, by, id)
        if plan.state is PlanState.STILL:
            plan = await self._moves.move(tx, plan, plan.answered(now), now)
        return await self._shown(tx, plan)

    @writes
    async def happened_again(self, tx: Tx, by: PersonId, source: str, now: datetime) -> Plan:
        """Record that it happened again, which answers the question about the plan. Return the plan."""
        plan = await store.of(tx, source, by)
        if plan is None:
            raise NotYours
        if plan.state is PlanState.STILL:
            plan = await self._moves.move(tx, plan, plan.answered(now), now)
        return plan

    @writes
    async def end(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PlanView:
        """End the plan. Its text is deleted at once."""
        plan = await self._theirs(tx, by, id)
        if not plan.ended:
            plan = await self._moves.move(tx, plan, plan.end(now), now)
        return await self._shown(tx, plan)

    # -- in the caller's transaction ------------------------------------------------------------

    async def make(
        self,
        tx: Tx,
        owner: PersonId,
        source: str,
        server: ServerId | None,
        action: str,
        day: int | None,
        now: datetime,
    ) -> Plan:
        """Make a plan, with a day or without one. The caller knows that the source belongs to the owner."""
        plan = Plan(new_id(), owner, source, server, goes_at=now + WITHOUT_A_DAY)
        if day is not None:
            plan = plan.on(day, (await self._people.get(tx, owner)).tz, now)
        return await self._moves.add(tx, plan, PlanText(action), now)

    async def of(self, tx: Tx, source: str) -> Plan | None:
        """Return the plan made from a source; None if there is none or it has ended."""
        plan = await store.of(tx, source)
        return None if plan is None or plan.ended else plan

    async def text(self, tx: Tx, plan: Plan) -> PlanText | None:
        """Return what they wrote; None if it was deleted."""
        return await self._sealed.text(tx, plan)

    # -- inside ---------------------------------------------------------------------------------

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> Plan:
        plan = await store.get(tx, id)
        if plan is None:
            raise NotYours
        return plan.of(by)

    async def _require_room(self, tx: Tx, by: PersonId) -> None:
        own = [plan for plan in await store.by_owner(tx, by) if plan.own and not plan.ended]
        if len(own) >= OWN_AT_MOST:
            raise TooManyPlans(OWN_AT_MOST)

    async def _server(self, tx: Tx, by: PersonId, source: str, plan: Plan | None) -> ServerId | None:
        """Return where the source is; None for a plan made from nothing else. Raises NotYours."""
        if plan is not None:
            return plan.server
        for check in self._sources:
            server = await check(tx, by, source)
            if server is not None:
                return server
        raise NotYours

    async def _shown(self, tx: Tx, plan: Plan, *, taken: bool = True) -> PlanView:
        owner = await self._people.get(tx, plan.owner)
        words = await self._sealed.text(tx, plan) or PlanText("")
        return PlanView(plan, words, plan.next_at(owner.tz), taken, owner.zone_known)
