"""What happens when the timers of terms are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.storage.tx import Tx
from bot.terms import carrying_store, store
from bot.terms.models import Carrying, CarryState
from bot.terms.moves import TermsMoves


class TermsTimers:
    """One handler for each kind of timer. Each reads the current state before it acts."""

    def __init__(self, moves: TermsMoves, boundaries: Boundaries) -> None:
        self._moves = moves
        self._boundaries = boundaries

    async def go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete terms a year after they were last written."""
        for id in subjects:
            own = await store.get(tx, id)
            if own is not None and own.goes_at <= now:
                await self._moves.remove(tx, own, now)

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close what nobody answered."""
        for id in subjects:
            carrying = await carrying_store.get(tx, id)
            if carrying is not None and carrying.state is CarryState.OPEN and carrying.lapses_at <= now:
                await self._moves.keep(tx, carrying.closed())

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete what ended long enough ago."""
        for id in subjects:
            carrying = await carrying_store.get(tx, id)
            if carrying is not None and carrying.over and carrying.forgotten_at <= now:
                await self._moves.remove_carrying(tx, carrying, now)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End what a boundary has withheld, at a random time of its own.

        It ends even if the boundary was lifted meanwhile, because what was withheld doesn't come back.
        """
        for id in subjects:
            carrying = await carrying_store.get(tx, id)
            if carrying is not None and carrying.withheld:
                await self._part(tx, carrying, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _part(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        mine = await self._boundaries.has(tx, carrying.author, carrying.carrier)
        theirs = await self._boundaries.has(tx, carrying.carrier, carrying.author)
        if not carrying.agreed:
            # Only its author could still see it.
            if mine:
                await self._moves.withdraw(tx, carrying, now)
        elif mine and not theirs:
            await self._moves.withdraw(tx, carrying, now)
        elif theirs and not mine:
            await self._moves.hand_back(tx, carrying, now)
        else:
            await self._moves.end_for_both(tx, carrying, now)
