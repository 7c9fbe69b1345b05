"""All that is measured of the agenda, as figures and as the table in docs/benchmarks.md."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.app import utcnow
from tests.bench.agenda import growth, rush
from tests.bench.agenda.floor import Floor
from tests.bench.agenda.ours import Ours
from tests.bench.agenda.scheduler import InMemory
from tests.bench.agenda.side import Side
from tests.bench.agenda.sleeper import Sleeper
from tests.bench.agenda.spread import Spread, against, by_run
from tests.bench.agenda.stored import InWal, Stored, Together
from tests.bench.figure import Figure


def measured(where: Path) -> list[Figure]:
    return [spread.figure for spread in spreads(where)]


def spreads(where: Path) -> list[Spread]:
    grown = growth.run(where)
    with_cron, with_interval = asyncio.run(rush.run(where, utcnow()))
    return [*_growth(grown), *_ratios(with_cron), *_others(with_cron, with_interval), *_seconds(with_cron)]


def _growth(costs: dict[int, growth.Costs]) -> list[Spread]:
    small, large = (costs[size] for size in growth.SIZES)
    more = growth.SIZES[1] - growth.SIZES[0]
    grown = [(two - one) / more for one, two in zip(small.resident, large.resident, strict=True)]
    told = [
        Spread(
            "the earliest at 1,000,000 schedules, against 1,000",
            against(large.looks, small.looks),
            "times",
            1.2,
        ),
        Spread(
            "50 due at 1,000,000 schedules, against 1,000", against(large.handled, small.handled), "times", 3
        ),
        Spread("memory from 1,000 to 1,000,000 schedules", grown, "bytes a schedule", 8),
    ]
    for size, cost in costs.items():
        told += [
            Spread(f"the earliest at {size:,}", _ms(cost.looks), "ms"),
            Spread(f"50 due at {size:,}", _ms(cost.handled), "ms"),
            Spread(f"50 due at {size:,}: the WAL checkpoint after it", _ms(cost.checkpoints), "ms"),
            Spread(f"memory at {size:,}", [one / 2**20 for one in cost.resident], "MiB"),
        ]
    return told


def _ratios(result: rush.Result) -> list[Spread]:
    held = against(result[Ours].held, result[InMemory].held)
    return [
        _took(result, InMemory, bar=1 / 5),
        # With the same file settings as ours. It makes one transaction for each job.
        _took(result, InWal, bar=1 / 20),
        _took(result, Sleeper, bar=1 / 10),
        Spread(f"{_RUSH}: hold of the loop, against {_NAMES[InMemory]}", held, "times", 1 / 10),
    ]


def _others(with_cron: rush.Result, with_interval: rush.Result) -> list[Spread]:
    return [
        _took(with_cron, Stored),
        Spread(
            f"{_RUSH}: SQLite alone, against {_NAMES[Together]}",
            against(with_cron[Floor].took, with_cron[Together].took),
            "times",
        ),
        _took(with_cron, Together),
        *(_took(with_interval, side, " with IntervalTrigger") for side in with_interval if side is not Ours),
    ]


def _took(result: rush.Result, theirs: type[Side], how: str = "", bar: float | None = None) -> Spread:
    ratios = against(result[Ours].took, result[theirs].took)
    return Spread(f"{_RUSH}, against {_NAMES[theirs]}{how}", ratios, "times", bar)


def _seconds(result: rush.Result) -> list[Spread]:
    return [
        spread
        for side, name in _NAMES.items()
        for spread in (
            Spread(f"{_RUSH}: {name}", _ms(result[side].took), "ms"),
            Spread(f"{_RUSH}: {name} holds the loop", _ms(result[side].held), "ms"),
            Spread(f"{_RUSH}: WAL checkpoint after {name}", _ms(result[side].checkpoints), "ms"),
        )
        if side is not Stored or "WAL" not in spread.name
    ]


def _ms(seconds: Sequence[float]) -> list[float]:
    return [one * 1000 for one in by_run(seconds)]


_RUSH = "1,000 due at 100,000"
_NAMES: dict[type[Side], str] = {
    Ours: "the agenda",
    InMemory: "APScheduler in memory",
    Stored: "APScheduler in its SQLAlchemy store",
    InWal: "APScheduler in its store in WAL",
    Together: "APScheduler in its store in WAL made to commit once",
    Sleeper: "one sleeping task",
}
