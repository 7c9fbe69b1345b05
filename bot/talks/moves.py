"""State changes of talks that services, timers and event handlers share, with timers and messages."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.models import parting_time
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import notifications, store
from bot.talks.models import Reply, Talk, TalkState
from bot.talks.timers import FOLLOW, GO, LAPSE, PART


class TalkMoves:
    """Changes talks inside a transaction of the caller."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._people = people

    async def ask(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Tell the person of the current request, and wait for LAPSES_AFTER."""
        request = talk.current
        await self._outbox.close(tx, talk.id, now)
        await self._agenda.drop(tx, GO, talk.id)
        await self._agenda.put(tx, LAPSE, talk.id, request.lapses_at)
        await self._outbox.tell(
            tx, request.person, notifications.ASKED, request.id, now,
            other=talk.asker, server=talk.server, withheld=request.withheld, question=True,
        )  # fmt: skip

    async def answer(self, tx: Tx, talk: Talk, reply: Reply, now: datetime) -> Talk:
        """Record the answer of the person who was asked: a day, or that they can't."""
        if reply is Reply.CANT:
            return await self.lose(tx, talk, now)
        talk = await self.move(tx, talk, talk.answered(reply, now), now)
        zone = (await self._people.get(tx, talk.asker)).tz
        await self._agenda.put(tx, FOLLOW, talk.id, talk.follows_at(zone, now))
        await self._outbox.tell(
            tx, talk.asker, notifications.AGREED, talk.id, now, other=talk.current.person, server=talk.server
        )
        return talk

    async def lose(self, tx: Tx, talk: Talk, now: datetime) -> Talk:
        """End the current request, and tell the asker.

        The message names nobody, so no boundary withholds it.
        """
        talk = await self.move(tx, talk, talk.lost(now), now)
        await self._outbox.tell(tx, talk.asker, notifications.CANT, talk.id, now, server=talk.server)
        return talk

    async def ask_again(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Schedule the question whether they got to talk once more, if the talk is kept for so long.

        A boundary ends the talk at a random time before that. The time is put also without one, so that a
        press takes the same steps.
        """
        again = talk.asked_again_at(now)
        if talk.state is TalkState.AGREED and again is not None:
            await self._agenda.put(tx, FOLLOW, talk.id, again)
            await self._end_soon(tx, talk, now)

    async def stop_asking(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Take back the question whether they talked, since its asker set a boundary; the talk ends later."""
        await self._outbox.close(tx, talk.id, now, kinds=(notifications.DID_YOU,))
        await self._end_soon(tx, talk, now)

    async def see(self, tx: Tx, talk: Talk) -> Talk:
        """Record that its asker was told of a yes, because a card shows it to them now."""
        return await store.keep(tx, replace(talk, seen=True)) if talk.untold else talk

    async def again_at(self, tx: Tx, talk: Talk) -> datetime | None:
        """When the asker is asked next whether they got to talk; None if that is not scheduled."""
        return await self._agenda.due_at(tx, FOLLOW, talk.id)

    async def _end_soon(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Let a boundary end the talk at a random time, unless it has such a time."""
        ends_at = await self._agenda.due_at(tx, PART, talk.id)
        await self._agenda.put(tx, PART, talk.id, ends_at or parting_time(now))

    async def move(self, tx: Tx, before: Talk, after: Talk, now: datetime) -> Talk:
        """Store the new state, drop the messages and timers of the old one, and schedule its deletion."""
        moved = await store.keep(tx, after)
        await self._outbox.close(tx, before.id, now)
        await self._outbox.close(tx, before.current.id, now)
        await self._agenda.clear(tx, before.id, (LAPSE, FOLLOW, *(() if moved.agreed else (PART,))))
        if moved.goes_at is not None:
            await self._agenda.put(tx, GO, moved.id, moved.goes_at)
        return moved

    async def remove(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Delete the talk with its timers and messages."""
        await self._outbox.close(tx, talk.id, now)
        await self._outbox.close(tx, talk.current.id, now)
        await self._agenda.clear(tx, talk.id, (LAPSE, FOLLOW, GO, PART))
        await store.remove(tx, talk.id)
