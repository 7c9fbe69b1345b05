"""Two processes that are one bot, killed at random moments while friends use both.

Run as `python -m tests.crash.instances [--rounds N] [--rolling N] [--seed S]`. In each round, one of them is
killed while the other goes on. Then the other one ends, too: it is killed, or told to stop. Discord sends
what happens in the server to the second process, and direct messages to the first one. Nothing may be lost,
told twice or left behind. After these rounds, both are restarted one by one while friends use them.
"""

import argparse
import asyncio
import random
import secrets
import shutil
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from bot.delivery.dm_deletions import AGAIN
from bot.vault.keyring import Keyring
from bot.vault.sealing import Vault
from tests import databases
from tests.crash import invariants
from tests.crash.inspection import Broken, Inspection, read_log, refuse
from tests.crash.load import Load, Playing
from tests.crash.process import Running, Starter, starter
from tests.crash.snapshot import KEYS, ServerSnapshot
from tests.patience import PATIENCE
from tests.wire.client import wire

INSTANCES = 2
SERVER = 1_001 << 22
"""The friends' server: by its id, Discord sends it to the second process."""
SKIPS = 0.5
"""In this share of the rounds time has passed since the last one."""
NEXT, SOON, HALF_A_DAY = 12, 1.0, 43_200.0
EARLY = 0.2
"""This share of the processes is killed while they start."""
LIVES = 1.5
"""How many seconds both are connected at most before one is killed, and how many the other goes on."""
STOPS = 0.3
"""This share of the processes that go on is told to stop in the end, and the others are killed as well."""


@dataclass
class Figures:
    """What became of all rounds."""

    rounds: int = 0
    killed: int = 0
    took_over: int = 0
    rolled: int = 0
    away: float = 0.0
    """For how many seconds at most a process was away in a rolling restart."""
    messages: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.rounds:,} rounds of {INSTANCES} processes, {self.killed:,} killed, 0 lost, 0 doubled, "
            f"0 orphans, {self.took_over:,} took the lead, {self.rolled:,} rolling restarts of "
            f"{self.away:.1f} s at most, {self.acknowledged.total():,} acknowledged, "
            f"{self.messages:,} messages"
        )


class Rounds:
    """Runs rounds in a directory, one after the other, on the same database."""

    def __init__(self, load: Load, starts: list[Starter], where: Path, seed: str) -> None:
        self._load = load
        self._starts = starts
        self._where = where
        self._seed = seed
        self._inspection = Inspection(load, starts[0])
        self._rows = ServerSnapshot(databases.engine_of(where), Vault(Keyring.load(where / KEYS)))
        self.figures = Figures()

    async def round(self, number: int) -> None:
        """Run one round. Raises Broken."""
        chance = random.Random(f"{self._seed} {number}")
        if number and chance.random() < SKIPS:
            await self._load.skip(self._passing(chance))
        running = await self._started()
        playing = self._load.playing(chance)
        if number == 0 or chance.random() >= EARLY:
            await self._load.wire.wait("connected", INSTANCES, PATIENCE)
        await asyncio.sleep(chance.uniform(0, LIVES))
        first, second = chance.sample(running, INSTANCES)
        self._expect(await first.kill(), -9, first)
        led = _leads(second)
        self.figures.killed += 1
        await asyncio.sleep(chance.uniform(0, LIVES))
        self.figures.took_over += _leads(second) and not led
        await self._end(second, playing, stops=chance.random() < STOPS)
        self._look(running)
        self.figures.rounds += 1

    async def rolling_restart(self, number: int) -> None:
        """Restart one process after the other while friends use both. Raises Broken.

        Whatever reaches a process must be answered: a friend waits for the answer as long as a test can.
        """
        chance = random.Random(f"{self._seed} rolling {number}")
        running = await self._started()
        await self._load.wire.wait("connected", INSTANCES, PATIENCE)
        playing = self._load.playing(chance)
        ended = []
        for at, starts in enumerate(self._starts):
            await asyncio.sleep(chance.uniform(0, LIVES))
            began = asyncio.get_running_loop().time()
            self._expect(await running[at].stop(), 0, running[at])
            ended.append(running[at])
            running[at] = await starts.start(self._load.clock.ahead, self._where)
            await self._load.wire.wait("connected", INSTANCES, PATIENCE)
            self.figures.away = max(self.figures.away, asyncio.get_running_loop().time() - began)
        await asyncio.sleep(chance.uniform(0, LIVES))
        await playing.end()
        for one in running:
            self._expect(await one.stop(), 0, one)
        await self._load.wire.call("forget_sessions")
        await self._inspection.see()
        self._look([*ended, *running])
        self.figures.rolled += 1

    async def quiet(self) -> None:
        """Let both do all that is left to do, and stop. Raises Broken."""
        await self._load.skip(AGAIN.total_seconds())
        running = await self._started()
        left: list[str] = []
        until = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.2)
            left = [*invariants.unfinished(self._rows, self._load.clock.now())]
            if not left and await self._load.wire.count("connected") == INSTANCES:
                break
        await self._inspection.all_answered()
        for one in running:
            self._expect(await one.stop(), 0, one)
        refuse(left)
        await self._load.wire.call("forget_sessions")
        await self._inspection.see()
        self._look(running)
        refuse(invariants.unaccepted(self._rows, self._inspection.accepted))
        self.figures.messages = len(self._inspection.accepted.ids)
        self.figures.acknowledged = self._load.submissions.acknowledged

    # -- inside ---------------------------------------------------------------------------------

    async def _started(self) -> list[Running]:
        return [await one.start(self._load.clock.ahead, self._where) for one in self._starts]

    async def _end(self, running: Running, playing: Playing, *, stops: bool) -> None:
        """Stop or kill the process that has gone on alone."""
        if stops:
            self._expect(await running.stop(), 0, running)
        else:
            self._expect(await running.kill(), -9, running)
            self.figures.killed += 1
        await playing.end()
        await self._load.wire.call("forget_sessions")
        await self._inspection.see()

    def _look(self, running: list[Running]) -> None:
        for one in running:
            read_log(one)
        self._inspection.read(self._rows)

    def _expect(self, code: int, wanted: int, running: Running) -> None:
        if code != wanted:
            raise Broken(f"a process ended with {code} instead of {wanted}: {running.printed}")

    def _passing(self, chance: random.Random) -> float:
        """Return how many seconds pass before a round: mostly until something is about to be due."""
        if chance.random() < 0.8 and self._inspection.due:
            until = chance.choice(self._inspection.due[:NEXT]) - self._load.clock.now()
            return max(0.0, until.total_seconds() - chance.uniform(0, SOON))
        return chance.uniform(0, HALF_A_DAY)


def _leads(running: Running) -> bool:
    there = running.printed.exists()
    return there and "This instance leads" in running.printed.read_text("utf-8", "replace")


async def run(where: Path, seed: str, rounds: int, rolling: int) -> Figures:
    """Run so many rounds and rolling restarts in a directory that is kept. Raises Broken."""
    where.mkdir(parents=True, exist_ok=True)
    Keyring.fresh().save(where / KEYS)
    shared = {
        "database_url": databases.address(where), "key_file": str(where / KEYS),
        "instances": str(INSTANCES), "shards": str(INSTANCES),
    }  # fmt: skip
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(wire())
        starts = [
            await stack.enter_async_context(
                starter(discord.address, **shared, instance=str(number), state_dir=f"state-{number}")
            )
            for number in range(INSTANCES)
        ]
        load = await Load.made(discord, random.Random(seed).getrandbits(32), id=SERVER)
        all_of_them = Rounds(load, starts, where, seed)
        for number in range(rounds):
            try:
                await all_of_them.round(number)
            except Broken as broken:
                raise Broken(f"round {number}, seed {seed}, in {where}: {broken}") from None
        for number in range(rolling):
            try:
                await all_of_them.rolling_restart(number)
            except Broken as broken:
                raise Broken(f"rolling restart {number}, seed {seed}, in {where}: {broken}") from None
        await all_of_them.quiet()
        return all_of_them.figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.instances")
    parser.add_argument("--rounds", type=int, default=200, help="how often one is killed, and then the other")
    parser.add_argument("--rolling", type=int, default=20, help="how often both are restarted, one by one")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats the choices of an earlier run")
    told = parser.parse_args()
    began = time.monotonic()
    where = Path(mkdtemp(prefix="plumbline-instances-"))
    try:
        figures = asyncio.run(run(where, told.seed, told.rounds, told.rolling))
    except Broken as broken:
        sys.exit(f"instances: {broken}")
    shutil.rmtree(where)
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    sys.stdout.write(f"instances: {figures}, {minutes}:{seconds:02}\n")


if __name__ == "__main__":
    main()
