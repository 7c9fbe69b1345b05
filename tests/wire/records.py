"""What the bot did, as far as it is kept: all counts, and the last few thousand requests."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Request:
    """One REST request. `status` is 0 if it got no answer, and `number` counts all requests."""

    number: int
    at: float
    method: str
    path: str
    route: str
    body: Any
    status: int


class Records:
    """Counts everything, and wakes whoever waits for something to happen."""

    def __init__(self) -> None:
        self.requests: deque[Request] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()
        """How many answers there were, by "METHOD /route status"."""
        self.found: Counter[str] = Counter()
        """How many of the lists that were answered had something in them, by "METHOD /route"."""
        self.outside: list[str] = []
        """Connections to other addresses that the program under test tried to make."""
        self._changed = asyncio.Event()
        self._last = 0

    def add(self, at: float, method: str, path: str, route: str, body: Any, status: int, answer: Any) -> None:
        """Record a request with its status and the body of its answer."""
        self._last += 1
        self.requests.append(Request(self._last, at, method, path, route, body, status))
        self.counts[f"{method} {route} {status}"] += 1
        if isinstance(answer, list) and answer:
            self.found[f"{method} {route}"] += 1
        self.change()

    def change(self) -> None:
        """Wake all who wait in `wait`."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for the next change, at most so long."""
        changed = self._changed
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except TimeoutError:
            return
