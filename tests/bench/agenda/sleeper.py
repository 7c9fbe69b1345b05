"""One task that sleeps until the earliest row is due, and takes one row at a time."""

import asyncio
from contextlib import closing
from datetime import date, time
from pathlib import Path

from sqlalchemy import bindparam, select, update

from bot.delivery.outbox import Outbox, OutboxMessage
from bot.scheduling.recurrence import next_after
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.bench.agenda import files
from tests.bench.agenda.schedules import KIND, MINUTE, Week

_timers = files.timers
_EARLIEST = select(_timers).order_by(_timers.c.due_at).limit(1)
_MOVE = update(_timers).where(_timers.c.subject == bindparam("one")).values(due_at=bindparam("at"))
_PASS = "UPDATE timers SET due_at = due_at + 7 * 24 * 3600 * 1000000 WHERE due_at < ?"


class Sleeper:
    """Everything about a schedule is in its one row."""

    next_times = "SELECT subject, due_at FROM timers"

    def __init__(self, path: Path, week: Week) -> None:
        self.path = path
        self._db = Database(path)
        self._outbox = Outbox()
        self._week = week
        self._now = week.first
        self._left = 0
        self._done = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await files.opened(self._db)

    async def due(self, minute: int) -> None:
        self._now, self._left = self._week.at(minute), self._week.each
        self._done.clear()
        with closing(files.raw(self.path)) as file, file:
            # This side may not have run in the minutes before: what was due then moves to the next week.
            file.execute(_PASS, (files.micros(self._now),))

    async def ring(self) -> None:
        self._task = asyncio.create_task(self._work())
        await self._done.wait()

    async def rest(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def checkpoint(self) -> None:
        await self._db.checkpoint()

    async def close(self) -> None:
        await self._db.close()

    async def _work(self) -> None:
        while True:
            if not await self._db.write(self._take):
                await asyncio.sleep(MINUTE.total_seconds())

    async def _take(self, tx: Tx) -> bool:
        """Handle the earliest schedule if it is due; return whether it was."""
        row = await tx.first(_EARLIEST)
        if row is None or row.due_at > files.micros(self._now):
            return False
        clock = time.fromisoformat(row.clock)
        at = next_after(row.rule, date.fromisoformat(row.start), row.zone, clock, self._now)
        assert at is not None, "a rule without an end"
        await tx.execute(_MOVE, [{"one": row.subject, "at": files.micros(at)}])
        await self._outbox.tell_all(tx, [OutboxMessage.to(row.person, KIND, row.subject, self._now)])
        tx.afterwards(self._committed)
        return True

    def _committed(self) -> None:
        self._left -= 1
        if not self._left:
            self._done.set()
