"""What happens when the timers of reports are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.reports import store
from bot.reports.bars import Bars
from bot.reports.moves import ReportMoves
from bot.reports.quotas import Quotas
from bot.storage.tx import Tx


class ReportTimers:
    """One handler for each kind of timer."""

    def __init__(self, moves: ReportMoves, bars: Bars, quotas: Quotas) -> None:
        self._moves = moves
        self._bars = bars
        self._quotas = quotas

    async def remove(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete reports that were kept for long enough, and drafts that nobody has gone on with."""
        found = [report for id in subjects if (report := await store.get(tx, id)) is not None]
        await self._moves.remove(tx, found, now)

    async def end_bars(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End bars whose 30 days are over, and proposals that nobody has confirmed."""
        await self._bars.end(tx, subjects, now)

    async def forget_quotas(self, tx: Tx, _subjects: Sequence[str], now: datetime) -> None:
        """Forget how much people started in spans that are over."""
        await self._quotas.forget(tx, now)
