"""Runs the real `plumbline` against a Discord on this machine, on a clock that is ahead, to be killed.

Run as `python -m tests.crash.launch <address> <seconds ahead> [<command of plumbline>]` in the directory of
the state directory. Without a command it is `run`.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

from tests.wire.launch import point_at, stay_inside

SETTLES = 4.0
"""How many seconds a message may take to appear: more than a request outlives its process here."""
_NEVER_TOO_MANY = 1_000_000


def prepare(address: str, ahead: float) -> None:
    """Point the bot at this Discord, move its clock ahead, and let it start a thousand times a day."""
    from bot import app, login_throttle
    from bot.delivery import retries
    from bot.instances import instance
    from tests import without_limits

    span = timedelta(seconds=ahead)

    def utcnow() -> datetime:
        return datetime.now(UTC) + span  # noqa: TID251 - it takes the place of app.py's, the one that may

    app.utcnow = utcnow
    retries.SETTLES = timedelta(seconds=SETTLES)
    login_throttle.AT_ONCE = login_throttle.MOST_A_DAY = _NEVER_TOO_MANY
    login_throttle.MOST_OF_ALL = _NEVER_TOO_MANY
    if "PLUMBLINE_INSTANCES" in os.environ:
        # Two of them would wait for each other at each start.
        login_throttle.APART_SECONDS = 0.0
        instance._LEAD_TRIED_EVERY_SECONDS = 0.2
    without_limits.lift()
    point_at(address)


def main() -> None:
    address, ahead, *command = sys.argv[1:]
    sys.argv[1:] = command or ["run"]
    stay_inside(address)
    from bot.cli import main as plumbline

    prepare(address, float(ahead))
    plumbline()


if __name__ == "__main__":
    main()
