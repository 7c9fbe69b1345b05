"""What comes due for asks, and what happens then."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.asks import notifications, recipient_store, store
from bot.asks.models import UNDECIDED, Ask, AskRecipient, AskState, Reply
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

if TYPE_CHECKING:
    # The moves put on the agenda what is named here.
    from bot.asks.moves import AskMoves

DRAFT_ENDS = "asks.draft_ends"
MESSAGE_ENDS = "asks.message_ends"
WAIT_ENDS = "asks.ends"
UNREAD = "asks.unread"
CLOSES = "asks.closes"
DESTROYED = "asks.destroyed"
"""The subject of these six is the ask, that of the next two is one person's part in it."""
REMINDED = "asks.reminded"
BEYOND = "asks.beyond"


class AskTimers:
    """Each takes what is due of one kind, and reads what is true now."""

    def __init__(self, context: SliceContext, moves: "AskMoves") -> None:
        self._outbox = context.outbox
        self._moves = moves

    async def end_wait(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """The time for answers is over."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is AskState.OPEN and ask.over_at is None:
                await self._moves.end_wait(tx, ask, now)

    async def remind_unread(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """The asker has not read what came."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state is AskState.OPEN:
                await self._outbox.tell(tx, ask.asker, notifications.UNREAD, ask.id, now, server=ask.server)

    async def close(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """It was not read, or was paused, for too long."""
        for id in subjects:
            ask = await store.get(tx, id)
            if ask is not None and ask.state in (AskState.OPEN, AskState.PAUSED):
                await self._moves.close(tx, ask, now)

    async def end_message(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        """The message that a draft began with is kept for an hour."""
        for id in subjects:
            await store.keep_message(tx, id, None)

    async def destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """A draft has lain for a week, or the text of a closed ask has been kept for long enough."""
        for id in subjects:
            await self._moves.destroy(tx, id, now)

    async def remind(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Whoever said `Not now` is asked once more."""
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.reply not in UNDECIDED:
                continue
            await self._outbox.tell(
                tx, asking.answerer, notifications.AGAIN, id, now,
                other=ask.asker, server=ask.server, held=asking.held,
            )  # fmt: skip

    async def hear_beyond(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """The asker hears that it is beyond one of those asked: the ask pauses.

        Behind a boundary nothing of it reaches the asker: the parting makes it a "can't".
        """
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.reply is not Reply.BEYOND:
                continue
            if not asking.held:
                await self._moves.pause(tx, ask, now)

    async def _of(self, tx: Tx, id: str) -> tuple[AskRecipient | None, Ask | None]:
        """One person's part, and its ask if that is open."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        return asking, ask if ask is not None and ask.state is AskState.OPEN else None
