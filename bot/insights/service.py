"""Counts for moderators: whole past months, rounded, and nobody in them."""

from datetime import datetime

from bot.ids import ServerId
from bot.insights import store
from bot.insights.model import month_of
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


class Insights:
    """Counts as things happen; shows what has ended."""

    def __init__(self, db: Database, servers: Servers, agenda: Agenda) -> None:
        self.db = db
        self._servers = servers
        self._agenda = agenda

    async def count(self, tx: Tx, server: ServerId, what: str, now: datetime, more: int = 1) -> None:
        """One more (or so many) of ASKS or REMINDERS in this month, in the transaction of what happened."""
        await store.add(tx, server, month_of(now), what, more)
