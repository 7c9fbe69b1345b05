"""What the protections of the database file cost: a `Send` with each of them, and without it."""

import gc
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

from bot.app import Plumbline
from bot.people.models import DiscordUser
from bot.storage import connecting, sqlite
from tests.bench import fixtures
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, SERVER

ROUNDS, WARMING = 80, 20
ERASED = 1_000
_FREED_PAGES = "PRAGMA freelist_count"


async def measured(where: Path) -> list[Figure]:
    """Let four bots send in turns: one with everything, and three that each do without something.

    CPU time of all threads counts, since how long a disk takes differs from machine to machine.
    """
    ways = {"": _with_everything(), "authorizer": _without_authorizer(), "pragmas": _without_pragmas()}
    times: dict[str, list[float]] = {way: [] for way in ways}
    async with AsyncExitStack() as stack:
        bots = {}
        for way, without in ways.items():
            with without:
                bots[way] = await fixtures.opened(_made(where / f"hardened-{way}"))
                stack.push_async_callback(bots[way].db.close)
        drafts = {
            way: [await fixtures.ready(bot.services, number) for number in range(ROUNDS)]
            for way, bot in bots.items()
        }
        for number in range(ROUNDS):
            for way, bot in bots.items():
                by, draft = drafts[way][number]
                began = time.process_time()
                await bot.services.asks.send(by, draft, NOON)
                times[way].append(time.process_time() - began)
        sends = {way: median(found[WARMING:]) for way, found in times.items()}
        vacuum = await _vacuumed(bots[""])
    return [
        Figure(
            "Send with the authorizer, against Send without it",
            sends[""] / sends["authorizer"],
            "times",
            1.15,
        ),
        Figure(
            "Send with the protecting pragmas, against Send without",
            sends[""] / sends["pragmas"],
            "times",
            1.15,
        ),
        Figure("Send in /ask", sends[""] * 1000, "ms of CPU"),
        Figure("emptying the journal after 1,000 erased rows holds writes", vacuum * 1000, "ms", 250),
    ]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _with_everything() -> Iterator[None]:
    yield


@contextmanager
def _without_authorizer() -> Iterator[None]:
    with patch.object(sqlite, "WRITING", None), patch.object(sqlite, "READING", None):
        yield


@contextmanager
def _without_pragmas() -> Iterator[None]:
    """Do without `secure_delete`, `cell_size_check` and `trusted_schema`."""
    less = tuple(one for one in sqlite.PRAGMAS if not one.startswith("secure_delete"))
    with patch.object(connecting, "_ALWAYS", ()), patch.object(sqlite, "PRAGMAS", less):
        yield


async def _vacuumed(bot: Plumbline) -> float:
    """Return how long the checkpoint takes that gives back what erasing has freed. All writes wait for it."""
    owner = await bot.services.people.meet(DiscordUser(9_900_000, "Owner", SERVER), NOON)
    await fixtures.plans(bot, owner, ERASED)
    await bot.services.privacy.erase(owner, NOON)
    gc.collect()
    began = time.perf_counter()
    await bot.db.checkpoint()
    return time.perf_counter() - began
