"""Our side: the agenda, its Wakeup, and a handler like that of a slice."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import bindparam, select

from bot.delivery.outbox import Outbox, OutboxMessage
from bot.scheduling.agenda import Agenda
from bot.scheduling.recurrence import next_after
from bot.scheduling.wakeup import Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.bench.agenda import files
from tests.bench.agenda.schedules import KIND, Week

_THESE = select(files.schedules).where(files.schedules.c.subject.in_(bindparam("subjects", expanding=True)))


class Ours:
    """A file with many schedules, and the services that handle them."""

    next_times = f"SELECT subject, due_at FROM agenda WHERE kind = '{KIND}'"

    def __init__(self, path: Path, week: Week) -> None:
        self.path = path
        self.db = Database(path)
        self.agenda = Agenda(self.db)
        self.agenda.on(KIND, self._told)
        self._outbox = Outbox()
        self.week = week
        self._now = week.first
        self._left = 0
        self._done = asyncio.Event()
        self._alarm = Wakeup(self.agenda, lambda: self._now)

    async def open(self) -> None:
        await files.opened(self.db)

    async def due(self, minute: int) -> None:
        """Do nothing: the schedules are already due."""
        self._now, self._left = self.week.at(minute), self.week.each
        self._done.clear()

    async def ring(self) -> None:
        """Start a Wakeup and run it until everything that is due is committed."""
        self._alarm.start()
        await self._done.wait()

    async def rest(self) -> None:
        await self._alarm.stop()
        self._alarm = Wakeup(self.agenda, lambda: self._now)

    async def checkpoint(self) -> None:
        await self.db.checkpoint()

    async def close(self) -> None:
        await self.db.close()

    async def _told(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        rows = await tx.all(_THESE, {"subjects": list(subjects)})
        due, lines = {}, []
        for subject, person, rule, start, zone, clock in map(tuple, rows):
            at = next_after(rule, date.fromisoformat(start), zone, time.fromisoformat(clock), now)
            if at is not None:
                due[subject] = at
            lines.append(OutboxMessage.to(person, KIND, subject, now))
        await self.agenda.put_all(tx, KIND, due)
        await self._outbox.tell_all(tx, lines)
        self._left -= len(subjects)
        tx.afterwards(self._committed)

    def _committed(self) -> None:
        if self._left <= 0:
            self._done.set()
