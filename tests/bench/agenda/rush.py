"""1,000 of 100,000 schedules are due at once: every side does the same work, in turn."""

import gc
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.bench.agenda import files, stored
from tests.bench.agenda.floor import Floor
from tests.bench.agenda.ours import Ours
from tests.bench.agenda.scheduler import InMemory, Trigger, cron, interval
from tests.bench.agenda.schedules import MINUTE, Week
from tests.bench.agenda.side import Side
from tests.bench.agenda.sleeper import Sleeper
from tests.bench.agenda.spread import RUNS
from tests.bench.agenda.stored import InWal, Stored, Together
from tests.bench.holding import _steps

SCHEDULES = 100_000
DUE = 1_000
_WARMING = 1
_CRON = range(_WARMING + 5 * RUNS)
_INTERVAL = range(_CRON.stop, _CRON.stop + _WARMING + 3 * RUNS)
"""The minutes of each comparison. The slow sides take part only in the first minute of each run."""
_ALIKE = 0.9
"""The share of next times that must be equal on all sides; in a week in which clocks change, some differ."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The times of one side in seconds, round by round."""

    took: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    """The longest single step of the event loop."""
    checkpoints: list[float] = field(default_factory=list)

    def warm(self) -> "Rounds":
        return Rounds(*(one[_WARMING:] for one in (self.took, self.held, self.checkpoints)))


Result = dict[type[Side], Rounds]


async def run(where: Path, now: datetime) -> tuple[Result, Result]:
    """Compare with CronTriggers, then with IntervalTriggers. `now` is the machine's and APScheduler's."""
    # These minutes are past, and all other schedules are hours away, so nothing else falls due meanwhile.
    week = Week(
        SCHEDULES, now.replace(second=0, microsecond=0) - _INTERVAL.stop * MINUTE, _INTERVAL.stop, DUE
    )
    files.ours(where / "ours.db", week.schedules())
    files.sleeper(where / "sleeper.db", week.schedules())
    files.ours(where / "floor.db", week.schedules())
    ours, sleeper = Ours(where / "ours.db", week), Sleeper(where / "sleeper.db", week)
    floor = Floor(where / "floor.db", week)
    for side in (ours, sleeper, floor):
        await side.open()
    memory, *stores = await _apscheduler(where / "cron", week, cron)
    with_cron = await _compared([ours, floor, memory], [sleeper, *stores], week, _CRON)
    await _closed(sleeper, floor, memory, *stores)
    memory, *stores = await _apscheduler(where / "interval", week, interval)
    with_interval = await _compared([ours, memory], stores, week, _INTERVAL)
    await _closed(ours, memory, *stores)
    return with_cron, with_interval


async def _compared(quick: Sequence[Side], slow: Sequence[Side], week: Week, minutes: range) -> Result:
    """Let the sides take turns, minute by minute. The first minute is for warming up."""
    # Otherwise the disk is still busy with the files that were just filled.
    os.sync()
    # Otherwise the garbage collector would go through all the jobs again and again, which slows all sides.
    gc.freeze()
    result: Result = defaultdict(Rounds)
    firsts = {minutes.start, *minutes[_WARMING :: (len(minutes) - _WARMING) // RUNS]}
    for minute in minutes:
        sides = [*quick, *slow] if minute in firsts else quick
        for side in sides:
            await _rung(side, minute, result[type(side)])
        _same_work(sides, week, minute)
    gc.unfreeze()
    return {side: rounds.warm() for side, rounds in result.items()}


async def _closed(*sides: Side) -> None:
    for side in sides:
        await side.close()


async def _apscheduler(where: Path, week: Week, trigger: Trigger) -> list[Side]:
    where.mkdir()
    files.in_memory(where / "memory.db", week.schedules())
    memory = InMemory(where / "memory.db", week, trigger)
    await memory.open()
    theirs: list[Side] = [memory]
    for kind in (Stored, InWal, Together):
        path = where / f"{kind.__name__}.db"
        stored.file(path, memory.scheduler)
        theirs.append(kind(path, week, memory.scheduler))
        await theirs[-1].open()
    return theirs


async def _rung(side: Side, minute: int, rounds: Rounds) -> None:
    files.emptied(side.path)
    await side.due(minute)
    gc.collect()
    with _steps() as steps:
        began = time.perf_counter()
        await side.ring()
        rounds.took.append(time.perf_counter() - began)
    rounds.held.append(max(steps))
    await side.rest()
    began = time.perf_counter()
    await side.checkpoint()
    rounds.checkpoints.append(time.perf_counter() - began)


def _same_work(sides: Sequence[Side], week: Week, minute: int) -> None:
    """Raise if a side has not written a message for each due schedule, or has other next times."""
    made_at = files.micros(week.at(minute))
    due = [one.subject for one in week.due(minute)]
    found = []
    for side in sides:
        ((lines,),) = files.asked(side.path, "SELECT COUNT(*) FROM outbox WHERE made_at = ?", [made_at])
        times = dict(files.asked(side.path, side.next_times))
        found.append([times[one] for one in due])
        if lines != DUE or min(found[-1]) <= made_at:
            raise RuntimeError(f"{side.path.name}: {lines} lines, next at {min(found[-1])}")
    alike = sum(len(set(times)) == 1 for times in zip(*found, strict=True))
    if alike < _ALIKE * DUE:
        raise RuntimeError(f"{alike} next times of {DUE} are the same on all sides")
