"""APScheduler follows the pretend clock of a pretend server, and otherwise the real one."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors import base as executors
from apscheduler.schedulers import base as schedulers
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.demo import follow_virtual_time
from bot.demo.client.client import demo_client
from tests.demo.small_bot import SmallBot

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


async def test_triggers_and_schedulers_read_the_pretend_clock() -> None:
    async with demo_client(now=NOON, build=lambda: SmallBot({})):
        for module in (schedulers, executors):
            assert module.datetime.now(UTC) == NOON
        assert DateTrigger(run_date=None, timezone="UTC").run_date == NOON
        assert IntervalTrigger(hours=1, timezone="UTC").start_date == NOON + timedelta(hours=1)
        assert schedulers.datetime.now().replace(tzinfo=None) == NOON.astimezone().replace(tzinfo=None)


def test_the_replaced_datetime_still_makes_and_recognises_datetimes() -> None:
    follow_virtual_time()
    follow_virtual_time()
    assert isinstance(NOON, schedulers.datetime)
    assert not isinstance("noon", schedulers.datetime)
    made: Any = schedulers.datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    assert made == NOON
    assert type(made) is datetime
    assert schedulers.datetime.fromisoformat("2027-03-01T12:00:00+00:00") == NOON


def test_without_a_pretend_server_the_real_clock_is_read() -> None:
    follow_virtual_time()
    before = datetime.now(UTC)  # noqa: TID251 - compared with the real clock
    assert before <= schedulers.datetime.now(UTC) <= datetime.now(UTC)  # noqa: TID251 - the same


def test_a_script_that_imports_nothing_else_can_follow_virtual_time() -> None:
    script = "import bot.demo; bot.demo.follow_virtual_time(); print('followed')"
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "followed\n"
