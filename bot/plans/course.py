"""What becomes of a plan: every move of it, its sealed words, and the alarms and lines that go with each."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.outbox import Outbox
from bot.people.service import People
from bot.plans import store
from bot.plans.model import Plan, State, Words
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda
from bot.vault.sealing import Cell, Vault

ASK = "plans.ask"
GO = "plans.go"
"""Both have the plan as their subject, and so have the lines."""

DAY = "plans.day"
STILL = "plans.still"
KINDS = (DAY, STILL)


class Course:
    """Used by `Plans`, inside its transactions, and by the agenda."""

    def __init__(self, vault: Vault, people: People, agenda: Agenda, outbox: Outbox) -> None:
        self._vault = vault
        self._people = people
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(ASK, self._ask)
        agenda.on(GO, self._go)

    async def add(self, tx: Tx, plan: Plan, words: Words, now: datetime) -> Plan:
        """A plan that was not there before."""
        await store.add(tx, plan, await self._sealed(tx, plan, words))
        return await self.move(tx, plan, plan, now)

    async def text(self, tx: Tx, plan: Plan) -> Words | None:
        """What they wrote; None once it has gone."""
        row = await store.sealed(tx, plan.id)
        if row is None:
            return None
        found = [
            await self._vault.unseal(tx, _cell(plan, name), sealed)
            for name, sealed in zip(store.TEXTS, row, strict=True)
        ]
        return None if found[0] is None else Words(found[0], found[1] or "", found[2] or "")

    async def move(
        self, tx: Tx, before: Plan, after: Plan, now: datetime, words: Words | None = None
    ) -> Plan:
        """Write it; a question of where it stood goes, and what comes next is on the agenda."""
        if after.ended:
            await self._vault.drop(tx, _case(after))
            sealed: store.Sealed | None = dict.fromkeys(store.TEXTS)
        else:
            sealed = None if words is None else await self._sealed(tx, after, words)
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
        await self._vault.drop(tx, _case(plan))
        await self._outbox.close(tx, plan.id, now)
        await self._agenda.drop(tx, ASK, plan.id)
        await self._agenda.drop(tx, GO, plan.id)
        await store.remove(tx, plan.id)

    async def _sealed(self, tx: Tx, plan: Plan, words: Words) -> store.Sealed:
        texts = zip(store.TEXTS, (words.action, words.different, words.stay_away), strict=True)
        return {
            name: await self._vault.seal(tx, _cell(plan, name), text) if text else None
            for name, text in texts
        }

    # -- what happens by itself -----------------------------------------------------------------

    async def _ask(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            plan = await store.get(tx, id)
            if plan is not None:
                await self._ask_one(tx, plan, now)

    async def _ask_one(self, tx: Tx, plan: Plan, now: datetime) -> None:
        zone = (await self._people.get(tx, plan.owner)).tz
        due = plan.next_at(zone)
        if due is None:
            return
        if due > now:
            # They moved to another time zone since: their evening is still to come.
            await self._agenda.put(tx, ASK, plan.id, due)
            return
        moved = await self.move(tx, plan, plan.asked(zone, now), now)
        kind = DAY if moved.state is State.ASKED else STILL
        await self._outbox.tell(tx, moved.owner, kind, moved.id, now, server=moved.server, question=True)

    async def _go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            plan = await store.get(tx, id)
            if plan is not None and plan.goes_at is not None and plan.goes_at <= now:
                await self.remove(tx, plan, now)


def _case(plan: Plan) -> str:
    return f"plan:{plan.id}"


def _cell(plan: Plan, column: str) -> Cell:
    return Cell(_case(plan), plan.owner, "plans", column, plan.id, plan.written)
