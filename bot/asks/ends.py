"""How waits and asks end: the moves that several buttons and several alarms share."""

from datetime import datetime

from bot.asks import asking_store, store
from bot.asks.kinds import (
    BEYOND,
    CLOSES,
    DESTROYED,
    DRAFT_ENDS,
    ENDS,
    MESSAGE_ENDS,
    NOBODY_LINE,
    OVER_LINE,
    PAUSED_LINE,
    REMINDED,
    UNREAD,
    UNREAD_LINE,
)
from bot.asks.letters import Letters
from bot.asks.model import PAUSE_CLOSES, UNREAD_CLOSES, UNREAD_REMINDER, Ask, Reply
from bot.delivery.outbox import Outbox
from bot.servers.service import Servers
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


class Ends:
    """Whatever ends, its alarms and lines end with it, in the same transaction."""

    def __init__(self, letters: Letters, servers: Servers, agenda: Agenda, outbox: Outbox) -> None:
        self._letters = letters
        self._servers = servers
        self._agenda = agenda
        self._outbox = outbox

    async def waits(self, tx: Tx, ask: Ask, rings_at: datetime, now: datetime) -> None:
        """A wait begins, or begins anew; `rings_at`: its end, or later for who is in quiet hours then."""
        await self._agenda.clear(tx, ask.id, (UNREAD, CLOSES))
        await self._outbox.close(tx, ask.id, now, kinds=(OVER_LINE, NOBODY_LINE, UNREAD_LINE))
        await self._agenda.put(tx, ENDS, ask.id, rings_at)

    async def over(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """The wait is over; what came can be read, and reading closes the ask."""
        ended = await store.move(tx, ask, ask.over(now))
        await self._agenda.drop(tx, ENDS, ask.id)
        await self._agenda.put(tx, UNREAD, ask.id, now + UNREAD_REMINDER)
        await self._agenda.put(tx, CLOSES, ask.id, now + UNREAD_CLOSES)
        await self.settle(tx, ask)
        came = any(one.readable for one in await asking_store.of(tx, ask.id))
        # An answer is something they waited for; that nobody could is a change.
        kind = OVER_LINE if came else NOBODY_LINE
        await self._outbox.tell(tx, ask.asker, kind, ask.id, now, server=ask.server)
        return ended

    async def settle(self, tx: Tx, ask: Ask) -> None:
        """Answers that a boundary holds back become the ordinary "can't", now that it would show."""
        for asking in await asking_store.of(tx, ask.id):
            if asking.reply is Reply.ANSWERED and not asking.readable:
                await asking_store.move(tx, asking, asking.replied(Reply.CANT), words=None)
                await self._letters.forget_answer(tx, asking)

    async def pause(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """Somebody found it beyond them: nothing can be added any more."""
        await store.move(tx, ask, ask.paused())
        await self._silence(tx, ask, now)
        await self._agenda.put(tx, CLOSES, ask.id, now + PAUSE_CLOSES)
        await self._outbox.tell(tx, ask.asker, PAUSED_LINE, ask.id, now, server=ask.server)

    async def close(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """The ask takes nothing more; what was written is destroyed after the server's retention."""
        closed = await store.move(tx, ask, ask.closed(now))
        await self._silence(tx, ask, now)
        await self._agenda.drop(tx, CLOSES, ask.id)
        retention = (await self._servers.get(tx, ask.server)).retention
        await self._agenda.put(tx, DESTROYED, ask.id, now + retention)
        return closed

    async def destroy(self, tx: Tx, id: str, now: datetime) -> None:
        """Nothing of it is left: no key, no row, no alarm, no line."""
        ask = await store.get(tx, id)
        if ask is not None:
            await self._silence(tx, ask, now)
        await self._agenda.clear(tx, id, (DRAFT_ENDS, MESSAGE_ENDS, CLOSES, DESTROYED))
        await self._letters.destroy(tx, id)
        await store.destroy(tx, id)

    async def _silence(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """No alarm of the wait rings any more, and every message about it is edited to say that it closed."""
        await self._agenda.clear(tx, ask.id, (ENDS, UNREAD))
        ids = [asking.id for asking in await asking_store.of(tx, ask.id)]
        for kind in (REMINDED, BEYOND):
            await self._agenda.drop(tx, kind, *ids)
        for subject in (ask.id, *ids):
            await self._outbox.close(tx, subject, now)
