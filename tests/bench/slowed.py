"""Runs `plumbline` like `tests.wire.launch`, in a process that is many times slower than usual.

Run as `python -m tests.bench.slowed <address> <command of plumbline>`. What the bot does by the clock comes
that many times more rarely, so that it is as much of its work as it is at its usual speed.
"""

import sys

from tests.bench.instructions import SLOWER
from tests.wire.launch import as_installed, point_at, stay_inside

if __name__ == "__main__":
    where = sys.argv.pop(1)
    as_installed()
    stay_inside(where)
    point_at(where)
    from bot.cli import main
    from bot.monitoring import counts, watch

    counts.LAG_EVERY_SECONDS *= SLOWER
    watch.EVERY_SECONDS *= SLOWER
    main()
