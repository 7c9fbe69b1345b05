"""How long a press holds up everything else: the longest single step of the event loop in a whole /ask."""

import asyncio
import gc
import time
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient, demo_client
from tests.bench.figure import Figure
from tests.discord import asking

ROUNDS = 5
AT_MOST_MS = 50


async def measured() -> list[Figure]:
    """Measure real presses on the pretend server, with what SimCord does in the bot's own tasks."""
    longest, usual = [], []
    async with demo_client() as demo:
        ana, bo = await asking.friends(demo, "bo")
        for _ in range(ROUNDS + 1):
            gc.collect()
            with _steps() as steps:
                await _asked(demo, ana, bo)
            longest.append(max(steps))
            usual.append(median(steps))
    # The first round fills every cache; the machine pauses only in some rounds, so the least one counts.
    return [
        Figure("longest hold of the loop in a whole /ask", min(longest[1:]) * 1000, "ms", AT_MOST_MS),
        Figure("usual hold of the loop", median(usual[1:]) * 1000, "ms"),
    ]


async def _asked(demo: DemoClient, ana: MemberActor, bo: MemberActor) -> None:
    """Two people go from /ask to the answers."""
    await asking.send(demo, ana, "Bo")
    await asking.answer(demo, bo)
    await (await asking.opened(demo, ana)).press("Read")


@contextmanager
def _steps() -> Iterator[list[float]]:
    """Collect the seconds of each step of the loop, except the steps of the test itself."""
    took: list[float] = []
    presses, run = asyncio.current_task(), Handle._run

    def timed(handle: Handle) -> None:
        theirs = getattr(getattr(handle, "_callback", None), "__self__", None) is presses
        began = time.perf_counter()
        run(handle)
        if not theirs:
            took.append(time.perf_counter() - began)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Handle, "_run", timed)
        yield took
