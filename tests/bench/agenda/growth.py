"""How much more a million schedules cost than a thousand."""

import asyncio
import gc
import os
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import starting
from tests.bench.agenda import files
from tests.bench.agenda.ours import Ours
from tests.bench.agenda.schedules import Week
from tests.bench.agenda.spread import RUNS

SIZES = (1_000, 1_000_000)
DUE = 50
_WARMING = 2
_ROUNDS = 5 * RUNS
_MINUTES = _WARMING + _ROUNDS + RUNS
_LOOKS = 200 * RUNS
_FIRST = datetime(2025, 1, 8, 12, 0, tzinfo=UTC)


_RESIDENT = """
import asyncio
from pathlib import Path
from tests.bench.agenda import growth
async def work():
    ours = growth.ours(Path({path!r}), {size})
    await ours.open()
    await ours.due({minute})
    await ours.ring()
    await ours.agenda.next_due()
    exec({held!r})
asyncio.run(work())
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs at one size: seconds per round, and bytes."""

    looks: list[float] = field(default_factory=list)
    handled: list[float] = field(default_factory=list)
    checkpoints: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)


def ours(path: Path, size: int) -> Ours:
    return Ours(path, _week(size))


def run(where: Path) -> dict[int, Costs]:
    """Run both sizes in turn; memory is measured in new processes, in the remaining minutes."""
    costs = {size: Costs() for size in SIZES}
    paths = {size: where / f"{size}.db" for size in SIZES}
    for size, path in paths.items():
        files.ours(path, _week(size).schedules())
    os.sync()
    asyncio.run(_timed(paths, costs))
    # The code is compiled here, so that no measured process holds the memory that compiling needs.
    starting._said("from tests.bench.agenda import growth; print(0)", where)
    for minute in range(_MINUTES - RUNS, _MINUTES):
        for size, path in paths.items():
            program = _RESIDENT.format(path=str(path), size=size, minute=minute, held=starting._HELD)
            costs[size].resident.append(starting._said(program, where))
    return costs


async def _timed(paths: dict[int, Path], costs: dict[int, Costs]) -> None:
    sides = {size: ours(path, size) for size, path in paths.items()}
    for side in sides.values():
        await side.open()
    for minute in range(_WARMING + _ROUNDS):
        for size, side in sides.items():
            await _handled(side, minute, Costs() if minute < _WARMING else costs[size])
    for _ in range(_LOOKS):
        for size, side in sides.items():
            costs[size].looks.append(await _took(side.agenda.next_due()))
    for side in sides.values():
        await side.close()


async def _handled(side: Ours, minute: int, costs: Costs) -> None:
    """Handle what is due at that minute, and then run the checkpoint, which is not measured."""
    await side.due(minute)
    gc.collect()
    costs.handled.append(await _took(side.agenda.run_due(side.week.at(minute)), DUE))
    costs.checkpoints.append(await _took(side.db.checkpoint(), True))


async def _took(work: Awaitable[object], expected: object = None) -> float:
    began = time.perf_counter()
    found = await work
    took = time.perf_counter() - began
    if expected is not None and found != expected:
        raise RuntimeError(f"{found} where {expected} was expected")
    return took


def _week(size: int) -> Week:
    """Return the week. If there are a thousand schedules, all of them are due in one of its minutes."""
    return Week(size, _FIRST, minutes=_MINUTES, each=DUE)
