"""What happens when the timers of asks are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks import notifications, recipient_store, store
from bot.asks.models import UNDECIDED, Ask, AskRecipient, AskState, Reply
from bot.asks.moves import AskMoves
from bot.boundaries.service import Boundaries
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class AskTimers:
    """One handler for each kind of timer. Each reads the current state before it acts."""

    def __init__(self, context: SliceContext, moves: AskMoves, boundaries: Boundaries) -> None:
        self._outbox = context.outbox
        self._moves = moves
        self._boundaries = boundaries

    async def end_wait(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End the waits that are over."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is AskState.OPEN and ask.over_at is None:
                await self._moves.end_wait(tx, ask, now)

    async def remind_unread(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Remind askers who have not read the answers."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is AskState.OPEN:
                await self._outbox.tell(tx, ask.asker, notifications.UNREAD, ask.id, now, server=ask.server)

    async def close(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close asks that were unread or paused for too long."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state in (AskState.OPEN, AskState.PAUSED):
                await self._moves.close(tx, ask, now)

    async def end_message(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        """Delete the message that a draft began with, after its hour."""
        for id in subjects:
            await store.keep_message(tx, id, None)

    async def destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Destroy a draft after its week, or a closed ask after the server's retention time."""
        for id in subjects:
            await self._moves.destroy(tx, id, now)

    async def remind(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask those who said `Not now` a second time."""
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.reply not in UNDECIDED:
                continue
            await self._outbox.tell(
                tx, asking.answerer, notifications.AGAIN, id, now,
                other=ask.asker, server=ask.server, withheld=asking.withheld,
            )  # fmt: skip

    async def hear_beyond(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Tell the asker that the ask is beyond somebody, and pause it. A boundary may change that."""
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.parted:
                continue
            if asking.withheld and asking.reply in (Reply.BEYOND, Reply.DANGER):
                await self._moves.hear_across(tx, ask, asking, now)
            elif asking.reply is Reply.BEYOND:
                await self._moves.pause(tx, ask, now)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Show the asker the ordinary "can't" of somebody with a boundary, at its own random time."""
        for id in subjects:
            asking = await recipient_store.get(tx, id)
            ask = None if asking is None else await store.get(tx, asking.ask)
            if asking is None or ask is None or asking.as_shown is not Reply.ASKED:
                continue
            if await self._moves.has_its_time(tx, ask, asking):
                continue
            if await self._boundaries.parted(tx, ask.asker, asking.answerer):
                await self._moves.part(tx, asking, now)

    async def _of(self, tx: Tx, id: str) -> tuple[AskRecipient | None, Ask | None]:
        """Return the AskRecipient and its ask, or None for an ask that isn't open."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        return asking, ask if ask is not None and ask.state is AskState.OPEN else None
