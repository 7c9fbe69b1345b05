"""Takes the vital signs of the running bot."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from bot.delivery.waiting import Waiting
from bot.monitoring import strings
from bot.monitoring.alarms import CLOCK_OFF_BY
from bot.monitoring.vitals import Overdue, Phase, Vitals
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.storage.unavailable import StorageUnavailable

DATABASE_ANSWERS_WITHIN = 30.0
"""In seconds. A write may wait ten for a lock, and for the writes that wait before it."""
CLOCK_EVERY = timedelta(hours=1)


class Connections(Protocol):
    """What is asked of the connections to Discord."""

    @property
    def shards(self) -> int: ...
    @property
    def connected(self) -> int: ...
    @property
    def silent(self) -> timedelta | None: ...


class Sources(Struct, frozen=True):
    """Where the vital signs come from.

    waiting: what is due and not being delivered. timer: the kind and the time of the earliest timer.
    logins_left: how often the bot may still log in today. clock_ahead: how far this machine's clock is ahead
    of Discord's, or None if Discord doesn't say; it makes a request.
    """

    connections: Connections
    waiting: Callable[[], Awaitable[Sequence[Waiting]]]
    timer: Callable[[], Awaitable[tuple[str, datetime] | None]]
    logins_left: Callable[[], int]
    clock_ahead: Callable[[], Awaitable[timedelta | None]]


class Monitor:
    """Knows how the bot was when it was last looked at. The bot itself says when it enters a phase."""

    def __init__(
        self, settings: Settings, db: Database, sources: Sources, now: Callable[[], datetime]
    ) -> None:
        self.settings = settings
        self.db = db
        self.sources = sources
        self.now = now
        self.phase = Phase.STARTING
        self.on_phase: Callable[[Phase], None] = _ignore
        self.waiting: Sequence[Waiting] = ()
        """What was due and not being delivered, when it was last looked at."""
        self._seen = Vitals(now(), Phase.STARTING)
        self._clock_seen_at: datetime | None = None

    def enter(self, phase: Phase) -> None:
        """Take note that the bot is in another phase now."""
        self.phase = phase
        self.on_phase(phase)

    def glance(self) -> Vitals:
        """Return what can be told at once, and the rest as it was when `look` was last called."""
        connections = self.sources.connections
        return replace(
            self._seen, at=self.now(), phase=self.phase, connected=connections.connected,
            shards=connections.shards, silent=connections.silent,
        )  # fmt: skip

    async def look(self) -> Vitals:
        """Look at everything, which takes some statements and, once an hour, a request to Discord."""
        storage, overdue = await self._database()
        self._seen = Vitals(
            self.now(),
            self.phase,
            storage=storage,
            overdue=overdue,
            free_bytes=free_bytes(self.settings),
            needed_bytes=size(self.settings),
            clock_ahead=await self._clock_ahead(),
            logins_left=self.sources.logins_left(),
            backup_age=self._since(self.settings.last_backup_path),
            rehearsal_age=self._since(self.settings.last_rehearsal_path),
        )
        return self.glance()

    # -- inside ---------------------------------------------------------------------------------

    async def _database(self) -> tuple[str | None, Overdue | None]:
        """Return why nothing can be stored, and what is overdue. Before it is open, nothing is known."""
        if self.phase is not Phase.RUNNING:
            return None, None
        try:
            async with asyncio.timeout(DATABASE_ANSWERS_WITHIN):
                await self.db.write(_touch)
                return None, await self._overdue()
        except StorageUnavailable as error:
            return error.reason.value, None  # `Database` has logged it
        except TimeoutError:
            return strings.DATABASE_SLOW, None

    async def _overdue(self) -> Overdue | None:
        self.waiting = await self.sources.waiting()
        timer = await self.sources.timer()
        found = [Overdue(one.kind, one.since) for one in self.waiting if not one.held_back]
        if timer is not None and timer[1] <= self.now():
            found.append(Overdue(*timer))
        return min(found, key=lambda one: one.since, default=None)

    async def _clock_ahead(self) -> timedelta | None:
        """Ask once an hour; while the clock is wrong, at each look, so that it is seen when it is set."""
        now, seen = self.now(), self._seen.clock_ahead
        right = seen is not None and abs(seen) < CLOCK_OFF_BY
        if right and self._clock_seen_at is not None and abs(now - self._clock_seen_at) < CLOCK_EVERY:
            return seen
        ahead = await self.sources.clock_ahead()
        self._clock_seen_at = None if ahead is None else now
        return ahead

    def _since(self, marker: Path) -> timedelta | None:
        """Return how old a marker is. Without one, the key file says since when it was missing.

        Without a key to encrypt to, no backups are made, and none is missed.
        """
        if self.settings.backup_key is None:
            return None
        made = self._age(marker)
        return self._age(self.settings.key_path) if made is None else made

    def _age(self, path: Path) -> timedelta | None:
        """Return how long ago a file was written; None if it isn't there."""
        if not path.exists():
            return None
        return self.now() - datetime.fromtimestamp(path.stat().st_mtime, self.now().tzinfo)


def _ignore(_phase: Phase) -> None:
    """Tell nobody."""


async def _touch(tx: Tx) -> None:
    """Write what changes nothing. An empty transaction would also end well on a full disk."""
    await tx.touch()


def free_bytes(settings: Settings) -> int:
    """Return how much room there is on the disk of the state folder."""
    disk = os.statvfs(settings.state_dir)
    return disk.f_bavail * disk.f_frsize


def size(settings: Settings) -> int:
    """Return how large the database is; 0 if there is none."""
    return settings.database_path.stat().st_size if settings.database_path.exists() else 0
