"""`make crash`: all rounds and all failpoints, and one line of figures at the end.

Run as `python -m tests.crash [--rounds N] [--cold N] [--failpoints N|all] [--seed S]`. It fails at the first
round or failpoint after which something is wrong, and keeps that round's files.
"""

import argparse
import asyncio
import secrets
import shutil
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from tests.crash import rounds
from tests.crash.failpoints import files, trying


def main() -> None:
    told = _arguments()
    began = time.monotonic()
    where = Path(mkdtemp(prefix="plumbline-crash-"))
    points = [files.tried(where), trying.tried(where, told.seed, told.failpoints)]
    if wrong := [one for tried in points for one in tried.wrong]:
        sys.exit("\n".join([*wrong, f"crash: {len(wrong)} failpoints failed, seed {told.seed}"]))
    try:
        figures = asyncio.run(rounds.run(where / "rounds", told.seed, told.rounds, told.cold))
    except rounds.Broken as broken:
        sys.exit(f"crash: {broken}")
    shutil.rmtree(where)
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    many = sum(tried.tried for tried in points)
    sys.stdout.write(f"crash: {figures}, {many:,} failpoints, {minutes}:{seconds:02}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--rounds", type=int, default=1000, help="how often the bot is killed")
    parser.add_argument("--cold", type=int, default=50, help="how many of these are not forked")
    parser.add_argument("--failpoints", type=int, help="how many of the failpoints are tried; by default all")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats the choices of an earlier run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
