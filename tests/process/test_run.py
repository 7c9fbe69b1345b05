"""`plumbline run`, as the person who starts it sees it."""

import signal
from pathlib import Path

from bot.exit_codes import ExitCode
from tests.wire.client import Wire
from tests.wire.process import running, start
from tests.wire.state import TOKEN

COMMANDS = "PUT /applications/{application}/commands"


async def refused(discord: Wire, where: Path, code: ExitCode, **settings: str) -> str:
    bot = await start(discord, where, **settings)
    said = await bot.ended()
    assert bot.returncode == code, said
    assert "Traceback" not in said
    return said


async def requests(discord: Wire) -> int:
    return sum((await discord.call("counts"))["answers"].values())


async def test_the_bot_starts_answers_a_command_stops_and_starts_again(discord: Wire, tmp_path: Path) -> None:
    # No name of a server, a channel or an account may be in any log.
    server = await discord.add_guild("canary-server")
    channel = await discord.add_channel(server, "canary-channel")
    ana = await discord.add_person("canary-account", global_name="canary-ana", guild=server)
    async with running(discord, tmp_path) as first:
        answer = await discord.command(ana, channel, "about")
        before = await requests(discord)
        second = await refused(discord, tmp_path, ExitCode.ALREADY_RUNNING)
        asked_meanwhile = await requests(discord) - before
        said = await first.stop()
    async with running(discord, tmp_path, log_format="json") as again:
        said_again = await again.stop(signal.SIGINT)

    assert answer.message.flags & 64, "an answer is for whoever asked"
    assert "Another Plumbline runs on this database" in second
    assert asked_meanwhile == 0
    assert (first.returncode, again.returncode) == (0, 0)
    assert await discord.count(COMMANDS) == 1
    for log in (said, said_again):
        assert "Stopped" in log
        assert "canary" not in log
        assert TOKEN not in log
        assert "Traceback" not in log
    assert all(line.startswith("{") for line in said_again.splitlines())
    files = [*(tmp_path / "state").iterdir()]
    assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / "state", *files)), files


async def test_the_bot_says_that_discord_refused_its_token(discord: Wire, tmp_path: Path) -> None:
    said = await refused(discord, tmp_path, ExitCode.TOKEN_REFUSED, token="another.bots.token")

    assert "Discord doesn't accept the token" in said
    assert "another.bots.token" not in said
