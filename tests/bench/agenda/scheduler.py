"""APScheduler with one job per schedule: its jobs are in memory, and their results are written afterwards."""

import asyncio
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import bindparam, update

from bot.delivery.outbox import Outbox, OutboxMessage
from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.bench.agenda import files
from tests.bench.agenda.schedules import KIND, Schedule, Week

Trigger = Callable[[Schedule], Any]

rung: list[tuple[str, PersonId]] = []
"""What the jobs that have run were about. It is global: a stored job can only name a function of a module."""

_WEEK = timedelta(weeks=1)
_MOVE = update(files.times).where(files.times.c.subject == bindparam("one")).values(due_at=bindparam("at"))


def ring(subject: str, person: PersonId) -> None:
    rung.append((subject, person))


def cron(one: Schedule) -> Any:
    when = {"day_of_week": one.weekday, "hour": one.clock.hour, "minute": one.clock.minute}
    return CronTrigger(**when, timezone=one.zone)


def interval(one: Schedule) -> Any:
    return IntervalTrigger(weeks=1, start_date=one.due_at, timezone=one.zone)


def scheduler() -> Any:
    """Return a scheduler that runs jobs in its own step: a task for each would take a tenth longer."""
    return AsyncIOScheduler(
        timezone=UTC,
        executors={"default": DebugExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )


async def woken(scheduler: Any) -> None:
    """Wait until every due job has run, which is in the next step of the loop."""
    scheduler.resume()
    await asyncio.sleep(0)


def lines(week: Week, minute: int) -> list[OutboxMessage]:
    """Return the messages for all jobs that have run since."""
    return [OutboxMessage.to(person, KIND, subject, week.at(minute)) for subject, person in rung]


class InMemory:
    """Computes next times in memory, and writes them in one transaction with the messages."""

    next_times = "SELECT subject, due_at FROM times"

    def __init__(self, path: Path, week: Week, trigger: Trigger) -> None:
        self.path = path
        self.scheduler = scheduler()
        self._week = week
        self._trigger = trigger
        self._minute = 0
        self._db = Database(path)
        self._outbox = Outbox()

    async def open(self) -> None:
        await files.opened(self._db)
        soon = self._week.minutes * self._week.each
        for number, one in enumerate(self._week.schedules()):
            self.scheduler.add_job(
                ring,
                self._trigger(one),
                args=(one.subject, one.person),
                id=one.subject,
                next_run_time=one.due_at + (_WEEK if number < soon else timedelta()),
            )
        self.scheduler.start(paused=True)

    async def due(self, minute: int) -> None:
        self._minute = minute
        for one in self._week.due(minute):
            self.scheduler.modify_job(one.subject, next_run_time=one.due_at)
        await asyncio.sleep(0)
        rung.clear()

    async def ring(self) -> None:
        await woken(self.scheduler)
        await self._db.write(self._write)

    async def rest(self) -> None:
        self.scheduler.pause()

    async def checkpoint(self) -> None:
        await self._db.checkpoint()

    async def close(self) -> None:
        self.scheduler.shutdown()
        await asyncio.sleep(0)
        await self._db.close()

    async def _write(self, tx: Tx) -> None:
        jobs = (self.scheduler.get_job(subject) for subject, _ in rung)
        await tx.execute(_MOVE, [{"one": job.id, "at": files.micros(job.next_run_time)} for job in jobs])
        await self._outbox.tell_all(tx, lines(self._week, self._minute))
