"""A server that goes: its reminders stop at once, and begin again from now if it returns."""

from dataclasses import dataclass
from datetime import datetime

from bot.ids import ServerId
from bot.posting.board import Board
from bot.reminders import store
from bot.reminders.course import Course
from bot.reminders.events import Events
from bot.reminders.kinds import BARRED_POST, REMINDER
from bot.servers.service import Servers
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Going:
    """Told by the servers, inside their transactions."""

    course: Course
    events: Events
    board: Board

    def listen(self, servers: Servers) -> None:
        servers.on_gone(self._gone)
        servers.on_returned(self._returned)
        servers.on_forget(self._forget)

    async def _gone(self, tx: Tx, server: ServerId, _now: datetime) -> None:
        await self.events.stop(tx, server)
        for one in await store.of_server(tx, server):
            await self.course.wait(tx, one, None)
            for kind in (REMINDER, BARRED_POST):
                await self.board.call_off(tx, kind, one.id)

    async def _returned(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Its events are told anew by Discord."""
        for one in await store.of_server(tx, server):
            await self.course.expect(tx, one, now)

    async def _forget(self, tx: Tx, server: ServerId, now: datetime) -> None:
        await self._gone(tx, server, now)
        await store.forget(tx, server)
