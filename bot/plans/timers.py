"""What comes due for plans, and what happens then. The subject of both is the plan."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.people.service import People
from bot.plans import notifications, store
from bot.plans.models import Plan, PlanState
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

if TYPE_CHECKING:
    # The moves put on the agenda what is named here.
    from bot.plans.moves import PlanMoves

ASK = "plans.ask"
GO = "plans.go"


class PlanTimers:
    """Each takes what is due of one kind, and reads what is true now."""

    def __init__(self, context: SliceContext, moves: "PlanMoves", people: People) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves
        self._people = people

    async def ask(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """A question of theirs is due."""
        for id in subjects:
            plan = await store.get(tx, id)
            if plan is not None:
                await self._ask_one(tx, plan, now)

    async def go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """A plan that ended, or was left unanswered, has been kept for long enough."""
        for id in subjects:
            plan = await store.get(tx, id)
            if plan is not None and plan.goes_at is not None and plan.goes_at <= now:
                await self._moves.remove(tx, plan, now)

    async def _ask_one(self, tx: Tx, plan: Plan, now: datetime) -> None:
        zone = (await self._people.get(tx, plan.owner)).tz
        due = plan.next_at(zone)
        if due is None:
            return
        if due > now:
            # They moved to another time zone since: their evening is still to come.
            await self._agenda.put(tx, ASK, plan.id, due)
            return
        moved = await self._moves.move(tx, plan, plan.asked(zone, now), now)
        kind = notifications.DAY if moved.state is PlanState.ASKED else notifications.STILL
        await self._outbox.tell(tx, moved.owner, kind, moved.id, now, server=moved.server, question=True)
