"""Two rate limits: requests per second in all, and new DM channels per minute."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

MINUTE = timedelta(seconds=65)
"""A minute, and the time that a request may wait for its turn."""


class Pace:
    """Spaces requests evenly. Sent all at once, a second's requests could exceed Discord's own limit.

    An urgent request takes the next turn, and those that wait already move back by one.
    """

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second
        self._free_at = 0.0
        self._urgent_free_at = 0.0
        self._owed = 0.0
        """How much later than they were told those who wait may go, because urgent requests went before."""

    async def turn(self, *, urgent: bool = False) -> None:
        """Wait until the next request may be made."""
        loop = asyncio.get_running_loop()
        if urgent:
            await self._urgent_turn(loop)
            return
        mine = max(loop.time(), self._free_at)
        self._free_at = mine + self._apart
        before = self._owed
        while mine > loop.time():
            await asyncio.sleep(mine - loop.time())
            # Urgent requests have gone before it meanwhile.
            mine, before = mine + self._owed - before, self._owed

    async def _urgent_turn(self, loop: asyncio.AbstractEventLoop) -> None:
        mine = max(loop.time(), self._urgent_free_at)
        self._urgent_free_at = mine + self._apart
        if self._free_at > mine:
            self._owed += self._apart
        self._free_at = max(self._free_at, mine) + self._apart
        if mine > loop.time():
            await asyncio.sleep(mine - loop.time())


class Openings:
    """Allows `per_minute` new DM channels in any minute, and none while Discord has asked us to wait."""

    def __init__(self, per_minute: int) -> None:
        self._last: deque[datetime] = deque(maxlen=per_minute)
        self._resting_until: datetime | None = None

    def take(self, now: datetime) -> None:
        """Count one channel that is being opened."""
        self._last.append(now)

    def rest(self, until: datetime) -> None:
        """Allow no new channel until then, because Discord has asked for that."""
        self._resting_until = max(until, self._resting_until or until)

    def resting(self, now: datetime) -> timedelta:
        """Return how much longer Discord wants no new channel to be opened; zero if it doesn't say so."""
        return max((self._resting_until or now) - now, timedelta())

    def free_at(self, now: datetime) -> datetime:
        """When the next channel may be opened: `now` or later."""
        full = len(self._last) == self._last.maxlen
        return max(now, self._last[0] + MINUTE if full else now, self._resting_until or now)
