"""`python -m tests.bench.agenda`: this bench alone, as the table that docs/benchmarks.md keeps."""

import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import utcnow
from bot.storage.driver import sqlite
from tests.bench.agenda.result import spreads

print(
    f"{utcnow():%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
    f"Python {platform.python_version()}, SQLite {sqlite.sqlite_version}\n"
)
print("| | median | least | most | | at most | |\n|---|---:|---:|---:|---|---:|---|")
with TemporaryDirectory(prefix="plumbline-bench-") as where:
    for spread in spreads(Path(where)):
        print(spread.row)
