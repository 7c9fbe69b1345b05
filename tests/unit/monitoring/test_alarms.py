"""From when on a vital sign is worth an alarm."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.monitoring.alarms import RULES, Alarm, raised
from bot.monitoring.vitals import Overdue, Phase, Vitals
from bot.storage.unavailable import Reason

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WELL = Vitals(
    NOW, Phase.RUNNING, connected=1, shards=1, silent=timedelta(seconds=41), free_bytes=10**9,
    needed_bytes=10**7, clock_ahead=timedelta(seconds=1), logins_left=199, backup_age=26 * HOUR,
    rehearsal_age=timedelta(days=7),
)  # fmt: skip

RAISED: list[tuple[Alarm, dict[str, Any], str]] = [
    (Alarm.SILENT, {"silent": 5 * MINUTE}, "Nothing has come from Discord for 5 minutes."),
    (Alarm.STORAGE, {"storage": Reason.FULL.value}, "Nothing can be stored: the disk is full."),
    (
        Alarm.DISK,
        {"free_bytes": 104_857_599, "needed_bytes": 0},
        "The disk with the state folder has 104 MB left, which is too little for a copy of the database.",
    ),
    (
        Alarm.OVERDUE,
        {"overdue": Overdue("asks.asked", NOW - 10 * MINUTE)},
        "asks.asked has been due for 10 minutes, and nobody has taken it up.",
    ),
    (
        Alarm.CLOCK,
        {"clock_ahead": timedelta(seconds=30)},
        "This machine's clock is 30 seconds ahead of Discord's.",
    ),
    (
        Alarm.CLOCK,
        {"clock_ahead": timedelta(seconds=-90)},
        "This machine's clock is 90 seconds behind Discord's.",
    ),
    (
        Alarm.LOGINS,
        {"logins_left": 49},
        "The bot may log in 49 more times today. When none is left, it stops.",
    ),
    (Alarm.BACKUP, {"backup_age": 50 * HOUR}, "No backup has been made for 50 hours."),
    (
        Alarm.REHEARSAL,
        {"rehearsal_age": timedelta(days=15)},
        "No restore has been rehearsed for 15 days.",
    ),
]
NOT_RAISED: list[dict[str, Any]] = [
    {"silent": 5 * MINUTE - timedelta(seconds=1)},
    {"silent": None},
    {"free_bytes": 104_857_600, "needed_bytes": 0},
    {"free_bytes": None},
    {"overdue": Overdue("asks.asked", NOW - 9 * MINUTE)},
    {"clock_ahead": timedelta(seconds=29)},
    {"clock_ahead": None},
    {"logins_left": 50},
    {"logins_left": None},
    {"backup_age": 49 * HOUR},
    {"backup_age": None},
    {"rehearsal_age": timedelta(days=14, hours=23)},
    {"rehearsal_age": None},
]


@pytest.mark.parametrize(("alarm", "values", "sentence"), RAISED)
def test_each_alarm_says_what_is_wrong(alarm: Alarm, values: dict[str, Any], sentence: str) -> None:
    assert raised(replace(WELL, **values)) == {alarm: sentence}


@pytest.mark.parametrize("values", NOT_RAISED)
def test_nothing_is_said_before_that_or_of_what_cannot_be_told(values: dict[str, Any]) -> None:
    assert raised(replace(WELL, **values)) == {}


def test_while_the_bot_starts_or_stops_nobody_expects_it_to_hear_or_to_do_anything() -> None:
    asleep = replace(WELL, silent=HOUR, overdue=Overdue("asks.asked", NOW - HOUR))

    for phase in (Phase.STARTING, Phase.UPGRADING, Phase.STOPPING):
        assert raised(replace(asleep, phase=phase)) == {}


def test_each_alarm_has_its_rule() -> None:
    assert set(RULES) == set(Alarm) == {alarm for alarm, _, _ in RAISED}


@pytest.mark.parametrize(
    "values", [{"phase": Phase.UPGRADING}, {"connected": 0}, {"shards": 2}, {"storage": "the disk is full"}]
)
def test_it_is_ready_only_if_people_get_answers(values: dict[str, Any]) -> None:
    assert WELL.ready
    assert not replace(WELL, **values).ready
