"""Every alarm is raised for real. The log, `/healthz`, the metrics and `plumbline health` all say so."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.backups import age
from bot.monitoring.alarms import Alarm
from bot.plans.timers import ASK
from tests.database_file import open_file
from tests.load.processes import Running
from tests.load.processes import running as launched
from tests.process.hasty import ASLEEP, CLOCK_AHEAD, SPARE_BYTES
from tests.process.waiting import until
from tests.wire.client import Wire
from tests.wire.faults import GATEWAY, FaultKind
from tests.wire.process import environment

HOST = "127.0.0.1"
PROGRAM = ("tests.process.hasty", "run")


class Bot:
    """A bot that runs, and that can be asked how it is."""

    def __init__(self, process: Running, port: int, where: Path) -> None:
        self.process = process
        self.port = port
        self.where = where

    @property
    def printed(self) -> str:
        return self.process.output.read_text("utf-8")

    async def get(self, path: str) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{HOST}:{self.port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def shows(self, alarm: Alarm) -> str:
        """Wait until everything that can show an alarm shows it. Return its sentence."""
        sentence = ""

        async def shown() -> bool:
            nonlocal sentence
            status, text = await self.get("/healthz")
            found = re.search(rf"^{alarm}: (.+)$", text, re.MULTILINE)
            sentence = found[1] if found else ""
            metrics = (await self.get("/metrics"))[1]
            logged = f"WARNING bot.monitoring.watch: Alarm alarm={alarm} why=" in self.printed
            measured = f'plumbline_alarm{{alarm="{alarm}"}} 1.0' in metrics
            return status == 503 and bool(found) and measured and logged

        await until(shown)
        code, said = await self.health()
        assert code == 1
        assert f"{alarm}: " in said
        return sentence

    async def is_over(self, alarm: Alarm) -> None:
        async def over() -> bool:
            return f"An alarm is over alarm={alarm}" in self.printed

        await until(over)
        assert f"{alarm}: " not in (await self.get("/healthz"))[1]

    async def health(self) -> tuple[int, str]:
        """Run `plumbline health`. Return its exit code, and what it says."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "health", cwd=self.where,
            env=environment(monitoring=f"{HOST}:{self.port}"),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()


@asynccontextmanager
async def running(
    discord: Wire, where: Path, variables: Mapping[str, str] | None = None
) -> AsyncIterator[Bot]:
    await discord.call("change_settings", heartbeat_interval=0.2)
    with socket.socket() as chosen:
        chosen.bind((HOST, 0))
        port = int(chosen.getsockname()[1])
    told = {"PLUMBLINE_MONITORING": f"{HOST}:{port}", **(variables or {})}
    async with launched(discord, PROGRAM, where, told) as process:
        bot = Bot(process, port, where)

        async def ready() -> bool:
            return (await bot.get("/readyz"))[0] == 200

        await until(ready)
        yield bot


async def test_a_bot_that_is_well_says_so_everywhere(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        assert (await bot.get("/healthz"))[0] == 200
        assert await bot.health() == (0, (await bot.get("/healthz"))[1])
        assert "plumbline_ready 1.0" in (await bot.get("/metrics"))[1]
        assert "Alarm" not in bot.printed


async def test_discord_says_nothing(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        fault = await discord.fault(FaultKind.SILENCE, "/heartbeat", GATEWAY, times=None)
        assert re.fullmatch(r"Nothing has come from Discord for \d+ minutes\.", await bot.shows(Alarm.SILENT))
        assert await discord.happened(fault)
        await discord.no_faults()
        await bot.is_over(Alarm.SILENT)


async def test_another_program_has_locked_the_database(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        with open_file(tmp_path / "state" / "plumbline.db") as file:
            file.execute("BEGIN IMMEDIATE")
            assert (await bot.shows(Alarm.STORAGE)).startswith("Nothing can be stored: ")
            assert (await bot.get("/readyz"))[0] == 503
            file.execute("ROLLBACK")
        await bot.is_over(Alarm.STORAGE)


async def test_the_disk_is_nearly_full(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path, {SPARE_BYTES: str(2**60)}) as bot:
        assert (await bot.shows(Alarm.DISK)).startswith("The disk with the state folder has ")


async def test_the_clock_is_wrong(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path, {CLOCK_AHEAD: "-90"}) as bot:
        assert re.fullmatch(
            r"This machine's clock is (89|90|91) seconds behind .+", await bot.shows(Alarm.CLOCK)
        )


async def test_few_logins_are_left(discord: Wire, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    early = datetime.now(UTC) - timedelta(hours=5)  # noqa: TID251 - the bot's process has the real clock
    logins = [*[early.isoformat()] * 160, f"{(early + timedelta(hours=1)).isoformat()} ended"]
    (tmp_path / "state" / "starts").write_text("".join(f"{line}\n" for line in logins))

    async with running(discord, tmp_path) as bot:
        said = await bot.shows(Alarm.LOGINS)
        assert re.match(r"The bot may log in (40|39) more times today\.", said)


async def test_no_backup_has_been_made_for_days(discord: Wire, tmp_path: Path) -> None:
    variables = {"PLUMBLINE_BACKUP_KEY": age.new_pair().public}
    async with running(discord, tmp_path, variables) as bot:
        assert (await bot.get("/healthz"))[0] == 200
        long_ago = (datetime.now(UTC) - timedelta(hours=60)).timestamp()  # noqa: TID251 - the bot's process has the real clock
        os.utime(tmp_path / "state" / "keys.json", (long_ago, long_ago))
        assert await bot.shows(Alarm.BACKUP) == "No backup has been made for 60 hours."

        (tmp_path / "state" / "last-backup").touch()
        await bot.is_over(Alarm.BACKUP)


async def test_a_timer_is_due_and_nobody_takes_it_up(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path, {ASLEEP: "yes"}) as bot:
        with open_file(tmp_path / "state" / "plumbline.db") as file:
            late = "INSERT INTO agenda (kind, subject, due_at, tries) VALUES (?, 'a plan', 0, 0)"
            file.execute(late, [ASK])
        said = await bot.shows(Alarm.OVERDUE)

        assert re.fullmatch(rf"{ASK} has been due for \d+ minutes, and nobody has taken it up\.", said)


@pytest.mark.parametrize("way", ["ended", "stuck"])
async def test_a_bot_that_does_not_answer_is_not_well(discord: Wire, tmp_path: Path, way: str) -> None:
    async with running(discord, tmp_path) as bot:
        if way == "stuck":
            os.kill(bot.process.pid, signal.SIGSTOP)
        else:
            bot.port = 1
        code, said = await bot.health()
        os.kill(bot.process.pid, signal.SIGCONT)

        assert code == 1
        assert said == f"Nothing answers at {HOST}:{bot.port}. The bot isn't running, or it is stuck.\n"
