"""APScheduler with one job per schedule, in its own SQLAlchemy store."""

import asyncio
import pickle
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from sqlalchemy import Connection, create_engine, event

from bot.delivery import store
from bot.storage.driver import sqlite
from tests.bench.agenda import files
from tests.bench.agenda.scheduler import lines, rung, scheduler, woken
from tests.bench.agenda.schedules import Week

Jobs = Any
"""A scheduler that has the same jobs in memory, because building them twice takes long."""


def file(path: Path, jobs: Jobs) -> None:
    """Write what the store would have written itself, with one transaction per job."""
    with files.filled(path, SQLAlchemyJobStore(url="sqlite://").jobs_t) as raw:
        rows = ((job.id, job.next_run_time.timestamp(), _state(job)) for job in jobs.get_jobs())
        raw.executemany("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)", rows)


class Stored:
    """The default, with SQLite's rollback journal: it commits each next time alone, then all messages."""

    pragmas: tuple[str, ...] = ("synchronous=FULL",)
    next_times = "SELECT id, CAST(ROUND(next_run_time * 1000000) AS INTEGER) FROM apscheduler_jobs"

    def __init__(self, path: Path, week: Week, jobs: Jobs) -> None:
        self.path = path
        self._week = week
        self._jobs = jobs
        self._minute = 0
        self._engine = create_engine(f"sqlite:///{path}", module=sqlite)
        event.listen(self._engine, "connect", self._prepare)
        self._store = SQLAlchemyJobStore(engine=self._engine)
        self._scheduler = scheduler()
        self._scheduler.add_jobstore(self._store)

    async def open(self) -> None:
        self._scheduler.start(paused=True)

    async def due(self, minute: int) -> None:
        self._minute = minute
        at = self._week.at(minute)
        rows = [(at.timestamp(), self._state(one.subject, at), one.subject) for one in self._week.due(minute)]
        with closing(files.raw(self.path)) as raw, raw:
            raw.executemany("UPDATE apscheduler_jobs SET next_run_time = ?, job_state = ? WHERE id = ?", rows)
        rung.clear()

    async def ring(self) -> None:
        await woken(self._scheduler)
        with self._engine.begin() as connection:
            self._tell(connection)

    async def rest(self) -> None:
        self._scheduler.pause()

    async def checkpoint(self) -> None:
        with closing(files.raw(self.path)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        self._scheduler.shutdown()
        await asyncio.sleep(0)

    def _prepare(self, connection: Any, _record: object) -> None:
        for pragma in self.pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def _tell(self, connection: Connection) -> None:
        connection.execute(store._TELL_ALL, [one._asdict() for one in lines(self._week, self._minute)])

    def _state(self, subject: str, at: datetime) -> bytes:
        return _state(self._jobs.get_job(subject), next_run_time=at)


class InWal(Stored):
    """The same, with the file settings of ours."""

    pragmas = ("journal_mode=WAL", "synchronous=FULL", files.NO_CHECKPOINTS)


class Together(InWal):
    """The same, with all next times and the messages written in one transaction."""

    async def ring(self) -> None:
        with self._engine.connect() as connection:
            self._store.engine = _Held(connection)
            await woken(self._scheduler)
            self._tell(connection)
            connection.commit()
        self._store.engine = self._engine


class _Held:
    """An engine that begins no transaction: its caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        yield self._connection


def _state(job: Any, **changed: Any) -> bytes:
    return pickle.dumps({**job.__getstate__(), **changed}, pickle.HIGHEST_PROTOCOL)
