"""The rounds: start the bot, let the friends use it, kill it at a random moment, and look at what it left."""

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.crash import invariants
from tests.crash.friend import Interrupted, NotOffered
from tests.crash.invariants import Accepted
from tests.crash.load import Load, play
from tests.crash.process import Running, Starter, starter
from tests.crash.snapshot import Snapshot, in_use, snapshot_of
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
_LOOKS_EVERY = 0.2
HOUR, DAY = 3600.0, 86400.0


class Broken(AssertionError):
    """A round after which something was lost, doubled or left behind."""


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

    def __init__(self, load: Load, starts: Starter, where: Path, seed: str, figures: Figures) -> None:
        self._load = load
        self._starts = starts
        self._state = where / "state"
        self._seed = seed
        self._accepted = Accepted()
        self._due: list[datetime] = []
        self._start = {True: 1.5, False: QUICK_START}
        """How many seconds the last cold and the last forked bot took until they were connected."""
        self.figures = figures

    async def round(self, number: int, *, cold: bool) -> None:
        """Run one round. Raises Broken."""
        chance = random.Random(f"{self._seed} {number}")
        if chance.random() < SKIPS:
            await self._load.skip(self._passing(chance))
        before = await self._load.wire.count("readies")
        running = await self._starts.start(self._load.clock.ahead, cold=cold)
        connected = asyncio.create_task(self._load.wire.wait("readies", before + 1))
        life = self._load.life(chance)
        friends = self._load.friends(life)
        everyone = [friend.account for friend in friends]
        playing = [
            asyncio.create_task(play(one, [account for account in everyone if account != one.account]))
            for one in friends
        ]
        await self._live(number, chance, {connected, running.exit_code}, cold=cold)
        connected.cancel()
        code = await running.kill()
        life.over.set()
        await asyncio.gather(*playing)
        if code != -9:
            raise Broken(f"the bot ended by itself, with {code}: {running.printed}")
        await self._forgotten()
        await self._look(running)
        self.figures.rounds += 1
        self.figures.cold += cold

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
        await self._load.skip(0)
        running = await self._starts.start(self._load.clock.ahead)
        left: list[str] = []
        for _ in range(int(PATIENCE / _LOOKS_EVERY)):
            await asyncio.sleep(_LOOKS_EVERY)
            with in_use(self._state) as files:
                left = [*invariants.unfinished(files, self._load.clock.now())]
            if not left and await self._load.wire.count("connected"):
                break
        await self._all_answered()
        code = await running.stop()
        await self._forgotten()
        if left or code:
            raise Broken(f"the bot was left alone, ended with {code}, and still has: {left}")
        await self._look(running)
        with snapshot_of(self._state) as files:
            assert files is not None
            _refuse(invariants.unaccepted(files, self._accepted))
        self.figures.quiet += 1

    async def _all_answered(self) -> None:
        """Let everybody open their `/inbox`. Raises Broken if somebody gets no answer."""
        for friend in self._load.friends(self._load.life(random.Random())):
            try:
                await friend.inbox()
            except (Interrupted, NotOffered):
                raise Broken(f"the bot was left alone, and doesn't answer {friend.name}") from None

    def _passing(self, chance: random.Random) -> float:
        """Return how many seconds pass before a round: mostly until something is about to be due."""
        now, how = self._load.clock.now(), chance.random()
        if how < 0.8 and self._due:
            until = (chance.choice(self._due[:NEXT]) - now).total_seconds()
            return max(0.0, until - chance.uniform(0, SOON))
        return chance.uniform(0.2 * HOUR, 12 * HOUR) if how < 0.95 else chance.uniform(DAY, 8 * DAY)

    async def _forgotten(self) -> None:
        """Let this Discord forget the sessions of ended bots: it would keep every event for them."""
        await self._load.wire.call("forget_sessions")

    async def _look(self, running: Running) -> None:
        """Check everything that must be true after a kill."""
        self._accepted.see(await self._load.wire.messages(after=self._accepted.last))
        # A process can be killed before it has opened the file.
        printed = running.printed.read_text("utf-8", "replace") if running.printed.exists() else ""
        if "ERROR" in printed or "Traceback" in printed:
            raise Broken(f"the bot logged an error: {running.printed}")
        with snapshot_of(self._state) as files:
            if files is not None and files.has("SELECT 1 FROM sqlite_master WHERE name = 'agenda'"):
                self._read(files)
        running.printed.unlink(missing_ok=True)

    def _read(self, files: Snapshot) -> None:
        load, accepted = self._load, self._accepted
        _refuse(f"lost: {one}" for one in load.submissions.lost(files, load.clock.now()))
        _refuse(accepted.doubled())
        _refuse(accepted.orphans(files))
        _refuse(invariants.unsound(files))
        self._due = invariants.next_times(files, load.clock.now())
        accepted.find_unrecorded(files)
        self.figures.unrecorded = len(accepted.unrecorded)
        self.figures.messages = len(accepted.ids)
        self.figures.acknowledged = load.submissions.acknowledged


async def run(where: Path, seed: str, rounds: int, cold: int) -> Figures:
    """Run so many rounds, of which so many are cold, in a directory that is kept. Raises Broken."""
    figures = Figures()
    where.mkdir(parents=True, exist_ok=True)
    async with wire() as discord, starter(discord.address, where) as starts:
        load = await Load.made(discord, random.Random(seed).getrandbits(32))
        all_of_them = Rounds(load, starts, where, seed, figures)
        for number in range(rounds):
            cold_one = number * cold // rounds != (number + 1) * cold // rounds
            try:
                await all_of_them.round(number, cold=cold_one)
                if number % QUIET_EVERY == QUIET_EVERY - 1 or number == rounds - 1:
                    await all_of_them.quiet()
            except Broken as broken:
                shutil.copytree(where / "state", where / f"broken-at-{number}", dirs_exist_ok=True)
                raise Broken(f"round {number}, seed {seed}, in {where}: {broken}") from None
    return figures


def _refuse(wrong: Iterable[str]) -> None:
    if found := [*wrong]:
        raise Broken("; ".join(found[:10]))
