"""The course of an ask: what follows from replies, and from time."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.asks import asking_store, store
from bot.asks.ends import Ends
from bot.asks.kinds import (
    BEYOND,
    CAME_LINE,
    CANT_LINE,
    CLOSES,
    DESTROYED,
    DRAFT_ENDS,
    ENDS,
    MESSAGE_ENDS,
    REMINDED,
    UNREAD,
    UNREAD_LINE,
)
from bot.asks.letters import Letters
from bot.asks.model import MESSAGE_KEPT, Ask, Asking, Reply, State, waited_for
from bot.delivery.outbox import Outbox
from bot.ids import ServerId
from bot.servers.service import Servers
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

_SOONEST, _LATEST = timedelta(hours=1), timedelta(hours=3)


class Course(Ends):
    """Moves that nobody presses a button for."""

    def __init__(self, letters: Letters, servers: Servers, agenda: Agenda, outbox: Outbox) -> None:
        super().__init__(letters, servers, agenda, outbox)
        agenda.on(DRAFT_ENDS, self._destroy)
        agenda.on(MESSAGE_ENDS, self._message_ends)
        agenda.on(ENDS, self._ends)
        agenda.on(UNREAD, self._unread)
        agenda.on(CLOSES, self._closes)
        agenda.on(DESTROYED, self._destroy)
        servers.on_forget(self._forget)
        servers.on_minors(self._for_minors)

    # -- a draft --------------------------------------------------------------------------------

    async def take_along(self, tx: Tx, ask: Ask, message: str, now: datetime) -> None:
        """The message that it begins with, in the place of any earlier one."""
        if message:
            sealed = await self._letters.seal_message(tx, ask, message)
            await store.keep_message(tx, ask.id, sealed)
            await self._agenda.put(tx, MESSAGE_ENDS, ask.id, now + MESSAGE_KEPT)
        else:
            await store.keep_message(tx, ask.id, None)
            await self._agenda.drop(tx, MESSAGE_ENDS, ask.id)

    # -- replies --------------------------------------------------------------------------------

    async def came(self, tx: Tx, ask: Ask, asking: Asking, now: datetime) -> None:
        """An answer: the asker hears of the first, and that the wait is over where nobody else is awaited.

        Across a boundary it is done for who wrote it, is still awaited, and its line is held.
        """
        late = ask.over_at is not None
        await self._agenda.drop(tx, REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)
        ask = await self._replied(tx, ask, now)
        askings = await asking_store.of(tx, ask.id)
        first = not any(one.readable for one in askings if one.id != asking.id)
        if first and (late or ask.over_at is None):
            await self._outbox.tell(
                tx, ask.asker, CAME_LINE, asking.id, now,
                other=asking.answerer, server=ask.server, held=asking.held,
            )  # fmt: skip

    async def cannot(self, tx: Tx, asking: Asking, now: datetime) -> None:
        """The ordinary "can't", whatever its cause: the same rows and the same line each time."""
        await self._takes_back(tx, asking, Reply.CANT, now)
        await self._agenda.drop(tx, BEYOND, asking.id)
        ask = await store.get(tx, asking.ask)
        if ask is None or ask.state is not State.OPEN:
            return
        over_before = ask.over_at is not None
        ask = await self._replied(tx, ask, now)
        if over_before or ask.over_at is None:
            await self._outbox.tell(tx, ask.asker, CANT_LINE, asking.id, now, server=ask.server)

    async def beyond(self, tx: Tx, asking: Asking, now: datetime) -> None:
        """The asker hears of it one to three hours on, so that the hour does not say who it was."""
        await self._takes_back(tx, asking, Reply.BEYOND, now)
        later = random.SystemRandom().uniform(_SOONEST.total_seconds(), _LATEST.total_seconds())
        await self._agenda.put(tx, BEYOND, asking.id, now + timedelta(seconds=later))

    async def settled(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """Before what came is read: what may not be read is the ordinary "can't" from here on."""
        await self.settle(tx, ask)
        return await self._replied(tx, ask, now) if ask.state is State.OPEN else ask

    async def _takes_back(self, tx: Tx, asking: Asking, reply: Reply, now: datetime) -> None:
        """They won't answer: what they may have begun goes, and they are asked no more."""
        await asking_store.move(tx, asking, asking.replied(reply), words=None)
        await self._letters.forget_answer(tx, asking)
        await self._agenda.drop(tx, REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)

    async def _replied(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """After any reply: the wait is over once nobody is left to wait for."""
        if ask.over_at is None and not waited_for(await asking_store.of(tx, ask.id)):
            return await self.over(tx, ask, now)
        return ask

    # -- what comes due -------------------------------------------------------------------------

    async def _ends(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is State.OPEN and ask.over_at is None:
                await self.over(tx, ask, now)

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

    async def _message_ends(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        for id in subjects:
            await store.keep_message(tx, id, None)

    async def _destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            await self.destroy(tx, id, now)

    async def _for_minors(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """It is set for minors: what is open there closes, as if withdrawn; drafts go in their days."""
        for id in await store.in_server(tx, server):
            ask = await store.get(tx, id)
            if ask is not None and ask.state not in (State.DRAFT, State.CLOSED):
                await self.close(tx, ask, now)

    async def _forget(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """The bot was removed from there long ago."""
        await self._destroy(tx, await store.in_server(tx, server), now)
