"""A worker pool: up to IN_FLIGHT tasks claim what is due and deliver it, until nothing is left."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime
from typing import Generic

from bot.delivery.engine import CLAIM_LASTS, LONGEST_DELIVERY, D, Engine
from bot.logs import get_logger, where
from bot.storage.unavailable import StorageUnavailable

log = get_logger(__name__)

IN_FLIGHT = 16
"""How many deliveries run at once: 45 requests a second that take 300 ms each need 14."""
URGENT_IN_FLIGHT = 32
"""How many urgent ones run beside them. The last of so many waits less than a second for its request."""


class WorkerPool(Generic[D]):
    """Delivers whenever something is written or due, until nothing is left. Then it keeps no task.

    What is urgent has a task of its own that claims it as soon as it is written, and begins each delivery at
    once, so that it waits neither for a worker nor for another delivery.
    """

    def __init__(self, engine: Engine[D], now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self._holder = ""
        self._ready: deque[D] = deque()
        self._ready_until = now()
        self._taking = asyncio.Lock()
        self._workers: set[asyncio.Task[None]] = set()
        self._reserved: asyncio.Task[None] | None = None
        self._urgent: set[asyncio.Task[None]] = set()
        self._woken, self._woken_urgent = 0, 0
        self._open = False
        self.on_earlier: Callable[[datetime], None] | None = None

    async def start(self, holder: str = "") -> None:
        """Begin, also with what an earlier run of the process left undone.

        `holder` names the process in its claims. Claims that it has already are from a process that was
        killed, and are freed.
        """
        self._holder = holder
        await self._engine.free(holder)
        self._open = True
        self.wake()

    def wake(self) -> None:
        """Check whether something is due."""
        self._woken += 1
        self._grow()
        self.wake_urgent()

    def wake_urgent(self) -> None:
        """Let what is urgent be delivered, whatever the workers do."""
        self._woken_urgent += 1
        if self._open and self._reserved is None:
            self._reserved = asyncio.create_task(self._begin_what_is_urgent())
            self._reserved.add_done_callback(self._reserved_ended)

    def hear(self, at: datetime) -> None:
        """Take note that something is due at that time: start now, or let Wakeup know if it is later."""
        if at <= self._now():
            self.wake()
        elif self.on_earlier is not None:
            self.on_earlier(at)

    async def stop(self, drain: float) -> None:
        """Claim nothing new, and wait at most `drain` seconds for what is being delivered."""
        self._open = False
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=drain)
        left = [*self._tasks]
        for worker in left:
            worker.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._ready:
            await self._engine.put_back([*self._ready])
            self._ready.clear()

    @property
    def tried(self) -> Counter[tuple[str, str]]:
        """How many tries there were since the start, by kind and outcome."""
        return self._engine.tried

    @property
    def busy(self) -> bool:
        """Whether something is being delivered."""
        return bool(self._tasks)

    async def idle(self) -> None:
        """Wait until nothing is being delivered."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def run_due(self, now: datetime) -> int:
        """Check what is due. Wakeup calls this; it returns 0, since the work is done in tasks of its own."""
        self.wake()
        return 0

    async def next_due(self) -> datetime | None:
        """When the pool must be woken next. For what is due already, it needs no waking."""
        return await self._engine.next_due()

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _stopping(self) -> bool:
        return not self._open

    @property
    def _tasks(self) -> set[asyncio.Task[None]]:
        reserved = () if self._reserved is None else (self._reserved,)
        return {*self._workers, *self._urgent, *reserved}

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
                await self._engine.run(one)
            elif woken == self._woken:
                return

    async def _begin_what_is_urgent(self) -> None:
        try:
            while self._open:
                woken = self._woken_urgent
                while len(self._urgent) >= URGENT_IN_FLIGHT:
                    await asyncio.wait(self._urgent, return_when=asyncio.FIRST_COMPLETED)
                urgent = await self._engine.take(self._holder, urgent=True)
                if urgent and self._stopping:
                    await self._engine.put_back(urgent)
                    return
                for one in urgent:
                    delivery = asyncio.create_task(self._engine.run(one))
                    self._urgent.add(delivery)
                    delivery.add_done_callback(self._urgent_ended)
                if not urgent and woken == self._woken_urgent:
                    return
        finally:
            # Before this task ends, so that no call of `wake_urgent` finds one that looks no more.
            self._reserved = None

    async def _take(self) -> D | None:
        async with self._taking:
            if self._ready and self._now() >= self._ready_until:
                # They have waited for a worker for so long that their claims could lapse during a delivery.
                await self._engine.put_back([*self._ready])
                self._ready.clear()
            if self._open and not self._ready:
                self._ready_until = self._now() + CLAIM_LASTS - LONGEST_DELIVERY
                self._ready.extend(await self._engine.take(self._holder))
            return self._ready.popleft() if self._open and self._ready else None

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self._log_failure(worker)

    def _reserved_ended(self, worker: asyncio.Task[None]) -> None:
        if self._reserved is worker:  # it was cancelled before it began
            self._reserved = None
        self._log_failure(worker)

    def _urgent_ended(self, delivery: asyncio.Task[None]) -> None:
        self._urgent.discard(delivery)
        self._log_failure(delivery)

    def _log_failure(self, worker: asyncio.Task[None]) -> None:
        error = None if worker.cancelled() else worker.exception()
        if error is not None and not isinstance(error, StorageUnavailable):
            # Wakeup wakes the pool again within a minute. The error's message could contain what somebody
            # wrote.
            log.error("A worker failed", pool=type(self).__name__, error=error, traceback=where(error))
