"""`Remind me in 12 hours`: all that `/contact` ever keeps, and it says nothing about anything."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.contact import store
from bot.ids import PersonId
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

REMIND = "contact.remind"
"""Its subject is the alarm."""
READY = "contact.ready"
"""To whoever set it. Its subject is the alarm, which is gone by then."""
KINDS = (READY,)
WAIT = timedelta(hours=12)


class Contact:
    """One alarm a person, deleted when it rings."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox

    @writes
    async def remind(self, tx: Tx, person: PersonId, now: datetime) -> datetime:
        """Set it, and say when it rings; one that is set already stays as it is."""
        alarm = await store.of(tx, person) or await store.add(tx, person)
        at = await self._agenda.due_at(tx, REMIND, alarm)
        if at is None:
            at = now + WAIT
            await self._agenda.put(tx, REMIND, alarm, at)
        return at

    @writes
    async def read(self, tx: Tx, person: PersonId, alarm: str, now: datetime) -> None:
        """They have opened what was told: it waits no more."""
        await self._outbox.close(tx, alarm, now, kinds=KINDS, person=person)

    async def ring(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Their twelve hours are over: each is told, and the alarm is gone."""
        for alarm in subjects:
            if (person := await store.take(tx, alarm)) is not None:
                await self._outbox.tell(tx, person, READY, alarm, now)
