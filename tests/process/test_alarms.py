"""Each alarm, fired for real in the running program by what it is there for, until that is over.

Meanwhile the log, `/healthz`, `/readyz`, the metrics and `plumbline health` say so, and show no other alarm.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.backups import age
from bot.monitoring.alarms import Alarm
from tests.disk_faults import fill, locked, no_file_grows, small_disk
from tests.load import crowd
from tests.process.hasty import SILENT_SECONDS
from tests.process.waiting import until
from tests.process.watched import running
from tests.wire.client import Wire
from tests.wire.faults import GATEWAY, FaultKind

MEGABYTES = 2**20
SMALL = 8192
"""Less than the journal has after the start, and more than the bot prints."""
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the bot's process has the real clock


async def test_discord_says_nothing_and_then_cannot_be_reached(discord: Wire, tmp_path: Path) -> None:
    await discord.call("change_settings", heartbeat_interval=0.2)
    async with running(discord, tmp_path, {SILENT_SECONDS: "1"}) as bot:
        await discord.call("silence")
        shown = await bot.shows(Alarm.SILENT)
        assert re.fullmatch(r"Nothing has come from Discord for \d+ minutes\.", shown.sentences[Alarm.SILENT])
        assert shown.metrics["plumbline_discord_silent_seconds"] >= 1

        await discord.fault(FaultKind.ANSWER, "/handshake", GATEWAY, status=503, times=None)
        await discord.call("close", code=None)

        async def noticed() -> bool:
            return (await bot.get("/readyz"))[0] == 503

        await until(noticed)
        await bot.shows(Alarm.SILENT, ready=False)

        await discord.no_faults()
        await bot.is_over(Alarm.SILENT)


async def test_another_program_has_locked_the_database(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        async with locked(tmp_path / "state" / "plumbline.db"):
            shown = await bot.shows(Alarm.STORAGE, ready=False)
            assert shown.sentences[Alarm.STORAGE] == (
                "Nothing can be stored: another program has locked the file."
            )
        await bot.is_over(Alarm.STORAGE)


async def test_the_disk_fails(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        with no_file_grows(SMALL, bot.process.pid):
            shown = await bot.shows(Alarm.STORAGE, ready=False)
            assert shown.sentences[Alarm.STORAGE] == "Nothing can be stored: the disk reports an error."
        await bot.is_over(Alarm.STORAGE)


async def test_the_disk_is_nearly_full_and_then_full(discord: Wire, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 128 * MEGABYTES):
        async with running(discord, tmp_path, {"PLUMBLINE_STATE_DIR": str(disk)}) as bot:
            fill(disk / "first", 60 * MEGABYTES)
            shown = await bot.shows(Alarm.DISK)
            assert re.match(r"The disk with the state folder has \d+ MB left", shown.sentences[Alarm.DISK])
            assert shown.metrics["plumbline_disk_free_bytes"] < 105 * MEGABYTES

            fill(disk / "rest")
            shown = await bot.shows(Alarm.DISK, Alarm.STORAGE, ready=False)
            assert shown.sentences[Alarm.STORAGE] == "Nothing can be stored: the disk is full."
            assert shown.metrics["plumbline_disk_free_bytes"] < MEGABYTES

            (disk / "first").unlink()
            (disk / "rest").unlink()
            await bot.is_over(Alarm.DISK, Alarm.STORAGE)


async def test_the_clock_is_wrong(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        await discord.move_clock(90)
        shown = await bot.shows(Alarm.CLOCK)
        assert re.fullmatch(
            r"This machine's clock is \d\d seconds behind Discord's\.", shown.sentences[Alarm.CLOCK]
        )
        assert -91 <= shown.metrics["plumbline_clock_ahead_seconds"] <= -30

        await discord.move_clock(-90)
        await bot.is_over(Alarm.CLOCK)


async def test_few_logins_are_left(discord: Wire, tmp_path: Path) -> None:
    starts = tmp_path / "state" / "starts"
    starts.parent.mkdir()
    early = now() - 5 * HOUR
    logins = [*[early.isoformat()] * 160, f"{(early + HOUR).isoformat()} ended"]
    starts.write_text("".join(f"{line}\n" for line in logins))

    async with running(discord, tmp_path) as bot:
        shown = await bot.shows(Alarm.LOGINS)
        # The last look may have been before its own login.
        assert re.fullmatch(
            r"The bot may log in (39|40) more times today\. When none is left, it stops\.",
            shown.sentences[Alarm.LOGINS],
        )
        assert shown.metrics["plumbline_logins_left"] in (39, 40)

        # A day later these logins no longer count.
        starts.write_text(starts.read_text().replace(early.isoformat(), (early - DAY).isoformat()))
        await bot.is_over(Alarm.LOGINS)


async def test_no_backup_has_been_made_for_days_and_none_rehearsed_for_weeks(
    discord: Wire, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    async with running(discord, tmp_path, {"PLUMBLINE_BACKUP_KEY": age.new_pair().public}) as bot:
        assert (await bot.plumbline("backup", str(backups)))[0] == 0
        long_ago = (now() - 60 * HOUR).timestamp()
        os.utime(tmp_path / "state" / "last-backup", (long_ago, long_ago))
        shown = await bot.shows(Alarm.BACKUP)
        assert shown.sentences[Alarm.BACKUP] == "No backup has been made for 60 hours."
        assert shown.metrics["plumbline_backup_age_seconds"] >= 60 * 3600

        (made,) = backups.iterdir()
        made.unlink()  # a second one in the same second would have the same name
        assert (await bot.plumbline("backup", str(backups)))[0] == 0
        await bot.is_over(Alarm.BACKUP)

        assert (await bot.plumbline("rehearse"))[0] == 0
        os.utime(tmp_path / "state" / "last-rehearsal", ((now() - 16 * 24 * HOUR).timestamp(),) * 2)
        shown = await bot.shows(Alarm.REHEARSAL)
        assert shown.sentences[Alarm.REHEARSAL] == "No restore has been rehearsed for 16 days."
        assert (await bot.plumbline("rehearse"))[0] == 0
        await bot.is_over(Alarm.REHEARSAL)


async def test_messages_are_due_and_nobody_takes_them_up(discord: Wire, tmp_path: Path) -> None:
    """Discord takes every message and answers to none, so that all workers wait for it."""
    people = crowd.askers(60)
    await crowd.prepare(tmp_path / "state", people, 11 * MINUTE)
    await crowd.join(discord, people)
    await discord.fault(FaultKind.SLOW, "/channels/*/messages", "POST", seconds=3600, effect=True, times=None)
    async with running(discord, tmp_path) as bot:
        shown = await bot.shows(Alarm.OVERDUE)
        assert re.fullmatch(
            r"asks\.asked has been due for \d+ minutes, and nobody has taken it up\.",
            shown.sentences[Alarm.OVERDUE],
        )
        assert shown.metrics["plumbline_overdue_seconds"] >= 11 * 60

        await discord.no_faults()
        await bot.is_over(Alarm.OVERDUE)
