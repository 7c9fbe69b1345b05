"""A crew: hands that take what waits at a desk and see to it, many at once, until nothing is left."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.logs import get_logger

log = get_logger(__name__)

IN_FLIGHT = 16
"""45 requests a second at 300 ms each need 14."""
T = TypeVar("T")
Done = TypeVar("Done", contravariant=True)


class ClaimQueue(Protocol[T]):
    """Hands out what may be done now; who holds what is known in memory alone."""

    async def take(self) -> list[T]: ...
    def done(self, one: T) -> None: ...
    async def put_back(self, those: Sequence[T]) -> None: ...
    async def next_due(self) -> datetime | None: ...


class Delivery(Protocol[Done]):
    """Does one, and writes down what came of it."""

    async def run(self, one: Done) -> None: ...


class WorkerPool(Generic[T]):
    """Woken when something is written or falls due; works until nothing is left, and then keeps no task."""

    def __init__(self, desk: ClaimQueue[T], errand: Delivery[T], now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._errand = errand
        self._now = now
        self._ready: deque[T] = deque()
        self._taking = asyncio.Lock()
        self._workers: set[asyncio.Task[None]] = set()
        self._woken = 0
        self._open = False
        self.on_earlier: Callable[[datetime], None] | None = None

    def start(self) -> None:
        """Begin, with whatever an earlier run left."""
        self._open = True
        self.wake()

    def wake(self) -> None:
        """Look whether something waits."""
        self._woken += 1
        self._grow()

    def hear(self, at: datetime) -> None:
        """Something waits, from then on."""
        if at <= self._now():
            self.wake()
        elif self.on_earlier is not None:
            self.on_earlier(at)

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
            one = await self._take()
            if one is not None:
                self._grow()  # another pair of hands looks whether there is more
                try:
                    await self._errand.run(one)
                finally:
                    self._desk.done(one)
            elif woken == self._woken:
                return

    async def _take(self) -> T | None:
        async with self._taking:
            if self._open and not self._ready:
                self._ready.extend(await self._desk.take())
            return self._ready.popleft() if self._open and self._ready else None

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if error is not None:
            # The alarm wakes it again within a minute. A message could carry what somebody wrote.
            log.error("A worker failed", pool=type(self).__name__, error=error)
