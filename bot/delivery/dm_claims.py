"""Claims outbox messages: which may be sent now, and which must wait for a later time."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.delivery import store
from bot.delivery.dm_gateway import DmGateway, WaitUntil
from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.delivery.pace import Openings
from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.tx import Tx

AT_ONCE = 8
"""How many messages are claimed in one transaction."""
_KNOWN = (Lane.QUESTION, Lane.NOTICE)
_NEW = (Lane.NEW_QUESTION, Lane.NEW_NOTICE)


@dataclass(frozen=True, slots=True)
class DmClaims:
    """Claims outbox messages. Claims are kept in memory only, so a killed process leaves nothing claimed."""

    db: Database
    gateway: DmGateway
    now: Callable[[], datetime]
    openings: Openings
    wait_until: WaitUntil
    hear: Callable[[datetime], None]
    """Called when a message is put off, with the time when it is due again."""
    in_hand: set[str] = field(default_factory=set)

    async def take(self) -> list[OutboxMessage]:
        """Claim the messages that are due. Return them as they were before they were marked as tried."""
        while seen := await self.db.read(self._look):
            people = {message.person for message in seen}
            unknown = {person for person in people if not await self.gateway.reaches(person)}
            taken = await self.db.write(partial(self._claim, seen, unknown))
            if taken:
                self.in_hand.update(message.id for message in taken)
                return taken
        return []

    def done(self, message: OutboxMessage) -> None:
        self.in_hand.discard(message.id)

    async def put_back(self, messages: Sequence[OutboxMessage]) -> None:
        """Give back messages that were claimed but not tried."""
        fresh = [message.id for message in messages if message.tried_at is None]
        await self.db.write(partial(self._unmark, fresh))
        self.in_hand.difference_update(message.id for message in messages)

    async def next_due(self) -> datetime | None:
        """When the next message that is not due yet will be due."""
        return await self.db.read(self._next_due)

    # -- inside ---------------------------------------------------------------------------------

    async def _look(self, tx: Tx) -> list[OutboxMessage]:
        """Return what could be sent now: questions first, and at most one that needs a new DM channel."""
        now = self.now()
        seen: list[OutboxMessage] = []
        for lane in _KNOWN:
            seen += await self._free(tx, lane, now, AT_ONCE - len(seen))
        opens = self.openings.free_at(now)
        if opens > now:
            # Wakeup may have read `next_due` before the last new DM channel of this minute was opened.
            if any([await store.next_due(tx, lane) for lane in _NEW]):
                self.hear(opens)
            return seen
        new = [message for lane in _NEW for message in await self._free(tx, lane, now, 1)]
        return [*new[:1], *seen]

    async def _free(self, tx: Tx, lane: Lane, now: datetime, most: int) -> list[OutboxMessage]:
        messages = await store.due(tx, lane, now, most + len(self.in_hand)) if most > 0 else []
        return [message for message in messages if message.id not in self.in_hand][:most]

    async def _claim(
        self, seen: Sequence[OutboxMessage], unknown: Collection[PersonId], tx: Tx
    ) -> list[OutboxMessage]:
        """Mark as tried what can be sent now, and put off the rest."""
        now = self.now()
        current = await store.these(tx, [message.id for message in seen])
        messages = [current[message.id] for message in seen if message.id in current]
        claimed = [
            message
            for message in messages
            if message.lane is not None
            and message.due_at <= now
            and await self._may_go(tx, message, now, known=message.person not in unknown)
        ]
        await store.tried(tx, [message.id for message in claimed if message.waiting], now)
        return claimed

    async def _may_go(self, tx: Tx, message: OutboxMessage, now: datetime, *, known: bool) -> bool:
        """Whether the message can be sent now.

        If not, it is put off or moved to a lane for new DM channels.
        """
        if message.state is MessageState.CLOSING:
            return True
        for until in (message.settles_at, await self.wait_until(tx, message.person, now)):
            if until is not None and until > now:
                await store.save(tx, [message.put_off(until)])
                tx.afterwards(partial(self.hear, until))
                return False
        if not known and message.lane in _KNOWN:
            await store.save(tx, [message.among_new()])
            return False
        if not known:
            self.openings.take(now)
        return True

    async def _unmark(self, message_ids: Sequence[str], tx: Tx) -> None:
        current = await store.these(tx, message_ids)
        await store.save(tx, [message.untried() for message in current.values()])

    async def _next_due(self, tx: Tx) -> datetime | None:
        now = self.now()
        known = [await store.next_due(tx, lane, now) for lane in _KNOWN]
        new = [await store.next_due(tx, lane) for lane in _NEW]
        opens = self.openings.free_at(now)
        times = [*known, *(max(at, opens) for at in new if at is not None)]
        return min((at for at in times if at is not None and at > now), default=None)
