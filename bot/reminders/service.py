"""Reminders: a norm or a story in a channel, rarely, and before the server's events."""

from bot.insights.service import Insights
from bot.norms.service import Norms
from bot.posting.board import Board
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.timing.agenda import Agenda


class Reminders:
    """Set by moderators, several a server."""

    def __init__(
        self,
        db: Database,
        servers: Servers,
        norms: Norms,
        insights: Insights,
        agenda: Agenda,
        board: Board,
    ) -> None:
        self.db = db
        self._servers = servers
        self._norms = norms
        self._insights = insights
        self._agenda = agenda
        self._board = board
