"""What happens when the timers of talks are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import notifications, store
from bot.talks.models import Talk, TalkState
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

        Nobody is asked if a yes was withheld, or if the asker set a boundary. Whoever agreed sees the same:
        it's too late for a "can't".
        """
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is None or talk.state is not TalkState.AGREED:
                continue
            await self._moves.move(tx, talk, talk.followed(), now)
            if not talk.yes_withheld and not await self._owned(tx, talk):
                await self._outbox.tell(
                    tx, talk.asker, notifications.DID_YOU, id, now, server=talk.server, question=True
                )

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End talks between people with a boundary, each at its own random time.

        A yes that was withheld ends even if the boundary was lifted, because it doesn't come back. Once the
        asker was asked whether they talked, only their own boundary ends it: whoever agreed can't say any
        more that they can't, so another end would reveal theirs. After a `Not yet` they can again.
        """
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is not None and await self._ends(tx, talk):
                await self._moves.lose(tx, talk, now)

    async def go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete talks that were kept for long enough."""
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is not None and talk.goes_at is not None and talk.goes_at <= now:
                await self._moves.remove(tx, talk, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _ends(self, tx: Tx, talk: Talk) -> bool:
        """Whether a boundary ends this talk now."""
        match talk.as_shown.state:
            case TalkState.WAITING | TalkState.AGREED:
                person = talk.current.person
                return talk.yes_withheld or await self._boundaries.parted(tx, talk.asker, person)
            case TalkState.FOLLOWED:
                return await self._owned(tx, talk)
        return False

    async def _owned(self, tx: Tx, talk: Talk) -> bool:
        """Whether the asker set a boundary with the person who agreed."""
        return await self._boundaries.has(tx, talk.asker, talk.current.person)
