"""Run all benchmarks; write one table and `bench.json`. The exit code is 1 if a limit is exceeded."""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import without_limits
from tests.bench import answering, erasing, hardening, holding, log_cost, sending, starting
from tests.bench.agenda import result as agenda
from tests.bench.figure import table

WRITTEN = Path("bench.json")


def _empty(where: Path) -> Path:
    where.mkdir()
    return where


def main() -> int:
    without_limits.lift()
    with TemporaryDirectory(prefix="plumbline-bench-") as where:
        figures = starting.measured(Path(where))
        figures += asyncio.run(sending.measured(Path(where)))
        figures += asyncio.run(holding.measured())
        figures += asyncio.run(erasing.measured(_empty(Path(where) / "erasing")))
        figures += asyncio.run(hardening.measured(Path(where)))
        figures += log_cost.measured()
        figures += asyncio.run(answering.measured(_empty(Path(where) / "answering")))
        figures += agenda.measured(Path(where))
    WRITTEN.write_text(json.dumps([one.told() for one in figures], indent=2, ensure_ascii=False) + "\n")
    print(table(figures))
    return 0 if all(one.held for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
