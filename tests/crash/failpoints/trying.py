"""Tries each crash: the files must hold what was committed, and a new bot must finish what was begun."""

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.crash import invariants
from tests.crash.failpoints.discord import Discord
from tests.crash.failpoints.points import Crash, Points, dumped
from tests.crash.failpoints.running_bot import SETTLED, Time, running_bot
from tests.crash.failpoints.scenario import STEPS, ScenarioRun
from tests.crash.snapshot import DATABASE, Snapshot, snapshot_of
from tests.database_file import open_file
from tests.system.fixtures import BEGINNING, four_friends

AT_ONCE = 60
"""How many crashes are kept at the same time: each needs a few megabytes."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the failpoints. `names` are those that were found."""

    found: int
    names: frozenset[str]
    tried: int
    wrong: list[str]


def found(where: Path, wanted: Callable[[int], bool]) -> Points:
    """Run through the scenario once, in a directory, and keep the crashes that are wanted."""
    state, kept = where / "state", where / "crashes"
    state.mkdir(parents=True)
    kept.mkdir()
    four_friends(state)
    time = Time(BEGINNING)
    points = Points(state, kept, lambda: time.now, wanted=wanted)
    with closing(open_file(state / DATABASE)) as connection:
        points.committed = dumped(connection.execute)

    async def run() -> None:
        async with running_bot(state, time, points.discord) as one:
            scenario = ScenarioRun(one)
            await scenario.meet()
            for step in STEPS:
                await step(scenario)
                await asyncio.sleep(0)

    with points.watched():
        asyncio.run(run())
    return points


def tried(where: Path, seed: str, most: int | None = None) -> Tried:
    """Find all failpoints, and try each of them, or so many of them. What is wrong stays in the directory."""
    counted = found(where / "counted", lambda _number: False).found
    count = counted.total()
    numbers = [*range(1, count + 1)]
    chosen = numbers if most is None else sorted(random.Random(seed).sample(numbers, min(most, count)))
    wrong: list[str] = []
    for first in range(0, len(chosen), AT_ONCE):
        now = frozenset(chosen[first : first + AT_ONCE])
        place = where / f"from-{chosen[first]}"
        for crash in found(place, now.__contains__).crashes:
            point = f"failpoint {crash.number}, {crash.name}, in {crash.state}"
            wrong += [f"{point}: {one}" for one in recovered(crash)]
        if not wrong:
            shutil.rmtree(place)
    return Tried(count, frozenset(counted), len(chosen), wrong)


def recovered(crash: Crash) -> list[str]:
    """Start a bot on what the crash left, let it settle, and return what is wrong."""
    wrong = []
    with snapshot_of(crash.state) as before:
        assert before is not None
        rows = dumped(before.rows)
        wrong += [f"lost: {row}" for row in (Counter(crash.committed) - Counter(rows)).elements()]
        wrong += [f"not committed: {row}" for row in (Counter(rows) - Counter(crash.committed)).elements()]
        wrong += [*invariants.unsound(before), *_orphans(before, crash.discord)]
    time, discord = Time(crash.now), crash.discord

    async def settle() -> None:
        async with running_bot(crash.state, time, discord) as one:
            await one.skip(SETTLED)

    asyncio.run(settle())
    with snapshot_of(crash.state) as after:
        assert after is not None
        wrong += [
            *invariants.unsound(after),
            *invariants.unfinished(after, time.now),
            *_unaccepted(after, discord),
        ]
    sent = Counter(one.row for one in discord.sent.values())
    return wrong + [f"sent {times} times: {row}" for row, times in sent.items() if times > 1]


def _orphans(files: Snapshot, discord: Discord) -> Iterator[str]:
    rows = {str(row["id"]) for row in files.rows("SELECT id FROM outbox UNION SELECT id FROM posts")}
    for one in discord.sent.values():
        if one.row not in rows:
            yield f"a message without a row: {one}"


def _unaccepted(files: Snapshot, discord: Discord) -> Iterator[str]:
    for table in ("outbox", "posts"):
        for row in files.rows(f"SELECT id, kind, message_id FROM {table} WHERE message_id IS NOT NULL"):
            one = discord.sent.get(row["message_id"])
            if one is None or one.row != row["id"]:
                yield f"called sent, and not accepted: {row['kind']} {row['id']}"
