"""`make crash`: all rounds, failpoints and restores, and one line of figures at the end.

Run as `python -m tests.crash [--rounds N] [--cold N] [--failpoints N] [--restores N] [--seed S]`. It fails at
the first round, failpoint or restore after which something is wrong, and keeps its files.
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
from tests.crash.inspection import Broken
from tests.crash.recovery import rounds as recovery
from tests.crash.recovery.rounds import Course

ROUNDS_TO_A_RESTORE = 50
FEWEST = len(Course)
"""How many restores there are at least, unless others are asked for: one of each kind."""


def main() -> None:
    told = _arguments()
    began = time.monotonic()
    where = Path(mkdtemp(prefix="plumbline-crash-"))
    points = [files.tried(where), trying.tried(where, told.seed, told.failpoints)]
    if wrong := [one for tried in points for one in tried.wrong]:
        sys.exit("\n".join([*wrong, f"crash: {len(wrong)} failpoints failed, seed {told.seed}"]))
    try:
        figures = asyncio.run(rounds.run(where / "rounds", told.seed, told.rounds, told.cold))
        restored = asyncio.run(recovery.run(where / "restores", told.seed, told.restores))
    except Broken as broken:
        sys.exit(f"crash: {broken}")
    shutil.rmtree(where)
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    many = sum(tried.tried for tried in points)
    sys.stdout.write(f"crash: {figures}, {many:,} failpoints, {restored}, {minutes}:{seconds:02}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--rounds", type=int, default=1000, help="how often the bot is killed")
    parser.add_argument("--cold", type=int, default=50, help="how many of these are not forked")
    parser.add_argument("--failpoints", type=int, help="how many of the failpoints are tried; by default all")
    restores = (
        f"how often its machine is lost; by default once in {ROUNDS_TO_A_RESTORE} rounds, and {FEWEST} times"
    )
    parser.add_argument("--restores", type=int, help=restores)
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats the choices of an earlier run")
    told = parser.parse_args()
    if told.restores is None:
        told.restores = max(told.rounds // ROUNDS_TO_A_RESTORE, FEWEST)
    return told


if __name__ == "__main__":
    main()
