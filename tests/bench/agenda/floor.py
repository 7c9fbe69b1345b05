"""The time that SQLite alone needs for our statements, with nothing else computed while they run."""

import asyncio
from pathlib import Path
from typing import Any

from bot.delivery import store as outbox
from bot.delivery.outbox import OutboxMessage
from bot.scheduling import store as agenda
from bot.scheduling.recurrence import next_after
from bot.storage import bulk
from bot.storage.sqlite import PRAGMAS
from tests.bench.agenda import files
from tests.bench.agenda.ours import Ours
from tests.bench.agenda.schedules import KIND, Schedule, Week
from tests.database_file import open_file

_DUE = "kind = ? AND parked IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?"
_TAKE = (
    f"DELETE FROM agenda WHERE kind = ? AND subject IN (SELECT subject FROM agenda WHERE {_DUE}) "
    "RETURNING subject"
)


class Floor:
    """The lower bound: anything that runs these statements takes longer."""

    next_times = Ours.next_times

    def __init__(self, path: Path, week: Week) -> None:
        self.path = path
        self._week = week
        self._now = 0
        self._put: dict[str, Any] = {}
        self._told: dict[str, Any] = {}
        self._raw = open_file(path)

    async def open(self) -> None:
        for pragma in (*PRAGMAS, files.NO_CHECKPOINTS):
            self._raw.execute(f"PRAGMA {pragma}")

    async def due(self, minute: int) -> None:
        """Compute everything that will be written beforehand."""
        at = self._week.at(minute)
        self._now = files.micros(at)
        due = self._week.due(minute)
        rows = [{"kind": KIND, "subject": one.subject, "due_at": _next(one)} for one in due]
        lines = [OutboxMessage.to(one.person, KIND, one.subject, at)._asdict() for one in due]
        self._put_text, put = bulk.bound(agenda._PUT, rows)
        self._tell_text, told = bulk.bound(outbox._TELL_ALL, lines)
        self._put = {one.subject: row for one, row in zip(due, put, strict=True)}
        self._told = {one.subject: row for one, row in zip(due, told, strict=True)}

    async def ring(self) -> None:
        await asyncio.create_task(self._all())

    async def _all(self) -> None:
        left = self._week.each
        while left:
            left -= self._batch()

    async def rest(self) -> None:
        """Do nothing, because this side does nothing by itself."""

    async def checkpoint(self) -> None:
        self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        self._raw.close()

    def _batch(self) -> int:
        self._raw.execute("BEGIN IMMEDIATE")
        taken = self._raw.execute(_TAKE, (KIND, KIND, self._now, agenda.BATCH)).fetchall()
        subjects = [subject for (subject,) in taken]
        these = f"SELECT * FROM schedules WHERE subject IN ({', '.join('?' * len(subjects))})"
        self._raw.execute(these, subjects).fetchall()
        self._raw.executemany(self._put_text, [self._put[one] for one in subjects])
        self._raw.executemany(self._tell_text, [self._told[one] for one in subjects])
        self._raw.execute("COMMIT")
        return len(subjects)


def _next(one: Schedule) -> Any:
    return next_after(one.rule, one.start, one.zone, one.clock, one.due_at)
