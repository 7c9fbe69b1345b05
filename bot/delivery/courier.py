"""The courier: takes what waits in the outbox to people, at a steady pace, each line once."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from bot.delivery.carrier import Carrier, StillHere, WaitUntil
from bot.delivery.errand import Errand
from bot.delivery.line import Lane, Line, State
from bot.delivery.outbox import Outbox
from bot.delivery.pace import Openings, Pace
from bot.ids import PersonId
from bot.storage.database import Database, Tx

log = logging.getLogger(__name__)

IN_FLIGHT = 16
"""45 requests a second at 300 ms each need 14."""
_AT_ONCE = 8
"""How many lines are claimed in one transaction."""
_KNOWN = (Lane.QUESTION, Lane.NOTICE)
_NEW = (Lane.NEW_QUESTION, Lane.NEW_NOTICE)


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
        self._carrier = sender
        self._now = now
        self._wait_until = wait_until
        self._openings = Openings(new_dms_per_minute)
        pace = Pace(requests_per_second)
        self._errand = Errand(db, outbox, sender, now, pace, self._openings, still_here, self._hear)
        self._ready: deque[Line] = deque()
        self._in_hand: set[str] = set()
        self._claiming = asyncio.Lock()
        self._workers: set[asyncio.Task[None]] = set()
        self._woken = 0
        self._open = False
        self.on_earlier: Callable[[datetime], None] | None = None

    # -- its hours ------------------------------------------------------------------------------

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
            await self._db.write(partial(self._put_back, [*self._ready]))
            self._ready.clear()

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._workers:
            await asyncio.wait(self._workers)

    async def run_due(self, now: datetime) -> int:
        """The alarm's way of waking it."""
        await self._db.write(lambda tx: self._outbox.forget(tx, now))
        self.wake()
        return 0

    async def next_due(self) -> datetime | None:
        """When it must be woken next; what is due already needs no waking."""
        return await self._db.read(self._next_due)

    # -- finding work ---------------------------------------------------------------------------

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
                    self._in_hand.discard(line.id)
            elif woken == self._woken:
                return

    async def _take(self) -> Line | None:
        async with self._claiming:
            while self._open and not self._ready:
                seen = await self._db.read(self._look)
                if not seen:
                    return None
                unknown = {
                    one for one in {line.person for line in seen} if not await self._carrier.reaches(one)
                }
                claimed = await self._db.write(partial(self._claim, seen, unknown))
                self._in_hand.update(line.id for line in claimed)
                self._ready.extend(claimed)
            return self._ready.popleft() if self._open else None

    async def _look(self, tx: Tx) -> list[Line]:
        """What could go now: questions first, and at most one line to somebody new."""
        now = self._now()
        seen: list[Line] = []
        for lane in _KNOWN:
            seen += await self._free(tx, lane, now, _AT_ONCE - len(seen))
        if self._openings.free_at(now) <= now:
            new = [line for lane in _NEW for line in await self._free(tx, lane, now, 1)]
            seen = [*new[:1], *seen]
        return seen

    async def _free(self, tx: Tx, lane: Lane, now: datetime, most: int) -> list[Line]:
        lines = await self._outbox.due(tx, lane, now, most + len(self._in_hand)) if most > 0 else []
        return [line for line in lines if line.id not in self._in_hand][:most]

    async def _claim(self, seen: Sequence[Line], unknown: Collection[PersonId], tx: Tx) -> list[Line]:
        """Mark as tried what goes now; what cannot is put off, or among those who need a new channel."""
        now = self._now()
        standing = await self._outbox.these(tx, [line.id for line in seen])
        claimed: list[Line] = []
        for line in (standing[line.id] for line in seen if line.id in standing):
            if line.lane is None or line.due_at > now:
                continue
            if line.state is State.CLOSING:
                claimed.append(line)
                continue
            quiet_until = await self._wait_until(tx, line.person, now)
            if quiet_until is not None and quiet_until > now:
                await self._outbox.save(tx, [line.put_off(quiet_until)])
                tx.afterwards(partial(self._hear, quiet_until))
            elif line.person in unknown and not line.lane.new:
                await self._outbox.save(tx, [line.among_new()])
            else:
                if line.tried_at is None:
                    await self._outbox.save(tx, [line.tried(now)])
                if line.person in unknown:
                    self._openings.take(now)
                claimed.append(line)
        return claimed

    async def _put_back(self, lines: Sequence[Line], tx: Tx) -> None:
        standing = await self._outbox.these(tx, [line.id for line in lines if line.tried_at is None])
        await self._outbox.save(tx, [line.untried() for line in standing.values()])
        self._in_hand.difference_update(line.id for line in lines)

    async def _next_due(self, tx: Tx) -> datetime | None:
        now = self._now()
        known = [await self._outbox.next_due(tx, lane, now) for lane in _KNOWN]
        new = [await self._outbox.next_due(tx, lane) for lane in _NEW]
        opens = self._openings.free_at(now)
        times = [*known, *(max(at, opens) for at in new if at is not None)]
        return min((at for at in times if at is not None and at > now), default=None)

    # -- being told -----------------------------------------------------------------------------

    def _hear(self, at: datetime) -> None:
        if at <= self._now():
            self.wake()
        elif self.on_earlier is not None:
            self.on_earlier(at)

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if error is not None:
            # The alarm wakes the courier again within a minute. A message could carry what somebody wrote.
            log.error("The courier stumbled: %s", type(error).__name__)
