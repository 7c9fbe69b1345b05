"""One timer of the event loop, set to the earliest time at which anything is due."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.logs import get_logger, where
from bot.storage.unavailable import StorageUnavailable

log = get_logger(__name__)

T = TypeVar("T")

AT_MOST = timedelta(minutes=1)
"""The longest sleep. If the clock was set or the machine slept, things are a minute late at most."""
AT_LEAST = timedelta(seconds=1)


class Timed(Protocol):
    """Something that has work to do at times. It calls `on_earlier` with each new time that it has."""

    on_earlier: Callable[[datetime], None] | None

    async def run_due(self, now: datetime) -> int:
        """Do what is due, and return how much was done. It is called again until it returns 0."""
        ...

    async def next_due(self) -> datetime | None:
        """When to call `run_due` next; None if nothing is planned."""
        ...


class Wakeup:
    """Runs the agenda, and others that have work at times, when something is due."""

    def __init__(self, agenda: Timed, now: Callable[[], datetime], also: Sequence[Timed] = ()) -> None:
        self._timed = (agenda, *also)
        self._now = now
        self._alarm: asyncio.TimerHandle | None = None
        self._armed_for: datetime | None = None
        self._working: asyncio.Task[None] | None = None
        self._earlier: datetime | None = None

    def start(self) -> None:
        """Run at once, since something may have become due while the process was not running."""
        for timed in self._timed:
            timed.on_earlier = self._on_earlier
        self._arm(self._now())

    async def stop(self) -> None:
        """Stop. A batch that is being handled is a shielded write, so it still ends by itself."""
        for timed in self._timed:
            timed.on_earlier = None
        if self._alarm is not None:
            self._alarm.cancel()
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    def _on_earlier(self, due: datetime) -> None:
        if self._working is not None:
            self._earlier = due if self._earlier is None else min(due, self._earlier)
        elif self._armed_for is None or due < self._armed_for:
            self._arm(due)

    def _arm(self, at: datetime) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._armed_for = at
        wait = max(0.0, (at - self._now()).total_seconds())
        self._alarm = asyncio.get_running_loop().call_later(wait, self._ring, at)

    def _ring(self, at: datetime) -> None:
        if self._now() < at:
            self._arm(at)  # the loop's clock is not the one that says what is due, and may be a little ahead
        else:
            self._working = asyncio.create_task(self._work())

    async def _work(self) -> None:
        self._earlier = None
        latest = self._now() + AT_MOST
        worked = [timed for timed in self._timed if await self._guarded(self._run_all_due(timed))]
        times = [await self._guarded(timed.next_due()) for timed in worked]
        self._arm(self._within_bounds(min((at for at in times if at is not None), default=latest)))
        self._working = None

    async def _run_all_due(self, timed: Timed) -> bool:
        while await timed.run_due(self._now()):
            pass
        return True

    async def _guarded(self, work: Awaitable[T]) -> T | None:
        """Await the work of one of them; return None if it fails, so that it fails for none of the others."""
        try:
            return await work
        except StorageUnavailable:
            return None  # `Database` has logged it; it runs again in a minute
        except Exception as error:  # noqa: BLE001 - it runs again in a minute
            log.error("The wake-up failed", error=error, traceback=where(error))
            return None

    def _within_bounds(self, at: datetime) -> datetime:
        """Keep the time between AT_LEAST and AT_MOST from now, unless an earlier one was added meanwhile."""
        now = self._now()
        at = min(max(at, now + AT_LEAST), now + AT_MOST)
        return at if self._earlier is None else min(at, self._earlier)
