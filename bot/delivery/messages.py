"""A person's messages, as `/inbox` shows them."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Messages:
    """One person's messages, whether or not Discord delivered them."""

    def __init__(self, db: Database, outbox: Outbox) -> None:
        self._db = db
        self._outbox = outbox

    async def show(self, by: PersonId, now: datetime) -> list[OutboxMessage]:
        """Return the same as `listed`, and record that /inbox has shown it. Writes only what is new."""
        listed = await self.listed(by)
        if new := [message.id for message in listed if message.opened_at is None]:
            await self._opened(new, now)
        return listed

    @writes
    async def _opened(self, tx: Tx, ids: Sequence[str], now: datetime) -> None:
        await self._outbox.opened(tx, ids, now)

    @reads
    async def listed(self, tx: Tx, by: PersonId) -> list[OutboxMessage]:
        """Return what is open or was missed, newest first, without messages that are not due yet."""
        return await self._outbox.listed(tx, by)

    @reads
    async def get(self, tx: Tx, by: PersonId, id: str) -> OutboxMessage:
        """Return one of theirs. Raises NotYours for anybody else's, and for one held back from them."""
        found = await self._outbox.get(tx, id)
        if found is None or found.person != by or found.state is MessageState.WITHHELD:
            raise NotYours
        return found

    @writes
    async def close(self, tx: Tx, by: PersonId, subject: str, now: datetime) -> None:
        """Close all of their messages about a subject, because there is nothing left to open."""
        await self._outbox.close(tx, subject, now, person=by)
