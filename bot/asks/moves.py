"""The moves that an ask makes: shared by what people press, by timers, and by what happens around it.

Whatever ends, its timers and messages end with it, in the same transaction.
"""

import random
from datetime import datetime, timedelta

from bot.asks import notifications, recipient_store, store, timers
from bot.asks.models import (
    MESSAGE_KEPT,
    PAUSE_CLOSES,
    UNREAD_CLOSES,
    UNREAD_REMINDER,
    Ask,
    AskRecipient,
    AskState,
    Reply,
    waited_for,
)
from bot.asks.sealed import SealedAsks
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

_SOONEST, _LATEST = timedelta(hours=1), timedelta(hours=3)


class AskMoves:
    """Used inside the transactions of others."""

    def __init__(self, context: SliceContext, sealed: SealedAsks, servers: Servers) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._servers = servers

    # -- a draft --------------------------------------------------------------------------------

    async def take_along(self, tx: Tx, ask: Ask, message: str, now: datetime) -> None:
        """The message that it begins with, in the place of any earlier one."""
        if message:
            sealed = await self._sealed.seal_message(tx, ask, message)
            await store.keep_message(tx, ask.id, sealed)
            await self._agenda.put(tx, timers.MESSAGE_ENDS, ask.id, now + MESSAGE_KEPT)
        else:
            await store.keep_message(tx, ask.id, None)
            await self._agenda.drop(tx, timers.MESSAGE_ENDS, ask.id)

    # -- replies --------------------------------------------------------------------------------

    async def answered(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """An answer: the asker hears of the first, and that the wait is over where nobody else is awaited.

        Across a boundary it is done for who wrote it, is still awaited, and its line is held.
        """
        late = ask.over_at is not None
        await self._agenda.drop(tx, timers.REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)
        ask = await self._replied(tx, ask, now)
        askings = await recipient_store.of(tx, ask.id)
        first = not any(one.readable for one in askings if one.id != asking.id)
        if first and (late or ask.over_at is None):
            await self._outbox.tell(
                tx, ask.asker, notifications.CAME, asking.id, now,
                other=asking.answerer, server=ask.server, held=asking.held,
            )  # fmt: skip

    async def cannot(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """The ordinary "can't", whatever its cause: the same rows and the same line each time."""
        await self._takes_back(tx, asking, Reply.CANT, now)
        await self._agenda.drop(tx, timers.BEYOND, asking.id)
        ask = await store.get(tx, asking.ask)
        if ask is None or ask.state is not AskState.OPEN:
            return
        over_before = ask.over_at is not None
        ask = await self._replied(tx, ask, now)
        if over_before or ask.over_at is None:
            await self._outbox.tell(tx, ask.asker, notifications.CANT, asking.id, now, server=ask.server)

    async def beyond(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """The asker hears of it one to three hours on, so that the hour does not say who it was."""
        await self._takes_back(tx, asking, Reply.BEYOND, now)
        later = random.SystemRandom().uniform(_SOONEST.total_seconds(), _LATEST.total_seconds())
        await self._agenda.put(tx, timers.BEYOND, asking.id, now + timedelta(seconds=later))

    # -- the wait, and the end ------------------------------------------------------------------

    async def begin_wait(self, tx: Tx, ask: Ask, rings_at: datetime, now: datetime) -> None:
        """A wait begins, or begins anew; `rings_at`: its end, or later for who is in quiet hours then."""
        await self._agenda.clear(tx, ask.id, (timers.UNREAD, timers.CLOSES))
        await self._outbox.close(
            tx, ask.id, now, kinds=(notifications.OVER, notifications.NOBODY, notifications.UNREAD)
        )
        await self._agenda.put(tx, timers.WAIT_ENDS, ask.id, rings_at)

    async def end_wait(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """The wait is over; what came can be read, and reading closes the ask."""
        ended = await store.move(tx, ask, ask.over(now))
        await self._agenda.drop(tx, timers.WAIT_ENDS, ask.id)
        await self._agenda.put(tx, timers.UNREAD, ask.id, now + UNREAD_REMINDER)
        await self._agenda.put(tx, timers.CLOSES, ask.id, now + UNREAD_CLOSES)
        await self._settle(tx, ask)
        came = any(one.readable for one in await recipient_store.of(tx, ask.id))
        # An answer is something they waited for; that nobody could is a change.
        kind = notifications.OVER if came else notifications.NOBODY
        await self._outbox.tell(tx, ask.asker, kind, ask.id, now, server=ask.server)
        return ended

    async def settle(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """Before what came is read: what may not be read is the ordinary "can't" from here on."""
        await self._settle(tx, ask)
        return await self._replied(tx, ask, now) if ask.state is AskState.OPEN else ask

    async def pause(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """Somebody found it beyond them: nothing can be added any more."""
        await store.move(tx, ask, ask.paused())
        await self._silence(tx, ask, now)
        await self._agenda.put(tx, timers.CLOSES, ask.id, now + PAUSE_CLOSES)
        await self._outbox.tell(tx, ask.asker, notifications.PAUSED, ask.id, now, server=ask.server)

    async def close(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """The ask takes nothing more; what was written is destroyed after the server's retention."""
        closed = await store.move(tx, ask, ask.closed(now))
        await self._silence(tx, ask, now)
        await self._agenda.drop(tx, timers.CLOSES, ask.id)
        retention = (await self._servers.get(tx, ask.server)).retention
        await self._agenda.put(tx, timers.DESTROYED, ask.id, now + retention)
        return closed

    async def destroy(self, tx: Tx, id: str, now: datetime) -> None:
        """Nothing of it is left: no key, no row, no alarm, no line."""
        ask = await store.get(tx, id)
        if ask is not None:
            await self._silence(tx, ask, now)
        await self._agenda.clear(
            tx, id, (timers.DRAFT_ENDS, timers.MESSAGE_ENDS, timers.CLOSES, timers.DESTROYED)
        )
        await self._sealed.destroy(tx, id)
        await store.destroy(tx, id)

    # -- inside ---------------------------------------------------------------------------------

    async def _settle(self, tx: Tx, ask: Ask) -> None:
        """Answers that a boundary holds back become the ordinary "can't", now that it would show."""
        for asking in await recipient_store.of(tx, ask.id):
            if asking.reply is Reply.ANSWERED and not asking.readable:
                await recipient_store.move(tx, asking, asking.replied(Reply.CANT), words=None)
                await self._sealed.forget_answer(tx, asking)

    async def _silence(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """No alarm of the wait rings any more, and every message about it is edited to say that it closed."""
        await self._agenda.clear(tx, ask.id, (timers.WAIT_ENDS, timers.UNREAD))
        ids = [asking.id for asking in await recipient_store.of(tx, ask.id)]
        for kind in (timers.REMINDED, timers.BEYOND):
            await self._agenda.drop(tx, kind, *ids)
        for subject in (ask.id, *ids):
            await self._outbox.close(tx, subject, now)

    async def _takes_back(self, tx: Tx, asking: AskRecipient, reply: Reply, now: datetime) -> None:
        """They won't answer: what they may have begun goes, and they are asked no more."""
        await recipient_store.move(tx, asking, asking.replied(reply), words=None)
        await self._sealed.forget_answer(tx, asking)
        await self._agenda.drop(tx, timers.REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)

    async def _replied(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """After any reply: the wait is over once nobody is left to wait for."""
        if ask.over_at is None and not waited_for(await recipient_store.of(tx, ask.id)):
            return await self.end_wait(tx, ask, now)
        return ask
