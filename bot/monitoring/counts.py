"""What is counted while metrics are on: requests to Discord, what people did, and the event loop's delays."""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

LAG_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""In seconds. A delay is counted under the first bound that it doesn't exceed, or after the last one."""
LAG_EVERY_SECONDS = 0.5

Deliveries = Callable[[], Mapping[tuple[str, str], int]]
"""Returns how many tries to deliver something there were, by kind and outcome, since the start."""


class Counts:
    """Plain numbers, which are made into metrics only when somebody asks for them.

    requests: by method and status; 0 for one that got no answer. limited_seconds: how long Discord has asked
    us to wait, in all answers with 429. interactions: by Discord's number for what people did. lags: how many
    delays fell into each of the ranges that LAG_BOUNDS has, and after them those that were longer.
    """

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.limited_seconds = 0.0
        self.interactions: Counter[int] = Counter()
        self.lags = [0] * (len(LAG_BOUNDS) + 1)
        self.lag_seconds = 0.0

    def on_answer(self, method: str, answer: aiohttp.ClientResponse | None) -> None:
        """Count a request, which Discord has begun to answer, or to which no answer came."""
        status = 0 if answer is None else answer.status
        self.requests[method, status] += 1
        if answer is not None and status == 429:
            self.limited_seconds += _seconds(answer.headers.get("Retry-After", ""))

    def on_interaction(self, event: Mapping[str, Any]) -> None:
        """Count what somebody did, as it comes from Discord."""
        self.interactions[event.get("type", 0)] += 1

    async def watch_the_loop(self) -> None:
        """Measure by how much a sleep of half a second takes longer, until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(LAG_EVERY_SECONDS)
            lag = max(loop.time() - began - LAG_EVERY_SECONDS, 0.0)
            self.lags[bisect_left(LAG_BOUNDS, lag)] += 1
            self.lag_seconds += lag


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return 0.0
