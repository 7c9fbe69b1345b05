"""Deliver one outbox message: check what must hold, send it, and record the outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.delivery import store
from bot.delivery.dm_gateway import DmGateway, StillHere
from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.delivery.pace import Openings, Pace
from bot.delivery.retries import retry_at
from bot.logs import get_logger
from bot.storage.database import Database
from bot.storage.tx import Tx

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DmDelivery:
    """Sends or closes claimed messages, and records the outcome of each."""

    db: Database
    gateway: DmGateway
    now: Callable[[], datetime]
    pace: Pace
    openings: Openings
    still_here: StillHere
    hear: Callable[[datetime], None]
    """Called when a message is put off, with the time when it is due again."""

    async def run(self, message: OutboxMessage) -> None:
        """Deliver a message, given as it was before the claim.

        If it has a `tried_at`, it may have been sent.
        """
        closing = message.state is MessageState.CLOSING
        try:
            outcome = await (self._close(message) if closing else self._send(message))
        except Exception as error:  # noqa: BLE001 - one message must not stop the others
            # An error's message can contain what somebody wrote, so only its type is logged.
            log.error("A direct message could not be delivered", kind=message.kind, error=error)
            outcome = Uncertain()
        await self.db.write(partial(self._record_close if closing else self._record_send, message, outcome))

    # -- sending --------------------------------------------------------------------------------

    async def _send(self, message: OutboxMessage) -> Outcome | None:
        """Send the message, or find that it was sent before. Return None if it must not be sent any more."""
        if not await self._both_here(message):
            return Missing()
        refused = await self._reach(message)
        if refused is not None:
            return refused
        known = await self._find_earlier(message)
        if known is not None:
            return known
        await self.pace.turn()
        # A boundary holds from its commit on, so this is checked last, right before the request.
        if not await self.db.read(partial(self._still_waiting, message.id)):
            return None
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
        if await self.gateway.reaches(message.person):
            return None
        await self.pace.turn()
        # Discord may have asked us to stop opening channels while this message waited for its turn.
        rest = self.openings.resting(self.now())
        refused = Retry(rest) if rest else await self.gateway.open(message.person)
        if refused is None:
            await self.db.write(lambda tx: store.reached(tx, message.person))
        elif isinstance(refused, Retry):
            self.openings.rest(self.now() + refused.delay)
        return refused

    async def _find_earlier(self, message: OutboxMessage) -> Delivered | Uncertain | None:
        """Return the outcome of an earlier try; None if it may be sent now, with the same nonce."""
        if message.tried_at is None:
            return None
        # The nonce alone is not enough: Discord keeps it for a few minutes, and one request can take as long.
        await self.pace.turn()
        found = await self.gateway.find(message)
        if found is None:
            await self.db.write(partial(self._mark_tried_again, message.id))
        return found

    async def _still_waiting(self, message_id: str, tx: Tx) -> bool:
        message = (await store.these(tx, [message_id])).get(message_id)
        return message is not None and message.waiting

    async def _mark_tried_again(self, message_id: str, tx: Tx) -> None:
        message = (await store.these(tx, [message_id])).get(message_id)
        if message is not None:
            await store.save(tx, [message.tried(self.now())])

    async def _record_send(self, before: OutboxMessage, outcome: Outcome | None, tx: Tx) -> None:
        message = (await store.these(tx, [before.id])).get(before.id)
        if message is None:
            return
        uncertain = before.tried_at is not None
        now = self.now()
        match outcome:
            case None:
                message = message if uncertain else message.untried()
            case Delivered(message_id):
                message = message.sent(message_id)
            case Refused():
                message = message.dms_closed(now)
            case Missing():
                message = message.unreachable(now)
            case Retry() | Uncertain():
                message = self._again(
                    tx, message, outcome, surely=isinstance(outcome, Retry) and not uncertain
                )
        await store.save(tx, [message])

    # -- closing --------------------------------------------------------------------------------

    async def _close(self, message: OutboxMessage) -> Outcome:
        if message.message_id is None:
            if message.settles_at is None:
                return Missing()
            if message.settles_at > self.now():
                return Retry(message.settles_at - self.now())
            await self.pace.turn()
            found = await self.gateway.find(message)
            if not isinstance(found, Delivered):
                return found or Missing()
            message = message._replace(message_id=found.message_id)
        await self.pace.turn()
        return await self.gateway.close(message)

    async def _record_close(self, before: OutboxMessage, outcome: Outcome | None, tx: Tx) -> None:
        message = (await store.these(tx, [before.id])).get(before.id)
        if message is None:
            return
        if isinstance(outcome, Retry | Uncertain):
            message = self._again(tx, message, outcome, surely=False)
        else:
            message = message.closed(self.now())
        await store.save(tx, [message])

    def _again(
        self, tx: Tx, message: OutboxMessage, outcome: Retry | Uncertain, *, surely: bool
    ) -> OutboxMessage:
        until = retry_at(message.tries, outcome, self.now())
        tx.afterwards(partial(self.hear, until))
        return message.failed(until, surely=surely)
