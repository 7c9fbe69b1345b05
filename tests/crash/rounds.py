"""The rounds: start the bot, let the friends use it, kill it at a random moment, and look at what it left."""

import asyncio
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.crash.inspection import Broken, Inspection
from tests.crash.load import Load
from tests.crash.process import Starter, starter
from tests.patience import PATIENCE
from tests.wire.client import wire

QUIET_EVERY = 100
"""After so many rounds the bot is left alone once, until it has nothing left to do."""
SKIPS = 0.5
"""In this share of the rounds time has passed since the last one."""
NEXT, SOON = 12, 1.0
"""Time passes until one of the next so many times is due, less up to so many seconds."""
EARLY = 0.2
"""This share of the bots is killed while they start."""
QUICK_START = 0.25
"""How many seconds a forked bot takes on a quiet machine until it is connected."""
SLOWEST_PACE = 3.0
FIRST, LIVES = 4.0, 1.2
"""How many seconds the first bot is connected, and all others at most, if the machine is quiet.

In the time of the first one the friends begin something of everything.
"""
HOUR, DAY = 3600.0, 86400.0


@dataclass
class Figures:
    """What came of all rounds."""

    rounds: int = 0
    cold: int = 0
    unrecorded: int = 0
    messages: int = 0
    quiet: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.rounds:,} rounds ({self.cold} cold), 0 lost, 0 doubled, 0 orphans, "
            f"{self.acknowledged.total():,} acknowledged, {self.messages:,} messages, "
            f"{self.unrecorded:,} sent and not recorded at a kill"
        )


class Rounds:
    """Runs rounds in a directory, one after the other, on the same state directory."""

    def __init__(self, load: Load, starts: Starter, where: Path, seed: str) -> None:
        self._load = load
        self._starts = starts
        self._where = where
        self._state = where / "state"
        self._seed = seed
        self._inspection = Inspection(load, starts)
        self._start = {True: 1.5, False: QUICK_START}
        """How many seconds the last cold and the last forked bot took until they were connected."""
        self._figures = Figures()

    @property
    def figures(self) -> Figures:
        accepted = self._inspection.accepted
        return replace(
            self._figures, unrecorded=len(accepted.unrecorded), messages=len(accepted.ids),
            acknowledged=self._load.submissions.acknowledged,
        )  # fmt: skip

    async def round(self, number: int, *, cold: bool) -> None:
        """Run one round. Raises Broken."""
        chance = random.Random(f"{self._seed} {number}")
        if chance.random() < SKIPS:
            await self._load.skip(self._passing(chance))
        before = await self._load.wire.count("readies")
        running = await self._starts.start(self._load.clock.ahead, self._where, cold=cold)
        connected = asyncio.create_task(self._load.wire.wait("readies", before + 1))
        playing = self._load.playing(chance)
        await self._live(number, chance, {connected, running.exit_code}, cold=cold)
        connected.cancel()
        code = await running.kill()
        await playing.end()
        if code != -9:
            raise Broken(f"the bot ended by itself, with {code}: {running.printed}")
        await self._inspection.look(running, self._state)
        self._figures.rounds += 1
        self._figures.cold += cold

    async def _live(
        self, number: int, chance: random.Random, either: "set[asyncio.Task[int]]", *, cold: bool
    ) -> None:
        """Wait until the moment at which the bot is killed. Some don't live until they are connected.

        On a slow machine they live longer, so that as much happens.
        """
        began = asyncio.get_running_loop().time()
        if number and chance.random() < EARLY:
            await asyncio.sleep(chance.uniform(0, self._start[cold]))
            return
        # It is connected, or it has ended by itself, which is found out after the kill.
        await asyncio.wait(either, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        self._start[cold] = asyncio.get_running_loop().time() - began
        pace = min(max(1.0, self._start[False] / QUICK_START), SLOWEST_PACE)
        await asyncio.sleep(pace * (chance.uniform(0, LIVES) if number else FIRST))

    async def quiet(self) -> None:
        """Let the bot do all that it has left to do, and stop by itself. Raises Broken."""
        await self._inspection.quiet(self._state)
        self._figures.quiet += 1

    def _passing(self, chance: random.Random) -> float:
        """Return how many seconds pass before a round: mostly until something is about to be due."""
        now, how = self._load.clock.now(), chance.random()
        if how < 0.8 and self._inspection.due:
            until = (chance.choice(self._inspection.due[:NEXT]) - now).total_seconds()
            return max(0.0, until - chance.uniform(0, SOON))
        return chance.uniform(0.2 * HOUR, 12 * HOUR) if how < 0.95 else chance.uniform(DAY, 8 * DAY)


async def run(where: Path, seed: str, rounds: int, cold: int) -> Figures:
    """Run so many rounds, of which so many are cold, in a directory that is kept. Raises Broken."""
    where.mkdir(parents=True, exist_ok=True)
    async with wire() as discord, starter(discord.address) as starts:
        load = await Load.made(discord, random.Random(seed).getrandbits(32))
        all_of_them = Rounds(load, starts, where, seed)
        for number in range(rounds):
            cold_one = number * cold // rounds != (number + 1) * cold // rounds
            try:
                await all_of_them.round(number, cold=cold_one)
                if number % QUIET_EVERY == QUIET_EVERY - 1 or number == rounds - 1:
                    await all_of_them.quiet()
            except Broken as broken:
                shutil.copytree(where / "state", where / f"broken-at-{number}", dirs_exist_ok=True)
                raise Broken(f"round {number}, seed {seed}, in {where}: {broken}") from None
        return all_of_them.figures
