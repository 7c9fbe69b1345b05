"""What is counted while metrics are on: requests to Discord, what people did, and the event loop's delays."""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from enum import Enum
from types import SimpleNamespace
from typing import Protocol

import aiohttp

LAG_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""In seconds. A delay is counted under the first bound that it doesn't exceed, or after the last one."""
_LAG_EVERY = 0.5

Deliveries = Callable[[], Mapping[tuple[str, str], int]]
"""Returns how many tries to deliver something there were, by kind and outcome, since the start."""


class Interaction(Protocol):
    """What discord.py calls an interaction: something that somebody did."""

    @property
    def type(self) -> Enum: ...


class Counts:
    """Plain numbers, which are made into metrics only when somebody asks for them.

    requests: by method and status; 0 for one that got no answer. limited_seconds: how long Discord has asked
    us to wait, in all answers with 429. interactions: by what people did. lags: how many delays fell into
    each of the ranges that LAG_BOUNDS has, and after them those that were longer.
    """

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.limited_seconds = 0.0
        self.interactions: Counter[str] = Counter()
        self.lags = [0] * (len(LAG_BOUNDS) + 1)
        self.lag_seconds = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """Return what lets aiohttp report every request."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._answered)
        config.on_request_exception.append(self._failed)
        return config

    async def on_interaction(self, interaction: Interaction) -> None:
        self.interactions[interaction.type.name] += 1

    async def watch_the_loop(self) -> None:
        """Measure by how much a sleep of half a second takes longer, until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(_LAG_EVERY)
            lag = max(loop.time() - began - _LAG_EVERY, 0.0)
            self.lags[bisect_left(LAG_BOUNDS, lag)] += 1
            self.lag_seconds += lag

    async def _answered(
        self, _: aiohttp.ClientSession, _context: SimpleNamespace, told: aiohttp.TraceRequestEndParams
    ) -> None:
        status = told.response.status
        self.requests[told.method, status] += 1
        if status == 429:
            self.limited_seconds += _seconds(told.response.headers.get("Retry-After", ""))

    async def _failed(
        self, _: aiohttp.ClientSession, _context: SimpleNamespace, told: aiohttp.TraceRequestExceptionParams
    ) -> None:
        self.requests[told.method, 0] += 1


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return 0.0
