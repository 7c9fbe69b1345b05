"""The alarm: one job of APScheduler's, set to the earliest time at which anything is due."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.logs import get_logger

log = get_logger(__name__)

AT_MOST = timedelta(minutes=1)
"""How long it ever sleeps: a clock that was set, or a machine that slept, costs a minute and no more."""
AT_LEAST = timedelta(seconds=1)


class Timed(Protocol):
    """Whatever has times of its own; it says when one is put that may be earlier than all others."""

    on_earlier: Callable[[datetime], None] | None

    async def run_due(self, now: datetime) -> int:
        """Do what is due; says how much that was."""
        ...

    async def next_due(self) -> datetime | None: ...


class Wakeup:
    """Rings when the agenda, or something else with times of its own, has something due."""

    def __init__(self, agenda: Timed, now: Callable[[], datetime], also: Sequence[Timed] = ()) -> None:
        self._timed = (agenda, *also)
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._armed_for: datetime | None = None
        self._ringing: asyncio.Task[None] | None = None
        self._earlier: datetime | None = None

    def start(self) -> None:
        """Ring at once: what fell due while nothing ran is simply due."""
        for timed in self._timed:
            timed.on_earlier = self._hear
        self._scheduler.start()
        self._arm(self._now())

    async def stop(self) -> None:
        """Ring no more. A batch under way is a shielded write: it ends by itself."""
        for timed in self._timed:
            timed.on_earlier = None
        if not self._scheduler.running:
            return
        self._scheduler.remove_all_jobs()
        # A job handed over and not begun would be cancelled, and logged as an error: let it begin.
        await asyncio.sleep(0)
        self._scheduler.shutdown(wait=False)
        if self._ringing is not None:
            self._ringing.cancel()
            await asyncio.gather(self._ringing, return_exceptions=True)
        # The scheduler ends in a callback of the loop.
        await asyncio.sleep(0)

    def _hear(self, due: datetime) -> None:
        if self._ringing is not None:
            self._earlier = due if self._earlier is None else min(due, self._earlier)
        elif self._armed_for is None or due < self._armed_for:
            self._arm(due)

    def _arm(self, at: datetime) -> None:
        self._armed_for = at
        self._scheduler.add_job(
            self._ring,
            DateTrigger(at, timezone=UTC),
            id="alarm",
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def _ring(self) -> None:
        # Not awaited: APScheduler would take a job that is re-armed from within for one that still runs.
        if self._ringing is None:
            self._ringing = asyncio.create_task(self._work())

    async def _work(self) -> None:
        self._earlier = None
        latest = self._now() + AT_MOST
        try:
            for timed in self._timed:
                while await timed.run_due(self._now()):
                    pass
            times = [await timed.next_due() for timed in self._timed]
            latest = min((at for at in times if at is not None), default=latest)
        except Exception as error:  # noqa: BLE001 - the next ring is a minute away
            # An error's message can carry what somebody wrote: the log gets its type alone.
            log.error("The wake-up failed", error=error)
        self._arm(self._within_bounds(latest))
        self._ringing = None

    def _within_bounds(self, at: datetime) -> datetime:
        """What was just looked after is not looked after again at once; what was put meanwhile is."""
        now = self._now()
        at = min(max(at, now + AT_LEAST), now + AT_MOST)
        return at if self._earlier is None else min(at, self._earlier)
