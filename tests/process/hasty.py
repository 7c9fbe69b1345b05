"""Runs `plumbline` like `tests.wire.launch`, but it looks after its health several times a second.

Run as `python -m tests.process.hasty <address> <command of plumbline>`. It calls something late, silent or
full much earlier than usual, and its clock can be wrong: see the variables below.
"""

import os
import sys
from datetime import datetime, timedelta
from unittest import mock

from tests.wire.launch import as_installed, point_at, stay_inside

LATE_SECONDS = 1.0
CLOCK_AHEAD, SPARE_BYTES, ASLEEP = "HASTY_CLOCK_AHEAD", "HASTY_SPARE_BYTES", "HASTY_ASLEEP"
"""Variables: by how many seconds the clock is wrong, how much of the disk must be free, and whether the bot
never wakes up for what is due.
"""


def make_hasty() -> None:
    from bot import app
    from bot.monitoring import alarms, monitor, watch
    from bot.scheduling.wakeup import Wakeup

    watch.EVERY_SECONDS = 0.1
    monitor.CLOCK_EVERY = timedelta(0)
    monitor.DATABASE_ANSWERS_WITHIN = LATE_SECONDS
    alarms.SILENT_FOR = alarms.OVERDUE_BY = timedelta(seconds=LATE_SECONDS)
    alarms.SPARE_BYTES = int(os.environ.get(SPARE_BYTES, "0"))
    if os.environ.get(ASLEEP):
        mock.patch.object(Wakeup, "start", _never_wake).start()
    ahead, right = timedelta(seconds=float(os.environ.get(CLOCK_AHEAD, "0"))), app.utcnow

    def utcnow() -> datetime:
        return right() + ahead

    app.utcnow = utcnow


def _never_wake(_wakeup: object) -> None:
    """Arm no timer."""


if __name__ == "__main__":
    where = sys.argv.pop(1)
    as_installed()
    stay_inside(where)
    point_at(where)
    make_hasty()
    from bot.cli import main

    main()
