"""How reports end, and how somebody stops reading them: what presses, timers and events share."""

from collections.abc import Collection
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.reports import bar_store, store
from bot.reports.bars import Bars
from bot.reports.models import Report
from bot.reports.sealed import SealedReports
from bot.reports.timers import GOES
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class ReportMoves:
    """Deletes reports with everything that belongs to them."""

    def __init__(self, context: SliceContext, sealed: SealedReports, bars: Bars) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._bars = bars

    async def remove(self, tx: Tx, reports: Collection[Report], now: datetime) -> None:
        """Delete these reports, with their keys, timers and messages.

        A bar that was proposed from one of them and that nobody has confirmed goes with it.
        """
        for report in reports:
            await self._sealed.forget(tx, report.id)
            await self._agenda.drop(tx, GOES, report.id)
            await self._outbox.close(tx, report.id, now)
            bars = await bar_store.of_report(tx, report.id)
            await self._bars.remove(tx, [bar for bar in bars if not bar.holds], now)
        await store.remove(tx, [report.id for report in reports])

    async def stop_reading(self, tx: Tx, moderator: PersonId, server: ServerId | None, now: datetime) -> None:
        """Remove somebody as a reader, there or in all servers, and close their messages."""
        ids = await store.read_by(tx, moderator, server)
        await store.reads_no_more(tx, moderator, ids)
        for id in ids:
            await self._outbox.close(tx, id, now, person=moderator)
