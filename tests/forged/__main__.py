"""`make fuzz`: send forged interactions, and print one line of figures.

Run as `python -m tests.forged [--cases N] [--seed S] [--round K]`. What is wrong is printed with the seed and
the round, by which it can be repeated.
"""

import argparse
import asyncio
import secrets
import sys
import time

from tests import no_fsync, statement_cache
from tests.forged.running import run


def main() -> None:
    told = _arguments()
    statement_cache.share()
    no_fsync.allow()
    began = time.monotonic()
    tally = asyncio.run(run(told.cases, told.seed, told.round))
    if tally.wrong:
        sys.exit("\n".join([*tally.wrong, f"forged: {len(tally.wrong)} wrong, seed {told.seed}"]))
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    kinds = ", ".join(f"{count:,} {how}" for how, count in sorted(tally.made.items()))
    sys.stdout.write(
        f"forged: {tally.made.total():,} cases ({kinds}), seed {told.seed}, {minutes}:{seconds:02}\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.forged")
    parser.add_argument("--cases", type=int, default=500, help="how many interactions are sent")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats the choices of an earlier run")
    parser.add_argument("--round", type=int, help="sends only the cases of this round")
    return parser.parse_args()


if __name__ == "__main__":
    main()
