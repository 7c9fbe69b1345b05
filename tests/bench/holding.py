"""How long a press holds up everything else: the longest single step of the event loop.

Measured in a whole /ask, and in forms that are full of what takes longest to escape, search and split.
"""

import asyncio
import gc
import time
from asyncio.events import Handle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median

import pytest
from simcord import MemberActor

from bot.asks.models import AskKind
from bot.content.library import installed
from bot.demo.client.client import DemoClient, demo_client
from bot.ui.custom_id import to
from tests.bench.figure import Figure
from tests.discord import asking
from tests.unit.text.test_linear import HOSTILE

ROUNDS = 5
AT_MOST_MS = 50
MOST_TYPED = 4000
"""What Discord lets somebody type into any field at most. A form whose fields take less is refused then."""


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
        card = await (await asking.form(demo, ana)).submit(asking.TYPED)
        leads = to("asks.rewrite", asking.draft_of(card), AskKind.SAID)
        most = {one.key: one.most for one in installed().form(AskKind.SAID).fields}
        form, refused = [
            max([await _hostile(demo, ana, leads, text, filled) for text in HOSTILE.values()])
            for filled in (most, dict.fromkeys(most, MOST_TYPED))
        ]
    # The first round fills every cache; the machine pauses only in some rounds, so the least one counts.
    return [
        Figure("longest hold of the loop in a whole /ask", min(longest[1:]) * 1000, "ms", AT_MOST_MS),
        Figure("longest hold of the loop by a form of hostile text", form * 1000, "ms", AT_MOST_MS),
        Figure("the same, longer than its fields allow", refused * 1000, "ms", AT_MOST_MS),
        Figure("usual hold of the loop", median(usual[1:]) * 1000, "ms"),
    ]


async def _asked(demo: DemoClient, ana: MemberActor, bo: MemberActor) -> None:
    """Two people go from /ask to the answers."""
    await asking.send(demo, ana, "Bo")
    await asking.answer(demo, bo)
    await (await asking.opened(demo, ana)).press("Read")


async def _hostile(
    demo: DemoClient, ana: MemberActor, leads: str, hostile: str, most: Mapping[str, int]
) -> float:
    """Return the longest step while a form is answered whose fields are full of this."""
    typed = {key: f"kill me {hostile * length}"[:length] for key, length in most.items()}
    longest = []
    for _ in range(ROUNDS):
        gc.collect()
        with _steps() as steps:
            await demo.forge_form(ana, leads, typed)
        longest.append(max(steps))
    return min(longest)


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
