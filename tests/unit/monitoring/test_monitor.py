"""What the monitor sees, and from where."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.backups import age
from bot.delivery.waiting import Waiting
from bot.monitoring import monitor as monitor_module
from bot.monitoring import strings
from bot.monitoring.vitals import Overdue, Phase
from bot.storage.database import Database, StorageUnavailable
from bot.storage.unavailable import Reason
from tests.unit.monitoring.fixtures import NOON, Seen, monitor

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def test_it_sees_that_all_is_well(tmp_path: Path, db: Database) -> None:
    vitals = await monitor(tmp_path, Seen(), db).look()

    assert vitals.ready
    assert (vitals.storage, vitals.overdue, vitals.backup_age) == (None, None, None)
    assert (vitals.clock_ahead, vitals.logins_left) == (timedelta(seconds=1), 200)
    assert vitals.free_bytes is not None
    assert vitals.free_bytes > 0
    assert vitals.needed_bytes == (tmp_path / "plumbline.db").stat().st_size


async def test_a_glance_shows_the_connections_as_they_are_now(tmp_path: Path, db: Database) -> None:
    seen = Seen()
    found = monitor(tmp_path, seen, db)
    await found.look()
    seen.connected, seen.silent, seen.left = 0, HOUR, 7

    vitals = found.glance()

    assert (vitals.connected, vitals.silent, vitals.logins_left) == (0, HOUR, 200)
    assert not vitals.ready


async def test_the_oldest_thing_that_is_due_counts(tmp_path: Path, db: Database) -> None:
    seen = Seen()
    seen.due = [Waiting("asks.asked", 3, NOON - 2 * MINUTE), Waiting("norms.ballot", 1, NOON - 7 * MINUTE)]
    seen.earliest = ("asks.lapse", NOON - MINUTE)
    assert (await monitor(tmp_path, seen, db).look()).overdue == Overdue("norms.ballot", NOON - 7 * MINUTE)

    seen.earliest = ("asks.lapse", NOON - HOUR)
    assert (await monitor(tmp_path, seen, db).look()).overdue == Overdue("asks.lapse", NOON - HOUR)


async def test_a_timer_in_the_future_and_what_waits_for_a_new_channel_are_not_overdue(
    tmp_path: Path, db: Database
) -> None:
    seen = Seen()
    seen.due = [Waiting("asks.asked", 90, NOON - HOUR, held_back=True)]
    seen.earliest = ("asks.lapse", NOON + MINUTE)

    assert (await monitor(tmp_path, seen, db).look()).overdue is None


async def test_a_database_that_cannot_be_used_is_seen(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_body: object) -> None:
        raise StorageUnavailable(Reason.FULL)

    monkeypatch.setattr(db, "write", full)
    vitals = await monitor(tmp_path, Seen(), db).look()

    assert vitals.storage == Reason.FULL.value
    assert not vitals.ready


async def test_a_database_that_does_not_answer_is_seen(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor_module, "DATABASE_ANSWERS_WITHIN", 0.05)
    async with db.adapter.writing():
        vitals = await monitor(tmp_path, Seen(), db).look()

    assert vitals.storage == strings.DATABASE_SLOW


@pytest.mark.parametrize("phase", [Phase.STARTING, Phase.UPGRADING, Phase.STOPPING])
async def test_before_and_after_it_runs_the_database_is_left_alone(tmp_path: Path, phase: Phase) -> None:
    unopened = Database(tmp_path / "none" / "plumbline.db")
    found = monitor(tmp_path, Seen(), unopened)
    found.enter(phase)

    assert (await found.look()).storage is None
    assert not unopened.path.exists()


async def test_discord_is_asked_for_the_time_once_an_hour(tmp_path: Path, db: Database) -> None:
    seen = Seen()
    found = monitor(tmp_path, seen, db)
    for minutes, asked in ((0, 1), (59, 1), (60, 2), (61, 2)):
        seen.now = NOON + minutes * MINUTE
        await found.look()
        assert seen.clock_asked == asked


async def test_while_the_clock_is_wrong_discord_is_asked_for_the_time_at_each_look(
    tmp_path: Path, db: Database
) -> None:
    seen = Seen()
    found = monitor(tmp_path, seen, db)
    for ahead in (30, -30, 29, 28):
        seen.ahead = timedelta(seconds=ahead)
        await found.look()

    assert found.glance().clock_ahead == timedelta(seconds=29)
    assert seen.clock_asked == 3


async def test_if_discord_does_not_say_the_time_it_is_asked_again(tmp_path: Path, db: Database) -> None:
    seen = Seen()
    seen.ahead = None
    found = monitor(tmp_path, seen, db)

    assert [(await found.look()).clock_ahead for _ in range(2)] == [None, None]
    assert seen.clock_asked == 2


async def test_the_age_of_the_newest_backup_is_seen(tmp_path: Path, db: Database) -> None:
    for name, hours in (("keys.json", 70), ("last-backup", 30)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=((NOON - hours * HOUR).timestamp(),) * 2)
        found = monitor(tmp_path, Seen(), db, backup_key=age.new_pair().public)

        assert (await found.look()).backup_age == hours * HOUR


async def test_the_age_of_the_last_rehearsal_is_seen(tmp_path: Path, db: Database) -> None:
    for name, hours in (("keys.json", 70), ("last-rehearsal", 30)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=((NOON - hours * HOUR).timestamp(),) * 2)
        found = monitor(tmp_path, Seen(), db, backup_key=age.new_pair().public)

        assert (await found.look()).rehearsal_age == hours * HOUR


async def test_without_a_key_for_backups_none_is_missed(tmp_path: Path, db: Database) -> None:
    (tmp_path / "last-backup").touch()
    vitals = await monitor(tmp_path, Seen(), db).look()

    assert (vitals.backup_age, vitals.rehearsal_age) == (None, None)
