"""Counts for moderators: whole past months, rounded, and nobody in them."""

from bot.servers.service import Servers
from bot.storage.database import Database
from bot.timing.agenda import Agenda


class Insights:
    """Counts as things happen; shows what has ended."""

    def __init__(self, db: Database, servers: Servers, agenda: Agenda) -> None:
        self.db = db
        self._servers = servers
        self._agenda = agenda
