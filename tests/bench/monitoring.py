"""What monitoring costs: its share of the work under load, and the look once a minute.

The load is that of `answering` without `Send`, which can be pressed only once. `Send` works most with the
database, so the share of monitoring would be smaller with it.
"""

import shutil
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from statistics import median

import aiohttp
from msgspec.structs import replace

from bot.monitoring.vitals import Phase
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, opened, ready
from tests.bench.instructions import can_count, counting, under_callgrind
from tests.load import burst, crowd
from tests.load.crowd import Asker
from tests.load.processes import PLUMBLINE, running
from tests.wire.client import Wire, wire

AT_MOST_PERCENT = 2
LOOK_AT_MOST_MS = 30
"""A two-thousandth of a minute."""
PEOPLE, PASSES = 20, 7
BURST = 500
"""So many interactions come for each scrape: one burst of `answering` in Prometheus's 15 seconds."""
SLOWED = ("tests.bench.slowed", "run")
PATHS = ("/metrics", "/healthz")
PROMETHEUS = {
    "Accept": "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
    "Accept-Encoding": "gzip",
}
LOOKS, WAITING = 200, 100


async def measured(where: Path) -> list[Figure]:
    return [*(await _under_load(where) if can_count() else _not_counted()), *await _looks(where)]


def _not_counted() -> list[Figure]:
    return [Figure("monitoring under load: not measured, because valgrind isn't installed", 0, "")]


async def _under_load(where: Path) -> list[Figure]:
    """Let the same people do the same on two bots, and count the instructions of both."""
    people = crowd.askers(PEOPLE)
    await crowd.prepare(where / "off" / "state", people)
    shutil.copytree(where / "off", where / "on")
    off, _ = await _counted(where / "off", people, None)
    on, scrape = await _counted(where / "on", people, _free_address())
    scraped = on + scrape / BURST
    return [
        Figure(
            "monitoring on and scraped, more instructions under load than off",
            _percent(scraped / off),
            "%",
            AT_MOST_PERCENT,
        ),
        Figure("the same, not scraped", _percent(on / off), "%"),
        Figure("an interaction, monitoring off", off / 1e6, "million instructions"),
        Figure("a scrape of /metrics and /healthz", scrape / 1e6, "million instructions"),
    ]


async def _counted(where: Path, people: list[Asker], address: str | None) -> tuple[float, float]:
    """Return how many instructions an interaction takes, and a scrape if there is an address for it.

    It is the least of several passes: Python's garbage collector and timers can only add to one.
    """
    async with wire() as discord:
        await crowd.join(discord, people)
        async with running(discord, PLUMBLINE, where):
            await burst.posted(discord, len(people))
            acts = [one for one in await burst.acts(discord, people) if not _sends(one)]
        (where / "state" / "starts").unlink()
        told = {"PYTHONHASHSEED": "0"} | ({} if address is None else {"PLUMBLINE_MONITORING": address})
        async with running(discord, SLOWED, where, told, under_callgrind(where)) as bot:
            passes = await _passes(bot.pid, where, partial(_acted, discord, acts))
            scrapes = [0] if address is None else await _passes(bot.pid, where, partial(_scraped, address))
    return min(passes) / len(acts), min(scrapes)


async def _passes(pid: int, where: Path, work: Callable[[], Awaitable[None]]) -> list[int]:
    """Count the instructions of the same work several times, after it was done once."""
    await work()
    counted = []
    for _ in range(PASSES):
        async with counting(pid, where) as count:
            await work()
        counted.append(count.instructions)
    return counted


def _percent(ratio: float) -> float:
    return 100 * (ratio - 1)


def _sends(act: burst.Act) -> bool:
    return "asks.send:" in act.get("custom_id", "")


async def _acted(discord: Wire, acts: list[burst.Act]) -> None:
    """Let one act after the other be answered. Several at once would take turns in another way each time."""
    for act in acts:
        [id] = await discord.act([act])
        await discord.interaction(id, "answered")


async def _scraped(address: str) -> None:
    """Ask for the page as Prometheus and a supervisor do."""
    async with aiohttp.ClientSession(headers=PROMETHEUS) as session:
        for path in PATHS:
            async with session.get(f"http://{address}{path}") as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()


def _free_address() -> str:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{chosen.getsockname()[1]}"


async def _looks(where: Path) -> list[Figure]:
    """Measure what the bot does once a minute whether or not monitoring is on, with asks that wait."""
    bot = await opened(where / "looking")
    try:
        for number in range(WAITING):
            by, draft = await ready(bot.services, number)
            await bot.services.asks.send(by, draft, NOON)
        bot.monitor.sources = replace(bot.monitor.sources, clock_ahead=_nobody_asked)
        bot.monitor.enter(Phase.RUNNING)
        seconds = median([await _cpu(bot.monitor.look()) for _ in range(LOOKS)])
    finally:
        await bot.db.close()
    return [
        Figure(
            "the look at itself once a minute, also with monitoring off",
            seconds * 1000,
            "ms of CPU",
            LOOK_AT_MOST_MS,
        )
    ]


async def _cpu(work: Awaitable[object]) -> float:
    before = time.process_time()
    await work
    return time.process_time() - before


async def _nobody_asked() -> None:
    """Stand in for the request to Discord, which is made once an hour."""
