"""What is particular to direct messages: who may get one now, and what must hold before it is sent."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from bot.delivery import claims_store, store
from bot.delivery.claims_store import Claims
from bot.delivery.dm_gateway import DmGateway, StillHere, WaitUntil
from bot.delivery.error_codes import UNKNOWN_MEMBER
from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.delivery.outcome import Delivered, Failure, Missing, NotNeeded, Outcome, Refused, Retry, SearchPage
from bot.delivery.pace import Openings, Pace
from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.session import Hint
from bot.storage.tx import Tx

Closed = Callable[[Tx, PersonId, int, datetime], Awaitable[None]]
"""Called when a message of this person, with this Discord id, has been edited to say that it has closed."""

AT_ONCE = 8
"""How many messages are claimed in one transaction."""
_URGENT = (Lane.ALARM, Lane.URGENT)
_USUAL = (Lane.QUESTION, Lane.NOTICE)
_NEW = (Lane.NEW_QUESTION, Lane.NEW_NOTICE)


class DmDelivery(Struct, frozen=True):
    """The delivery engine's adapter for outbox messages."""

    db: Database
    gateway: DmGateway
    now: Callable[[], datetime]
    pace: Pace
    openings: Openings
    still_here: StillHere
    wait_until: WaitUntil
    hear: Callable[[datetime], None]
    """Called with the time at which a lane has to be looked at again."""
    closed: Closed
    may_open: Callable[[], bool]
    """Whether this process writes to people to whom no DM channel was opened before. Only one does."""
    what: ClassVar[str] = "direct message"
    at_once: ClassVar[int] = AT_ONCE
    claims: ClassVar[Claims] = claims_store.MESSAGES

    # -- what is due ----------------------------------------------------------------------------

    async def due(self, tx: Tx, now: datetime, most: int, *, urgent: bool) -> list[OutboxMessage]:
        """Return what could be sent: by lane, and at most one that needs a new DM channel."""
        seen: list[OutboxMessage] = []
        for lane in _URGENT if urgent else _USUAL:
            if len(seen) < most:
                seen += await store.due(tx, lane, now, most - len(seen))
        if urgent:
            return seen
        if not self.may_open():
            return seen
        opens = self.openings.free_at(now)
        if opens > now:
            # Wakeup may have read `next_due` before the last new DM channel of this minute was opened.
            if any([await store.next_due(tx, lane) for lane in _NEW]):
                self.hear(opens)
            return seen
        new = [message for lane in _NEW for message in await store.due(tx, lane, now, 1)]
        return [*new[:1], *seen]

    async def next_due(self, tx: Tx, now: datetime) -> datetime | None:
        known = [await store.next_due(tx, lane, now) for lane in (*_URGENT, *_USUAL)]
        new = [await store.next_due(tx, lane) for lane in _NEW] if self.may_open() else []
        opens = self.openings.free_at(now)
        times = [
            *known,
            await self.claims.next_free(tx, now),
            *(max(at, opens) for at in new if at is not None),
        ]
        return min((at for at in times if at is not None and at > now), default=None)

    async def look_up(self, seen: Sequence[OutboxMessage]) -> Collection[str]:
        """Return the people to whom a DM channel was opened before."""
        people = {message.person for message in seen}
        return {person for person in people if await self.gateway.reaches(person)}

    async def instead(
        self, tx: Tx, message: OutboxMessage, now: datetime, known: Collection[str]
    ) -> OutboxMessage | None:
        """Let quiet hours pass, and let those wait their turn to whom no DM channel was opened before.

        Neither holds for what is urgent, and quiet hours don't hold for an edit.
        """
        if message.state is MessageState.CLOSING or message.urgent:
            return None
        until = await self.wait_until(tx, message.person, now)
        if until is not None and until > now:
            return message.put_off(until)
        if message.person in known:
            return None
        if message.lane in _USUAL:
            if not self.may_open():
                tx.tell_others(Hint.WORK)
            return message.among_new()
        self.openings.take(now)
        return None

    # -- rows -----------------------------------------------------------------------------------

    async def these(self, tx: Tx, ids: Collection[str]) -> dict[str, OutboxMessage]:
        return await store.these(tx, ids)

    async def save(self, tx: Tx, message: OutboxMessage) -> None:
        await store.save(tx, [message])

    # -- sending --------------------------------------------------------------------------------

    async def find(self, message: OutboxMessage, before: int | None) -> Delivered | SearchPage | Failure:
        """Search their DM channel. If it was forgotten, it must be opened again first."""
        return await self._reach(message) or await self.gateway.find(message, before)

    async def attempt(self, message: OutboxMessage) -> Outcome:
        """Send the message, or edit it to say that it has closed."""
        return await (self._close(message) if message.state is MessageState.CLOSING else self._send(message))

    async def _send(self, message: OutboxMessage) -> Outcome:
        urgent = message.urgent
        # What is urgent doesn't wait for two more requests. Whoever wrote it has checked whom it may reach.
        if not urgent and not await self._both_here(message):
            return Missing(UNKNOWN_MEMBER)
        prevented = await self._reach(message)
        if prevented is not None:
            return prevented
        await self.pace.turn(urgent=urgent)
        # A boundary holds from its commit on, so this is checked last, right before the request.
        if not await self.db.read(partial(self._still_waiting, message.id)):
            return NotNeeded()
        return await self.gateway.whisper(message)

    async def _both_here(self, message: OutboxMessage) -> bool:
        if message.other is None or message.server is None:
            return True
        for person in (message.person, message.other):
            await self.pace.turn()
            if not await self.still_here(message.server, person):
                return False
        return True

    async def _reach(self, message: OutboxMessage) -> Refused | Missing | Retry | None:
        """Open a DM channel if none was opened before. Return what prevents it; None if there is one."""
        if await self.gateway.reaches(message.person):
            return None
        await self.pace.turn(urgent=message.urgent)
        # Discord may have asked us to stop opening channels while this message waited for its turn.
        rest = self.openings.resting(self.now())
        prevented = Retry(rest) if rest else await self.gateway.open(message.person)
        if prevented is None:
            await self.db.write(lambda tx: store.reached(tx, message.person))
        elif isinstance(prevented, Retry):
            self.openings.rest(self.now() + prevented.after)
            return replace(prevented, unsent=True)
        return prevented

    async def _still_waiting(self, message_id: str, tx: Tx) -> bool:
        message = (await store.these(tx, [message_id])).get(message_id)
        return message is not None and message.waiting

    async def _close(self, message: OutboxMessage) -> Outcome:
        if message.message_id is None:
            return NotNeeded()
        await self.pace.turn()
        return await self.gateway.close(message)

    # -- the outcome ----------------------------------------------------------------------------

    async def record(
        self, tx: Tx, message: OutboxMessage, before: OutboxMessage, outcome: Outcome, now: datetime
    ) -> None:
        if before.state is MessageState.CLOSING:
            await store.save(tx, [message.closed(now)])
            if isinstance(outcome, Delivered):
                await self.closed(tx, message.person, outcome.message_id, now)
            return
        match outcome:
            case NotNeeded():
                message = message if before.tried_at is not None else message.untried()
            case Delivered(message_id):
                message = message.sent(message_id)
            case Refused(code):
                message = message.dms_closed(now, code)
            case Missing(code):
                message = message.unreachable(now, code)
        await store.save(tx, [message])
