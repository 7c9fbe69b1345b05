"""What happens when the timers of plans are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.people.service import People
from bot.plans import notifications, store
from bot.plans.models import Plan, PlanState
from bot.plans.moves import PlanMoves
from bot.plans.timers import ASK
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PlanTimers:
    """One handler for each kind of timer. Each reads the current state before it acts."""

    def __init__(self, context: SliceContext, moves: PlanMoves, people: People) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves
        self._people = people

    async def ask(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask the questions that are due."""
        for id in subjects:
            plan = await store.get(tx, id)
            if plan is not None:
                await self._ask_one(tx, plan, now)

    async def go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete plans that ended or were not answered, after the time they are kept."""
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
            # They have moved to another time zone, where the evening is still to come.
            await self._agenda.put(tx, ASK, plan.id, due)
            return
        moved = await self._moves.move(tx, plan, plan.asked(zone, now), now)
        kind = notifications.DAY if moved.state is PlanState.ASKED else notifications.STILL
        await self._outbox.tell(tx, moved.owner, kind, moved.id, now, server=moved.server, question=True)
