"""The courier: takes what waits in the outbox to people, at a steady pace, each line once."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery import store
from bot.delivery.carrier import Carrier, StillHere, WaitUntil
from bot.delivery.desk import Desk
from bot.delivery.errand import Errand
from bot.delivery.line import Line
from bot.delivery.outbox import Outbox
from bot.delivery.pace import Openings, Pace
from bot.storage.database import Database

log = logging.getLogger(__name__)

IN_FLIGHT = 16
"""45 requests a second at 300 ms each need 14."""
_FORGETS_EVERY = timedelta(hours=1)


class Courier:
    """Woken when a line is written or falls due; works until nothing is left, and then keeps no task."""

    def __init__(
        self,
        db: Database,
        outbox: Outbox,
        sender: Carrier,
        now: Callable[[], datetime],
        requests_per_second: float = 45,
        new_dms_per_minute: int = 6,
        *,
        still_here: StillHere,
        wait_until: WaitUntil,
    ) -> None:
        self._db = db
        self._outbox = outbox
        self._now = now
        openings = Openings(new_dms_per_minute)
        self._desk = Desk(db, sender, now, openings, wait_until, self._hear)
        self.pace = Pace(requests_per_second)
        self._errand = Errand(db, sender, now, self.pace, openings, still_here, self._hear)
        self._ready: deque[Line] = deque()
        self._taking = asyncio.Lock()
        self._workers: set[asyncio.Task[None]] = set()
        self._woken = 0
        self._open = False
        self._forgot_at: datetime | None = None
        self.on_earlier: Callable[[datetime], None] | None = None

    def start(self) -> None:
        """Begin, with whatever an earlier run left."""
        self._open = True
        self._outbox.on_waiting = self._hear
        self.wake()

    def wake(self) -> None:
        """Look whether something waits."""
        self._woken += 1
        self._grow()

    async def stop(self, drain: float) -> None:
        """Take nothing new, and give what is on its way so many seconds to arrive."""
        self._open = False
        if self._workers:
            await asyncio.wait(self._workers, timeout=drain)
        left = [*self._workers]
        for worker in left:
            worker.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._ready:
            await self._desk.put_back([*self._ready])
            self._ready.clear()

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return bool(self._workers)

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._workers:
            await asyncio.wait(self._workers)

    async def run_due(self, now: datetime) -> int:
        """The alarm's way of waking it."""
        if self._forgot_at is None or now - self._forgot_at >= _FORGETS_EVERY:
            await self._db.write(lambda tx: store.forget(tx, now))
            self._forgot_at = now
        self.wake()
        return 0

    async def next_due(self) -> datetime | None:
        """When it must be woken next; what is due already needs no waking."""
        return await self._desk.next_due()

    # -- inside ---------------------------------------------------------------------------------

    def _grow(self) -> None:
        if self._open and len(self._workers) < IN_FLIGHT:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._ended)

    async def _work(self) -> None:
        while self._open:
            woken = self._woken
            line = await self._take()
            if line is not None:
                self._grow()  # another pair of hands looks whether there is more
                try:
                    await self._errand.run(line)
                finally:
                    self._desk.done(line)
            elif woken == self._woken:
                return

    async def _take(self) -> Line | None:
        async with self._taking:
            if self._open and not self._ready:
                self._ready.extend(await self._desk.take())
            return self._ready.popleft() if self._open and self._ready else None

    def _hear(self, at: datetime) -> None:
        if at <= self._now():
            self.wake()
        elif self.on_earlier is not None:
            self.on_earlier(at)

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if error is not None:
            # The alarm wakes it again within a minute. A message could carry what somebody wrote.
            log.error("The courier stumbled: %s", type(error).__name__)
