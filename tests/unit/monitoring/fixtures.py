"""A monitor with sources whose answers a test sets."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.waiting import Waiting
from bot.monitoring.monitor import Monitor, Sources
from bot.monitoring.vitals import Phase
from bot.settings import Settings
from bot.storage.database import Database

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Seen:
    """What the sources answer. `clock_asked`: how often Discord's clock was asked for."""

    def __init__(self) -> None:
        self.now = NOON
        self.shards = 1
        self.connected = 1
        self.silent: timedelta | None = timedelta(seconds=3)
        self.due: Sequence[Waiting] = ()
        self.earliest: tuple[str, datetime] | None = None
        self.left = 200
        self.ahead: timedelta | None = timedelta(seconds=1)
        self.clock_asked = 0

    async def waiting(self) -> Sequence[Waiting]:
        return self.due

    async def timer(self) -> tuple[str, datetime] | None:
        return self.earliest

    async def clock_ahead(self) -> timedelta | None:
        self.clock_asked += 1
        return self.ahead


def monitor(where: Path, seen: Seen, db: Database, **settings: str) -> Monitor:
    """Return the monitor of a bot that runs."""
    sources = Sources(seen, seen.waiting, seen.timer, lambda: seen.left, seen.clock_ahead)
    found = Monitor(
        Settings(_env_file=None, _environ={}, state_dir=where, **settings), db, sources, lambda: seen.now
    )
    found.enter(Phase.RUNNING)
    return found
