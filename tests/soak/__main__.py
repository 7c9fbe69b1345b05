"""`python -m tests.soak --minutes 30 --drop-every 15`: the whole program in use, while its gateway breaks.

It ends with one line of figures, and with 1 if something grew, was lost or went wrong.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Coroutine, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.storage.driver import sqlite
from tests.database_file import open_file
from tests.load import crowd
from tests.load.processes import Running, running
from tests.soak import launch, people
from tests.soak.drops import Drops
from tests.soak.people import Population
from tests.soak.samples import Sample, sample
from tests.soak.traffic import Consultation, Hands, Reader, Tally, Wanderer, paths
from tests.soak.verdict import Verdict, judged
from tests.wire.client import Wire, wire
from tests.wire.state import BOT

SAMPLED_EVERY_SECONDS = 5.0
WANDERING = 12
"""How many people try everything at the same time."""
CALM_SECONDS = 30.0
"""After the end of the traffic, so that what is under way can end."""
LATE_SECONDS = 30
SEED = 15


@dataclass(frozen=True, slots=True)
class Told:
    """How long it lasts, how often the gateway breaks, and how much people do."""

    minutes: float
    drop_every: float
    a_second: float


class Pace:
    """Lets so many things be done in a second, evenly."""

    def __init__(self, a_second: float) -> None:
        self._apart = 1 / a_second
        self._free_at = 0.0

    async def __call__(self) -> None:
        now = time.monotonic()
        mine = max(now, self._free_at)
        self._free_at = mine + self._apart
        await asyncio.sleep(mine - now)


async def soak(told: Told, where: Path) -> Verdict:
    everybody = people.population()
    await people.prepare(where / "state", everybody, max(1, int(told.minutes) - 1))
    inside = where / "inside.jsonl"
    tally = Tally()
    async with wire() as discord:
        await people.join(discord, everybody)
        program = ("tests.soak.launch", str(inside), "run")
        async with running(discord, program, where, launch.COUNTED) as bot:
            hands = Hands(discord, tally, random.Random(SEED), Pace(told.a_second))
            drops = Drops(discord, told.drop_every)
            traffic = await _traffic(discord, hands, everybody)
            samples = await _sampled(bot, inside, tally, told.minutes * 60, [*traffic, drops.run()])
            await asyncio.sleep(CALM_SECONDS)
            waiting = _waiting(where)
        twice = await _told_twice(discord, everybody, tally)
        gateway = await discord.gateway()
        return judged(samples, tally, drops.made, gateway, waiting, twice, bot.output.read_text("utf-8"))


async def _traffic(discord: Wire, hands: Hands, everybody: Population) -> list[Coroutine[Any, Any, None]]:
    commands = [*paths(await discord.call("commands"))]
    wanderer = Wanderer(hands, everybody.places, commands)
    home = everybody.places[0]
    half = len(everybody.paired) // 2
    return [
        *(wanderer.run() for _ in range(WANDERING)),
        *(Consultation(hands, one, crowd.CHANNEL).run() for one in everybody.askers),
        *(
            Reader(hands, home, some, wanderer).run()
            for some in (everybody.paired[:half], everybody.paired[half:])
        ),
    ]


async def _sampled(
    bot: Running, inside: Path, tally: Tally, seconds: float, traffic: Sequence[Coroutine[Any, Any, None]]
) -> list[Sample]:
    """Let the traffic go on for so long. Return what the process looked like meanwhile."""
    tasks = [asyncio.create_task(one) for one in traffic]
    began, samples = time.monotonic(), []
    try:
        while (at := time.monotonic() - began) < seconds:
            samples.append(sample(bot.pid, at, tally.done, inside))
            await asyncio.sleep(SAMPLED_EVERY_SECONDS)
            for task in tasks:
                if task.done():
                    task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return samples


def _waiting(where: Path) -> dict[str, int]:
    """Return what is left in the database that should have been done."""
    due = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND lane < 2 AND due_at < ? * 1000000"
    with closing(open_file(where / "state" / "plumbline.db")) as file:
        now = int(file.execute("SELECT strftime('%s', 'now')").fetchone()[0])
        return {
            "timers gave up": _count(file, "SELECT count(*) FROM agenda WHERE parked IS NOT NULL"),
            "messages are late": _count(file, due, now - LATE_SECONDS),
        }


def _count(file: sqlite.Connection, statement: str, *values: object) -> int:
    return int(file.execute(statement, values).fetchone()[0])


async def _told_twice(discord: Wire, everybody: Population, tally: Tally) -> int:
    """Count what the bot sent. Return how many direct messages came twice: their nonces are the same."""
    open_to_all = {crowd.CHANNEL, *(place.channel for place in everybody.places)}
    sent = [one for one in await discord.messages() if one.author == BOT]
    direct = [(one.channel, one.nonce) for one in sent if one.channel not in open_to_all]
    tally.whole["direct messages"] = len(direct)
    tally.whole["posts"] = len(sent) - len(direct)
    return len(direct) - len({*direct})


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--drop-every", type=float, default=15, help="in seconds")
    parser.add_argument("--a-second", type=float, default=25, help="how many things people do in a second")
    parser.add_argument("--samples", type=Path, help="a file for all samples, as JSON lines")
    parser.add_argument("--printed", type=Path, help="a file for what the program prints")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="plumbline-soak-") as where:
        verdict = asyncio.run(soak(Told(given.minutes, given.drop_every, given.a_second), Path(where)))
    if given.printed is not None:
        given.printed.write_text(verdict.printed)
    if given.samples is not None:
        given.samples.write_text("".join(json.dumps(one.told()) + "\n" for one in verdict.samples))
    for line in verdict.faults:
        print(line)
    print(verdict.line)
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
