"""Run all benchmarks; write one table and `bench.json`. The exit code is 1 if a limit is exceeded.

`python -m tests.bench holding agenda` runs only those. Each prints its lines when it is done.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import without_limits
from tests.bench import (
    answering,
    erasing,
    growing,
    hardening,
    holding,
    log_cost,
    meeting,
    monitoring,
    sending,
    starting,
    urgent,
)
from tests.bench.agenda import result as agenda
from tests.bench.figure import Figure, table

WRITTEN = Path("bench.json")
PARTS: dict[str, Callable[[Path], Sequence[Figure]]] = {
    "starting": starting.measured,
    "sending": lambda where: asyncio.run(sending.measured(where)),
    "holding": lambda _: asyncio.run(holding.measured()),
    "erasing": lambda where: asyncio.run(erasing.measured(where)),
    "growing": lambda where: asyncio.run(growing.measured(where)),
    "hardening": lambda where: asyncio.run(hardening.measured(where)),
    "log_cost": lambda _: log_cost.measured(),
    "meeting": lambda where: asyncio.run(meeting.measured(where)),
    "answering": lambda where: asyncio.run(answering.measured(where)),
    "monitoring": lambda where: asyncio.run(monitoring.measured(where)),
    "urgent": lambda where: asyncio.run(urgent.measured(where)),
    "agenda": agenda.measured,
}


def main(wanted: Sequence[str]) -> int:
    if unknown := {*wanted} - PARTS.keys():
        sys.exit(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    without_limits.lift()
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="plumbline-bench-") as place:
        for name in wanted or PARTS:
            where = Path(place) / name
            where.mkdir()
            found = PARTS[name](where)
            print(table(list(found)), flush=True)
            figures += found
    WRITTEN.write_text(json.dumps([one.told() for one in figures], indent=2, ensure_ascii=False) + "\n")
    print(table([one for one in figures if not one.held]) or "All limits are held.")
    return 0 if all(one.held for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
