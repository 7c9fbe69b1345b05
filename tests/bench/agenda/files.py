"""The databases for the benchmarks, filled directly: the bot would take long to write a million rows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, create_engine

from bot.delivery.tables import outbox
from bot.scheduling.tables import agenda
from bot.storage import sqlite as sqlite_adapter
from bot.storage.database import Database
from bot.storage.driver import sqlite
from tests.bench.agenda.schedules import KIND, Schedule
from tests.database_file import open_file

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_CHECKPOINTS = "wal_autocheckpoint=0"
_PUT_TOGETHER = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000")


def _told_columns() -> list[Column[str]]:
    names = ("subject", "person", "rule", "start", "zone", "clock")
    return [Column(name, String, primary_key=name == "subject", nullable=False) for name in names]


schedules = Table("schedules", MetaData(), *_told_columns(), sqlite_with_rowid=False)
"""What one of our slices would store: who, and when. The agenda stores the next time."""

times = Table(
    "times",
    MetaData(),
    Column("subject", String, primary_key=True),
    Column("due_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Only the next times, for a side that has everything else in memory."""

timers = Table(
    "timers",
    MetaData(),
    *_told_columns(),
    Column("due_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Everything in one row, including the next time."""
Index(None, timers.c.due_at)


def micros(moment: datetime) -> int:
    """Return the number that `bot.storage.schema.Moment` stores."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def ours(path: Path, week: Iterable[Schedule]) -> None:
    with filled(path, agenda, schedules) as file:
        for one in week:
            file.execute("INSERT INTO schedules VALUES (?, ?, ?, ?, ?, ?)", _told(one))
            file.execute(
                "INSERT INTO agenda VALUES (?, ?, ?, 0, NULL)", (KIND, one.subject, micros(one.due_at))
            )


def in_memory(path: Path, week: Iterable[Schedule]) -> None:
    with filled(path, times) as file:
        rows = ((one.subject, micros(one.due_at)) for one in week)
        file.executemany("INSERT INTO times VALUES (?, ?)", rows)


def sleeper(path: Path, week: Iterable[Schedule]) -> None:
    with filled(path, timers) as file:
        rows = ((*_told(one), micros(one.due_at)) for one in week)
        file.executemany("INSERT INTO timers VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


@contextmanager
def filled(path: Path, *tables: Table) -> Iterator[sqlite.Connection]:
    """Make a new file with these tables and the outbox."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite)
    for one in (*tables, outbox):
        one.create(engine)
    engine.dispose()
    with closing(raw(path)) as file:
        for pragma in _PUT_TOGETHER:
            file.execute(f"PRAGMA {pragma}")
        yield file
        file.commit()


async def opened(db: Database) -> None:
    """Open a database without automatic checkpoints, because these are measured separately."""
    await db.open()
    # The bot's own statements may not change this.
    with patch.object(sqlite_adapter, "MIGRATING", None):
        await db.migrate(_leave_checkpoints_out)


def _leave_checkpoints_out(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA {NO_CHECKPOINTS}")


def raw(path: Path) -> sqlite.Connection:
    return open_file(path)


def emptied(path: Path) -> None:
    """Empty the outbox, as if all messages had been sent and forgotten."""
    with closing(raw(path)) as file, file:
        file.execute("DELETE FROM outbox")


def asked(path: Path, query: str, values: Sequence[Any] = ()) -> list[Any]:
    with closing(open_file(path)) as file:
        return file.execute(query, values).fetchall()


def _told(one: Schedule) -> tuple[str, ...]:
    return one.subject, one.person, one.rule, str(one.start), one.zone, str(one.clock)
