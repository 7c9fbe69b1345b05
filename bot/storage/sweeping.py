"""Deleted text stays in SQLite's journal until that is emptied: here it is, every few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.storage.database import Database

EVERY = timedelta(minutes=10)


class Sweep:
    """Rings with the alarm, and never sooner than it would ring anyway."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: datetime | None = None
        self.on_earlier: Callable[[datetime], None] | None = None

    async def run_due(self, now: datetime) -> int:
        """Empty the journal, if that was not done lately; where a reader is in the way, at the next ring."""
        if (self._last is None or now - self._last >= EVERY) and await self._db.checkpoint():
            self._last = now
        return 0

    async def next_due(self) -> datetime | None:
        return None
