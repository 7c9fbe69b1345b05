"""Empty SQLite's journal every few minutes, because deleted text stays in it until then."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.own_thread import in_own_thread
from bot.storage.database import Database

EVERY = timedelta(minutes=10)


class Sweep:
    """Empties the journal when Wakeup runs for something else. It never asks Wakeup to run earlier.

    `also` deletes what else could still hold deleted text.
    """

    def __init__(self, db: Database, also: Callable[[], None] = lambda: None) -> None:
        self._db = db
        self._also = also
        self._last: datetime | None = None
        self.on_earlier: Callable[[datetime], None] | None = None

    async def run_due(self, now: datetime) -> int:
        """Empty the journal if EVERY has passed. If a reader prevents it, try again at the next wake-up."""
        if (self._last is None or now - self._last >= EVERY) and await self._db.checkpoint():
            self._last = now
            await in_own_thread(self._also)
        return 0

    async def next_due(self) -> datetime | None:
        """Return None: it needs no wake-up of its own."""
        return None
