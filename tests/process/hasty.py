"""Runs `plumbline` like `tests.wire.launch`, but it looks at itself and at the clock ten times a second.

Run as `python -m tests.process.hasty <address> <command of plumbline>`. What it sees is an alarm from the
same moment on as always, except for Discord's silence, which takes five minutes: see the variable below.
"""

import os
import sys
from datetime import timedelta

from tests.wire.launch import as_installed, point_at, stay_inside

SILENT_SECONDS = "HASTY_SILENT_SECONDS"
"""A variable: after how many seconds Discord is called silent."""


def make_hasty() -> None:
    from bot.monitoring import alarms, monitor, watch

    watch.EVERY_SECONDS = 0.1
    monitor.CLOCK_EVERY = timedelta(0)
    if SILENT_SECONDS in os.environ:
        alarms.SILENT_FOR = timedelta(seconds=float(os.environ[SILENT_SECONDS]))


if __name__ == "__main__":
    where = sys.argv.pop(1)
    as_installed()
    stay_inside(where)
    point_at(where)
    make_hasty()
    from bot.cli import main

    main()
