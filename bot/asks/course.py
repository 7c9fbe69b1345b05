"""The course of an ask: what follows from time, from replies, and from its end."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.asks import asking_store, store
from bot.asks.letters import Letters
from bot.asks.model import (
    PAUSE_CLOSES,
    UNREAD_CLOSES,
    UNREAD_REMINDER,
    Ask,
    Asking,
    Reply,
    State,
    waited_for,
)
from bot.delivery.outbox import Outbox
from bot.servers.service import Servers
from bot.storage.database import Tx
from bot.timing.agenda import Agenda

DRAFT_ENDS = "asks.draft_ends"
MESSAGE_ENDS = "asks.message_ends"
ENDS = "asks.ends"
UNREAD = "asks.unread"
CLOSES = "asks.closes"
DESTROYED = "asks.destroyed"
REMINDED = "asks.reminded"
BEYOND = "asks.beyond"

ASKED_LINE = "asks.asked"
AGAIN_LINE = "asks.again"
CAME_LINE = "asks.came"
OVER_LINE = "asks.over"
UNREAD_LINE = "asks.unread"
CANT_LINE = "asks.cant"
PAUSED_LINE = "asks.paused"
LINES = (ASKED_LINE, AGAIN_LINE, CAME_LINE, OVER_LINE, UNREAD_LINE, CANT_LINE, PAUSED_LINE)


class Course:
    """Moves that nobody presses a button for, and the ends that several buttons share."""

    def __init__(self, letters: Letters, servers: Servers, agenda: Agenda, outbox: Outbox) -> None:
        self._letters = letters
        self._servers = servers
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(DRAFT_ENDS, self._destroy)
        agenda.on(MESSAGE_ENDS, self._message_ends)
        agenda.on(ENDS, self._ends)
        agenda.on(UNREAD, self._unread)
        agenda.on(CLOSES, self._closes)
        agenda.on(DESTROYED, self._destroy)
        agenda.on(REMINDED, self._remind)
        agenda.on(BEYOND, self._beyond)

    # -- replies --------------------------------------------------------------------------------

    async def replied(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """After any reply: the wait is over once nobody is left to wait for."""
        waiting = ask.state is State.OPEN and ask.over_at is None
        if waiting and not waited_for(await asking_store.of(tx, ask.id)):
            await self._over(tx, ask, now)

    async def cannot(self, tx: Tx, asking: Asking, now: datetime) -> None:
        """The ordinary "can't", whatever its cause: the same rows and the same line each time."""
        await asking_store.move(tx, asking, asking.replied(Reply.CANT), words=None)
        await self._letters.forget_answer(tx, asking)
        await self._agenda.drop(tx, REMINDED, asking.id)
        await self._agenda.drop(tx, BEYOND, asking.id)
        await self._outbox.close(tx, asking.id, now)
        ask = await store.get(tx, asking.ask)
        if ask is not None and ask.state is State.OPEN:
            await self._outbox.tell(tx, ask.asker, CANT_LINE, asking.id, now, server=ask.server)
            await self.replied(tx, ask, now)

    async def beyond(self, tx: Tx, asking: Asking, now: datetime) -> None:
        """The asker hears of it one to three hours on, so that the hour does not say who it was."""
        await asking_store.move(tx, asking, asking.replied(Reply.BEYOND), words=None)
        await self._letters.forget_answer(tx, asking)
        await self._agenda.drop(tx, REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)
        later = timedelta(seconds=random.SystemRandom().uniform(3600, 3 * 3600))
        await self._agenda.put(tx, BEYOND, asking.id, now + later)

    # -- ends -----------------------------------------------------------------------------------

    async def close(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """The ask takes nothing more; what was written is destroyed after the server's retention."""
        closed = await store.move(tx, ask, ask.closed(now))
        await self._silence(tx, ask, now)
        await self._agenda.drop(tx, CLOSES, ask.id)
        retention = (await self._servers.get(tx, ask.server)).retention
        await self._agenda.put(tx, DESTROYED, ask.id, now + retention)
        return closed

    async def waits(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """A wait begins, or begins anew."""
        await self._agenda.drop(tx, UNREAD, ask.id)
        await self._agenda.drop(tx, CLOSES, ask.id)
        await self._outbox.close(tx, ask.id, now, kinds=(OVER_LINE, UNREAD_LINE))
        if ask.ends_at is not None:
            await self._agenda.put(tx, ENDS, ask.id, ask.ends_at)

    async def _silence(self, tx: Tx, ask: Ask, now: datetime) -> None:
        for kind in (ENDS, UNREAD):
            await self._agenda.drop(tx, kind, ask.id)
        ids = [asking.id for asking in await asking_store.of(tx, ask.id)]
        for kind in (REMINDED, BEYOND):
            await self._agenda.drop(tx, kind, *ids)
        for subject in (ask.id, *ids):
            await self._outbox.close(tx, subject, now)

    async def _over(self, tx: Tx, ask: Ask, now: datetime) -> None:
        await store.move(tx, ask, ask.over(now))
        await self._agenda.drop(tx, ENDS, ask.id)
        await self._agenda.put(tx, UNREAD, ask.id, now + UNREAD_REMINDER)
        await self._agenda.put(tx, CLOSES, ask.id, now + UNREAD_CLOSES)
        await self._outbox.tell(tx, ask.asker, OVER_LINE, ask.id, now, server=ask.server)

    # -- what comes due -------------------------------------------------------------------------

    async def _ends(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is State.OPEN and ask.over_at is None:
                await self._over(tx, ask, now)

    async def _unread(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is State.OPEN:
                await self._outbox.tell(tx, ask.asker, UNREAD_LINE, ask.id, now, server=ask.server)

    async def _closes(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state in (State.OPEN, State.PAUSED):
                await self.close(tx, ask, now)

    async def _remind(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            asking = await asking_store.get(tx, id)
            ask = None if asking is None else await store.get(tx, asking.ask)
            if (
                asking is None
                or ask is None
                or ask.state is not State.OPEN
                or asking.reply is not Reply.ASKED
            ):
                continue
            await self._outbox.tell(
                tx,
                asking.answerer,
                AGAIN_LINE,
                id,
                now,
                other=ask.asker,
                server=ask.server,
                held=asking.held,
            )

    async def _beyond(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            asking = await asking_store.get(tx, id)
            ask = None if asking is None else await store.get(tx, asking.ask)
            if ask is None or ask.state is not State.OPEN:
                continue
            await store.move(tx, ask, ask.paused())
            await self._silence(tx, ask, now)
            await self._agenda.put(tx, CLOSES, ask.id, now + PAUSE_CLOSES)
            await self._outbox.tell(tx, ask.asker, PAUSED_LINE, ask.id, now, server=ask.server)

    async def _message_ends(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        for id in subjects:
            await store.drop_message(tx, id)

    async def _destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            await self.destroy(tx, id, now)

    async def destroy(self, tx: Tx, id: str, now: datetime) -> None:
        """Nothing of it is left: no key, no row, no alarm, no line."""
        ask = await store.get(tx, id)
        if ask is not None:
            await self._silence(tx, ask, now)
        for kind in (DRAFT_ENDS, MESSAGE_ENDS, CLOSES, DESTROYED):
            await self._agenda.drop(tx, kind, id)
        await self._letters.destroy(tx, id)
        await store.destroy(tx, id)
