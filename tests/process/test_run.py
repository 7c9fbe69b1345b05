"""`plumbline run`, as the person who starts it sees it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.process.loopback import TOKEN, Loopback, loopback

PROGRAM = Path(__file__).with_name("there.py")
ANA = {
    "id": "400", "username": "canary-account", "global_name": "canary-ana", "discriminator": "0",
    "avatar": None,
}  # fmt: skip


@pytest.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with loopback() as there:
        yield there


async def start(discord: Loopback, where: Path, **settings: str) -> asyncio.subprocess.Process:
    told = {name: value for name, value in os.environ.items() if not name.startswith("PLUMBLINE_")}
    told |= {"PLUMBLINE_TOKEN": TOKEN, "PLUMBLINE_LOG_LEVEL": "DEBUG"}
    told |= {f"PLUMBLINE_{name.upper()}": value for name, value in settings.items()}
    return await asyncio.create_subprocess_exec(
        sys.executable, str(PROGRAM), discord.base, "run",
        cwd=where, env=told, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@asynccontextmanager
async def running(
    discord: Loopback, where: Path, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the bot and wait for its login; kill it at the end if it still runs."""
    discord.ready.clear()
    process = await start(discord, where, **settings)
    try:
        ended = asyncio.create_task(process.wait())
        ready = asyncio.create_task(discord.ready.wait())
        await asyncio.wait({ended, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if ended.done():
            pytest.fail((await process.communicate())[1].decode())
        ended.cancel()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def told(process: asyncio.subprocess.Process) -> str:
    """Wait until the process has ended. Return everything that it printed."""
    said = await asyncio.wait_for(process.communicate(), PATIENCE)
    return "".join(one.decode() for one in said)


async def refused(discord: Loopback, where: Path, **settings: str) -> str:
    process = await start(discord, where, **settings)
    said = await told(process)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said


async def test_the_bot_starts_answers_a_command_stops_and_starts_again(
    discord: Loopback, tmp_path: Path
) -> None:
    async with running(discord, tmp_path) as first:
        answer = await discord.command("about", ANA)
        before = len(discord.requests)
        second = await refused(discord, tmp_path)
        asked_meanwhile = len(discord.requests) - before
        first.send_signal(signal.SIGTERM)
        said = await told(first)
    async with running(discord, tmp_path, log_format="json") as again:
        again.send_signal(signal.SIGINT)
        said_again = await told(again)

    assert answer["data"]["flags"] & 64, "an answer is for whoever asked"
    assert "Another Plumbline runs on this database" in second
    assert asked_meanwhile == 0
    assert (first.returncode, again.returncode) == (0, 0)
    assert discord.count("PUT", "/applications/100/commands") == 1
    for log in (said, said_again):
        assert "Stopped" in log
        assert "canary" not in log
        assert TOKEN not in log
        assert "Traceback" not in log
    assert all(line.startswith("{") for line in said_again.splitlines())
    files = [*(tmp_path / "state").iterdir()]
    assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / "state", *files)), files


async def test_the_bot_says_that_discord_refused_its_token(discord: Loopback, tmp_path: Path) -> None:
    said = await refused(discord, tmp_path, token="another.bots.token")

    assert "Discord refused the token" in said
    assert "another.bots.token" not in said
