"""Two paces: so many requests a second in all, and so many new direct-message channels a minute."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

_WINDOW = timedelta(seconds=65)
"""A minute, and what a request may wait for its turn among the others."""


class Pace:
    """Requests evenly apart: a full bucket spent at once would overrun Discord's own window."""

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second
        self._free_at = 0.0

    async def turn(self) -> None:
        """Wait until the next request may go."""
        loop = asyncio.get_running_loop()
        mine = max(loop.time(), self._free_at)
        self._free_at = mine + self._apart
        if mine > loop.time():
            await asyncio.sleep(mine - loop.time())


class Openings:
    """At most so many new channels in any minute, and none while Discord has asked for a rest."""

    def __init__(self, per_minute: int) -> None:
        self._last: deque[datetime] = deque(maxlen=per_minute)
        self._resting_until: datetime | None = None

    def take(self, now: datetime) -> None:
        self._last.append(now)

    def rest(self, until: datetime) -> None:
        self._resting_until = until

    def resting(self, now: datetime) -> timedelta:
        """How much longer Discord wants no new channel to be opened."""
        return max((self._resting_until or now) - now, timedelta())

    def free_at(self, now: datetime) -> datetime:
        """When the next one may be opened: now, or later."""
        full = len(self._last) == self._last.maxlen
        return max(now, self._last[0] + _WINDOW if full else now, self._resting_until or now)
