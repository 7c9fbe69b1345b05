"""State changes of asks that services, timers and event handlers share.

Each one also ends the timers and messages that no longer apply, in the same transaction.
"""

import random
from datetime import datetime, timedelta

from msgspec.structs import replace

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
from bot.boundaries.service import Boundaries
from bot.events import AskWithdrawn
from bot.ids import PersonId, ServerId
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

_SOONEST, _LATEST = timedelta(hours=1), timedelta(hours=3)


class AskMoves:
    """Changes asks inside a transaction of the caller."""

    def __init__(self, context: SliceContext, sealed: SealedAsks, boundaries: Boundaries) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._events = context.events
        self._sealed = sealed
        self._boundaries = boundaries

    # -- a draft --------------------------------------------------------------------------------

    async def take_along(self, tx: Tx, ask: Ask, message: str, now: datetime) -> None:
        """Keep the Discord message that the draft begins with, for an hour; an empty text deletes it."""
        if message:
            sealed = await self._sealed.seal_message(tx, ask, message)
            await store.keep_message(tx, ask.id, sealed)
            await self._agenda.put(tx, timers.MESSAGE_ENDS, ask.id, now + MESSAGE_KEPT)
        else:
            await store.keep_message(tx, ask.id, None)
            await self._agenda.drop(tx, timers.MESSAGE_ENDS, ask.id)

    # -- replies --------------------------------------------------------------------------------

    async def answered(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """Record an answer. Tell the asker of the first one, and end the wait if nobody else may answer.

        Under a boundary the answerer sees it as sent, but it doesn't count as a reply, and the asker's
        message about it is withheld.
        """
        late = ask.over_at is not None
        await self._agenda.drop(tx, timers.REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)
        ask = await self._replied(tx, ask, now)
        askings = await recipient_store.of(tx, ask.id)
        first = not any(one.readable for one in askings if one.id != asking.id)
        announced = first and (late or ask.over_at is None)
        # One that isn't announced is kept back, since a boundary can withhold those before it (`_announce`).
        await self._outbox.tell(
            tx, ask.asker, notifications.CAME, asking.id, now,
            other=asking.answerer, server=ask.server, withheld=asking.withheld or not announced,
        )  # fmt: skip

    async def cannot(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """Record the ordinary "can't". Rows and messages are the same whatever the cause is."""
        await self._drop_out(tx, asking, Reply.CANT, now)
        await self._agenda.drop(tx, timers.BEYOND, asking.id)
        await self._tell_cant(tx, asking, now)

    async def part(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """Show the asker a "can't". To the answerer it is as if the ask had been withdrawn.

        Their words stay until the ask is destroyed, as they do then. So does the time at which the asker
        would hear of a BEYOND: until then the answerer can say that somebody may be in danger.
        """
        await recipient_store.move(tx, asking, replace(asking, parted=True))
        await self._agenda.drop(tx, timers.REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)
        await self._tell_cant(tx, asking, now)

    async def heard_at(self, tx: Tx, asking: AskRecipient) -> datetime | None:
        """Return when the asker hears that it is beyond them; None if they heard it, or it isn't."""
        if asking.reply is not Reply.BEYOND:
            return None
        return await self._agenda.due_at(tx, timers.BEYOND, asking.id)

    async def _tell_cant(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        await self._agenda.drop(tx, timers.PART, asking.id)
        ask = await store.get(tx, asking.ask)
        if ask is None or ask.state is not AskState.OPEN:
            return
        over_before = ask.over_at is not None
        ask = await self._replied(tx, ask, now)
        announced = over_before or ask.over_at is None
        await self._outbox.tell(
            tx, ask.asker, notifications.CANT, asking.id, now, server=ask.server, withheld=not announced
        )

    async def take_back(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """Delete an answer. The asker is told of a "can't", unless they have read it or were told before."""
        if asking.shown or asking.parted:
            await self._drop_out(tx, asking, Reply.CANT, now)
        else:
            await self.cannot(tx, asking, now)

    async def withhold_answer(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """Let an answer that its asker was not told of look as if it had not come.

        If it had ended the wait, the wait goes on, or it ended when its time had come.
        """
        await recipient_store.move(tx, asking, asking.replied(Reply.WITHHELD))
        await self._outbox.close(tx, asking.id, now, kinds=(notifications.CAME,))
        askings = await recipient_store.of(tx, ask.id)
        others = [one for one in askings if one.readable]
        await self._announce(tx, ask, askings, now)
        if ask.state is not AskState.OPEN or ask.over_at is None:
            return
        ends_at = await self._time_of(tx, ask)
        if ends_at > now:
            await self.begin_wait(tx, await store.move(tx, ask, replace(ask, over_at=None)), ends_at, now)
        else:
            await store.move(tx, ask, ask.over(ends_at))
            kind = notifications.OVER if others else notifications.NOBODY
            await self._outbox.replace(tx, ask.id, notifications.OVER, kind, ends_at)

    async def beyond(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """Record that it is beyond them. The asker is told one to three hours later, to hide who it was."""
        await self._drop_out(tx, asking, Reply.BEYOND, now)
        await self._hear_later(tx, asking, now)

    async def danger(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """Record that somebody may be in danger, and pause the ask at once.

        Under a boundary the asker isn't told. To the answerer the ask is closed all the same.
        """
        await self._drop_out(tx, asking, Reply.DANGER, now)
        if not asking.withheld:
            await self.pause(tx, ask, now, question=True)
        elif not await self._close_unnamed(tx, ask, asking, now):
            await self._hear_later(tx, asking, now)

    async def hear_across(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """Let a BEYOND or DANGER across a boundary have its effect, at the time at which one without it has.

        If it isn't a pause, the asker sees the ordinary "can't". If that came later, the answerer could tell:
        they can say that somebody is in danger until then.
        """
        if not await self._close_unnamed(tx, ask, asking, now):
            await self.part(tx, asking, now)

    async def has_its_time(self, tx: Tx, ask: Ask, asking: AskRecipient) -> bool:
        """Whether a BEYOND or DANGER waits to have an effect on the other copies, as without a boundary.

        Until then nothing else may show the asker a "can't" in its place.
        """
        said = asking.withheld and not asking.parted and asking.reply in (Reply.BEYOND, Reply.DANGER)
        return said and not await self._boundaries.has(tx, asking.answerer, ask.asker)

    async def _close_unnamed(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> bool:
        """Close the other copies of an ask as a pause does, and return whether it was paused.

        Otherwise somebody who was asked under two accounts could tell that its asker set a boundary with one
        of them. The ask is paused only if somebody without a boundary may have said so too, as far as its
        asker knows, so that it tells them of nobody. If not, those who have a boundary see that it is closed,
        and the asker sees a "can't" of each. With a boundary of the answerer's own, nothing of it shows.
        """
        if await self._boundaries.has(tx, asking.answerer, ask.asker):
            return False
        others = [one for one in await recipient_store.of(tx, ask.id) if one.id != asking.id]
        if any(not one.withheld for one in waited_for(others)):
            await self.pause(tx, ask, now)
            return True
        for one in others:
            if one.withheld and not one.parted and one.reply in (Reply.READING, Reply.BEYOND):
                await self.part(tx, one, now)
                await self._agenda.drop(tx, timers.BEYOND, one.id)
        return False

    # -- the wait, and the end ------------------------------------------------------------------

    async def begin_wait(self, tx: Tx, ask: Ask, due_at: datetime, now: datetime) -> None:
        """Begin a wait, or begin it again. `due_at` is its end, or later if that is in quiet hours."""
        await self._agenda.clear(tx, ask.id, (timers.UNREAD, timers.CLOSES))
        await self._outbox.close(
            tx, ask.id, now, kinds=(notifications.OVER, notifications.NOBODY, notifications.UNREAD)
        )
        await self._agenda.put(tx, timers.WAIT_ENDS, ask.id, due_at)

    async def end_wait(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """End the wait. The answers can now be read, and reading them closes the ask.

        If all have replied before its time, what follows is still counted from its time: otherwise it would
        tell the asker of a reply that a boundary withholds.
        """
        ended = await store.move(tx, ask, ask.over(now))
        due_at = await self._agenda.due_at(tx, timers.WAIT_ENDS, ask.id) or now
        await self._agenda.drop(tx, timers.WAIT_ENDS, ask.id)
        await self._agenda.put(tx, timers.UNREAD, ask.id, due_at + UNREAD_REMINDER)
        await self._agenda.put(tx, timers.CLOSES, ask.id, due_at + UNREAD_CLOSES)
        came = any(one.readable for one in await recipient_store.of(tx, ask.id))
        # OVER announces that something is ready, NOBODY that something has changed.
        kind = notifications.OVER if came else notifications.NOBODY
        await self._outbox.tell(tx, ask.asker, kind, ask.id, now, server=ask.server)
        return ended

    async def pause(self, tx: Tx, ask: Ask, now: datetime, *, question: bool = False) -> None:
        """Pause the ask because it is beyond somebody. Nothing can be added any more.

        question: the message to the asker goes before other messages.
        """
        await store.move(tx, ask, ask.paused())
        await self._end_notices(tx, ask, now)
        await self._agenda.put(tx, timers.CLOSES, ask.id, now + PAUSE_CLOSES)
        await self._outbox.tell(
            tx, ask.asker, notifications.PAUSED, ask.id, now, server=ask.server, question=question
        )

    async def close(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """Close the ask. Its text is destroyed after the days that were promised when it was begun."""
        closed = await store.move(tx, ask, ask.closed(now))
        await self._end_notices(tx, ask, now)
        await self._agenda.drop(tx, timers.CLOSES, ask.id)
        await self._agenda.put(tx, timers.DESTROYED, ask.id, closed.destroyed_at or now)
        return closed

    async def withdraw(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """Close an ask because its asker doesn't want it any more, or has left."""
        await self.close(tx, ask, now)
        if ask.sent_at is not None:
            await self._events.publish(tx, AskWithdrawn(now, ask.server, ask.asker, ask.sent_at))

    async def keep_shorter(self, tx: Tx, server: ServerId, days: int) -> None:
        """Keep no text there for longer than these days, also of asks that have closed."""
        shorter = await store.keep_shorter(tx, server, days)
        due = {ask.id: ask.destroyed_at for ask in shorter if ask.destroyed_at is not None}
        await self._agenda.put_all(tx, timers.DESTROYED, due)

    async def unname(self, tx: Tx, ask: Ask, instead: PersonId) -> None:
        """Destroy what the asker wrote, and put another id in their place."""
        await self._sealed.forget_words(tx, ask)
        await store.unname(tx, ask.id, instead)

    async def destroy(self, tx: Tx, id: str, now: datetime) -> None:
        """Delete the ask with its keys, rows, timers and messages."""
        ask = await store.get(tx, id)
        if ask is not None:
            await self._end_notices(tx, ask, now)
        await self._agenda.clear(
            tx, id, (timers.DRAFT_ENDS, timers.MESSAGE_ENDS, timers.CLOSES, timers.DESTROYED)
        )
        await self._sealed.destroy(tx, id)
        await store.destroy(tx, id)

    # -- inside ---------------------------------------------------------------------------------

    async def _time_of(self, tx: Tx, ask: Ask) -> datetime:
        """Return when a wait that is over ended, or would have if not all had replied."""
        ended, ends_at = ask.over_at or ask.made_at, ask.ends_at or ask.made_at
        closes_at = await self._agenda.due_at(tx, timers.CLOSES, ask.id)
        # In a database of version 0.1, CLOSES was counted from the last reply.
        return max(ended if closes_at is None else closes_at - UNREAD_CLOSES, ends_at)

    async def _announce(self, tx: Tx, ask: Ask, askings: list[AskRecipient], now: datetime) -> None:
        """Send what would have been announced without an answer that is withheld now.

        It is the first of the other answers, and a "can't" that ended the wait.
        """
        replied = [one.id for one in askings if one.as_shown is not Reply.ASKED]
        kept = await self._outbox.about(tx, ask.asker, replied)
        told = any(one.told for one in askings if one.readable)
        came = [one for one in kept if one.kind == notifications.CAME]
        first = [] if told or not all(one.withheld for one in came) else came[:1]
        cant = [one for one in kept if one.kind == notifications.CANT and one.made_at == ask.over_at]
        await self._outbox.release(tx, [one.id for one in (*first, *cant) if one.withheld], now)

    async def _hear_later(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        later = random.SystemRandom().uniform(_SOONEST.total_seconds(), _LATEST.total_seconds())
        await self._agenda.put(tx, timers.BEYOND, asking.id, now + timedelta(seconds=later))

    async def _end_notices(self, tx: Tx, ask: Ask, now: datetime) -> None:
        """Drop the timers of the wait, and close every message about the ask."""
        await self._agenda.clear(tx, ask.id, (timers.WAIT_ENDS, timers.UNREAD))
        ids = [asking.id for asking in await recipient_store.of(tx, ask.id)]
        for kind in (timers.REMINDED, timers.BEYOND, timers.PART):
            await self._agenda.drop(tx, kind, *ids)
        for subject in (ask.id, *ids):
            await self._outbox.close(tx, subject, now)

    async def _drop_out(self, tx: Tx, asking: AskRecipient, reply: Reply, now: datetime) -> None:
        """Record that they won't answer: delete what they may have begun, and close their messages."""
        await recipient_store.move(tx, asking, asking.replied(reply), words=None)
        await self._sealed.forget_answer(tx, asking)
        await self._agenda.drop(tx, timers.REMINDED, asking.id)
        await self._outbox.close(tx, asking.id, now)

    async def _replied(self, tx: Tx, ask: Ask, now: datetime) -> Ask:
        """End the wait if nobody may still answer. Called after every reply."""
        if ask.over_at is None and not waited_for(await recipient_store.of(tx, ask.id)):
            return await self.end_wait(tx, ask, now)
        return ask
