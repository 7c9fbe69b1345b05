"""State changes of plans that services, timers and event handlers share, with timers and messages."""

from datetime import datetime

from bot.people.service import People
from bot.plans import store
from bot.plans.models import Plan, PlanText
from bot.plans.sealed import SealedPlans
from bot.plans.tables import TEXTS
from bot.plans.timers import ASK, GO
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PlanMoves:
    """Changes plans inside a transaction of the caller."""

    def __init__(self, context: SliceContext, sealed: SealedPlans, people: People) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._people = people

    async def add(self, tx: Tx, plan: Plan, words: PlanText, now: datetime) -> Plan:
        """Add a new plan."""
        await store.add(tx, plan, await self._sealed.seal(tx, plan, words))
        return await self.move(tx, plan, plan, now)

    async def move(
        self, tx: Tx, before: Plan, after: Plan, now: datetime, words: PlanText | None = None
    ) -> Plan:
        """Store the new state, close the question of the old one, and schedule what comes next."""
        if after.ended:
            await self._sealed.forget(tx, after)
            sealed: store.Sealed | None = dict.fromkeys(TEXTS)
        else:
            sealed = None if words is None else await self._sealed.seal(tx, after, words)
        moved = await store.keep(tx, after, sealed)
        if (before.state, before.month) != (after.state, after.month):
            await self._outbox.close(tx, before.id, now)
        next_at = moved.next_at((await self._people.get(tx, moved.owner)).tz)
        for kind, at in ((ASK, next_at), (GO, moved.goes_at)):
            await self._agenda.drop(tx, kind, moved.id)
            if at is not None:
                await self._agenda.put(tx, kind, moved.id, at)
        return moved

    async def remove(self, tx: Tx, plan: Plan, now: datetime) -> None:
        """Delete the plan with its key, timers and messages."""
        await self._sealed.forget(tx, plan)
        await self._outbox.close(tx, plan.id, now)
        await self._agenda.drop(tx, ASK, plan.id)
        await self._agenda.drop(tx, GO, plan.id)
        await store.remove(tx, plan.id)
