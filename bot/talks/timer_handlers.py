"""What happens when the timers of talks are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import notifications, store
from bot.talks.models import TalkState
from bot.talks.moves import TalkMoves


class TalkTimers:
    """One handler for each kind of timer. Each reads the current state before it acts."""

    def __init__(self, context: SliceContext, moves: TalkMoves, boundaries: Boundaries) -> None:
        self._outbox = context.outbox
        self._moves = moves
        self._boundaries = boundaries

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End requests that nobody answered in time."""
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is None or talk.as_shown.state is not TalkState.WAITING:
                continue
            if talk.current.lapses_at <= now:
                await self._moves.lose(tx, talk, now)

    async def follow(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask the askers, on the day after, whether they got to talk.

        If a yes was withheld, nobody is asked. Whoever agreed sees the same: it's too late for a "can't".
        """
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is None or talk.state is not TalkState.AGREED:
                continue
            await self._moves.move(tx, talk, talk.followed(), now)
            if not talk.yes_withheld:
                await self._outbox.tell(
                    tx, talk.asker, notifications.DID_YOU, id, now, server=talk.server, question=True
                )

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End talks between people with a boundary, each at its own random time.

        A yes that was withheld ends even if the boundary was lifted, because it doesn't come back.
        """
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is None or talk.as_shown.state not in (TalkState.WAITING, TalkState.AGREED):
                continue
            if talk.yes_withheld or await self._boundaries.parted(tx, talk.asker, talk.current.person):
                await self._moves.lose(tx, talk, now)

    async def go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete talks that were kept for long enough."""
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is not None and talk.goes_at is not None and talk.goes_at <= now:
                await self._moves.remove(tx, talk, now)
