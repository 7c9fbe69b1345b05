"""`Remind me in 12 hours`. It is all that `/contact` ever stores, and it contains no text."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.contact import store
from bot.ids import PersonId
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

REMIND = "contact.remind"
"""The timer. Its subject is the reminder's id."""
READY = "contact.ready"
"""To the person who set it. Its subject is the id of the reminder, which is deleted by then."""
KINDS = (READY,)
WAIT = timedelta(hours=12)


class Contact:
    """Each person can have one reminder. It is deleted when it is due."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox

    @writes
    async def remind(self, tx: Tx, person: PersonId, now: datetime) -> datetime:
        """Set a reminder and return when it is due. One that is set already stays as it is."""
        reminder = await store.of(tx, person) or await store.add(tx, person)
        at = await self._agenda.due_at(tx, REMIND, reminder)
        if at is None:
            at = now + WAIT
            await self._agenda.put(tx, REMIND, reminder, at)
        return at

    @writes
    async def read(self, tx: Tx, person: PersonId, reminder: str, now: datetime) -> None:
        """Close the message to them, because they have opened it."""
        await self._outbox.close(tx, reminder, now, kinds=KINDS, person=person)

    async def ring(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Tell the people whose reminder is due, and delete it."""
        for reminder in subjects:
            if (person := await store.take(tx, reminder)) is not None:
                await self._outbox.tell(tx, person, READY, reminder, now)
