"""Whether somebody may start something with others: no bar, and not too much of it."""

from collections.abc import Collection
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.reports.bars import Bars
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.storage.tx import Tx


class Starts:
    """What every verb asks that starts something, in its own transaction."""

    def __init__(self, bars: Bars, quotas: Quotas) -> None:
        self._bars = bars
        self.quotas = quotas

    async def require_free(self, tx: Tx, server: ServerId, person: PersonId) -> None:
        """Raises Barred, so that nobody writes something that they couldn't send."""
        await self._bars.require_free(tx, server, person)

    async def begin(
        self,
        tx: Tx,
        start: Start,
        by: PersonId,
        server: ServerId,
        others: Collection[PersonId],
        now: datetime,
    ) -> None:
        """Count that this is started with these people. Raises Barred or StartedTooMuch."""
        await self._bars.require_free(tx, server, by)
        await self.quotas.count(tx, start, by, others, now)
