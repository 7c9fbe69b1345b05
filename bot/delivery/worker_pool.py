"""A worker pool: up to IN_FLIGHT tasks claim what is due and deliver it, until nothing is left."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.logs import get_logger

log = get_logger(__name__)

IN_FLIGHT = 16
"""How many deliveries run at once: 45 requests a second that take 300 ms each need 14."""
T = TypeVar("T")
Done = TypeVar("Done", contravariant=True)


class ClaimQueue(Protocol[T]):
    """Claims what may be delivered now. Claims are kept in memory only."""

    async def take(self) -> list[T]: ...
    def done(self, one: T) -> None: ...
    async def put_back(self, those: Sequence[T]) -> None: ...
    async def next_due(self) -> datetime | None: ...


class Delivery(Protocol[Done]):
    """Delivers one item, and records the outcome."""

    async def run(self, one: Done) -> None: ...


class WorkerPool(Generic[T]):
    """Delivers whenever something is written or due, until nothing is left. Then it keeps no task."""

    def __init__(self, claims: ClaimQueue[T], delivery: Delivery[T], now: Callable[[], datetime]) -> None:
        self._claims = claims
        self._delivery = delivery
        self._now = now
        self._ready: deque[T] = deque()
        self._taking = asyncio.Lock()
        self._workers: set[asyncio.Task[None]] = set()
        self._woken = 0
        self._open = False
        self.on_earlier: Callable[[datetime], None] | None = None

    def start(self) -> None:
        """Begin, also with what an earlier run of the process left undone."""
        self._open = True
        self.wake()

    def wake(self) -> None:
        """Check whether something is due."""
        self._woken += 1
        self._grow()

    def hear(self, at: datetime) -> None:
        """Take note that something is due at that time: start now, or let Wakeup know if it is later."""
        if at <= self._now():
            self.wake()
        elif self.on_earlier is not None:
            self.on_earlier(at)

    async def stop(self, drain: float) -> None:
        """Claim nothing new, and wait at most `drain` seconds for what is being delivered."""
        self._open = False
        if self._workers:
            await asyncio.wait(self._workers, timeout=drain)
        left = [*self._workers]
        for worker in left:
            worker.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._ready:
            await self._claims.put_back([*self._ready])
            self._ready.clear()

    @property
    def busy(self) -> bool:
        """Whether something is being delivered."""
        return bool(self._workers)

    async def idle(self) -> None:
        """Wait until nothing is being delivered."""
        while self._workers:
            await asyncio.wait(self._workers)

    async def run_due(self, now: datetime) -> int:
        """Check what is due. Wakeup calls this; it returns 0, since the work is done in tasks of its own."""
        self.wake()
        return 0

    async def next_due(self) -> datetime | None:
        """When the pool must be woken next. For what is due already, it needs no waking."""
        return await self._claims.next_due()

    # -- inside ---------------------------------------------------------------------------------

    def _grow(self) -> None:
        if self._open and len(self._workers) < IN_FLIGHT:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._ended)

    async def _work(self) -> None:
        while self._open:
            woken = self._woken
            one = await self._take()
            if one is not None:
                self._grow()  # another worker checks whether there is more
                try:
                    await self._delivery.run(one)
                finally:
                    self._claims.done(one)
            elif woken == self._woken:
                return

    async def _take(self) -> T | None:
        async with self._taking:
            if self._open and not self._ready:
                self._ready.extend(await self._claims.take())
            return self._ready.popleft() if self._open and self._ready else None

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if error is not None:
            # Wakeup wakes the pool again within a minute. The error's message could contain what somebody
            # wrote.
            log.error("A worker failed", pool=type(self).__name__, error=error)
