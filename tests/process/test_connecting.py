"""What the bot does when its connection to Discord fails, at the start or later."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.exit_codes import ExitCode
from bot.login_throttle import MOST_A_DAY
from tests.process.waiting import connected, met
from tests.wire.client import Wire
from tests.wire.faults import GATEWAY, FaultKind
from tests.wire.process import running, start


@pytest.fixture
async def ana(discord: Wire) -> "Member":
    server = await discord.add_guild()
    channel = await discord.add_channel(server)
    return Member(discord, await discord.add_person("ana", guild=server), channel, server)


class Member:
    """Somebody who runs a command, to see whether the bot answers."""

    def __init__(self, discord: Wire, person: int, channel: int, server: int) -> None:
        self._discord = discord
        self._person = person
        self.channel = channel
        self.server = server

    async def asks(self) -> int:
        """Run the command, and wait for nothing. Return the interaction's id."""
        about = {"do": "command", "person": self._person, "channel": self.channel, "path": "about"}
        return (await self._discord.act([{**about, "options": {}, "target": None}]))[0]

    async def is_answered(self) -> bool:
        return bool((await self._discord.command(self._person, self.channel, "about")).messages)


def logins(where: Path) -> int:
    return len((where / "state" / "starts").read_text().splitlines())


def earlier_logins(where: Path, count: int, apart: timedelta, last: timedelta = timedelta(0)) -> None:
    """Write the file of a bot that has logged in so often, the last time so long ago."""
    now = datetime.now(UTC)  # noqa: TID251 - the process that reads this has the real clock
    (where / "state").mkdir()
    lines = "".join(f"{(now - last - apart * back).isoformat()}\n" for back in reversed(range(count)))
    (where / "state" / "starts").write_text(lines)


async def test_every_login_is_counted_and_a_restart_forgets_none(discord: Wire, tmp_path: Path) -> None:
    fault = await discord.fault(FaultKind.INVALID_SESSION, "/identify", GATEWAY, times=None)
    for so_far in (2, 4):
        bot = await start(discord, tmp_path)
        await met(discord, fault, so_far)
        await bot.stop()

        assert bot.returncode == 0
        assert logins(tmp_path) == await discord.happened(fault) == so_far


async def test_many_logins_that_come_to_nothing_are_made_more_and_more_rarely(
    discord: Wire, tmp_path: Path
) -> None:
    earlier_logins(tmp_path, 5, timedelta(seconds=10))
    fault = await discord.fault(FaultKind.INVALID_SESSION, "/identify", GATEWAY, times=None)
    bot = await start(discord, tmp_path)
    try:
        await met(discord, fault)
        await asyncio.sleep(2)
        said = await bot.stop()
    finally:
        await bot.kill()

    before, after = (int(seconds) for seconds in re.findall(r"WARNING .* and waits seconds=(\d+)", said))
    assert await discord.happened(fault) == 1
    assert before <= 8 < after <= 16


async def test_when_too_many_logins_were_made_today_the_bot_ends(discord: Wire, tmp_path: Path) -> None:
    earlier_logins(tmp_path, MOST_A_DAY - 1, timedelta(minutes=6), last=timedelta(hours=2))
    fault = await discord.fault(FaultKind.INVALID_SESSION, "/identify", GATEWAY, times=None)
    bot = await start(discord, tmp_path)
    said = await bot.ended()

    assert bot.returncode == ExitCode.TOO_MANY_LOGINS, said
    assert "too often since yesterday" in said
    assert "Traceback" not in said
    assert await discord.happened(fault) == 1


async def test_a_start_that_never_logged_in_is_not_counted(discord: Wire, tmp_path: Path) -> None:
    await discord.fault(FaultKind.ANSWER, "/users/@me", "GET", status=503)
    await (bot := await start(discord, tmp_path)).ended()

    assert bot.returncode == ExitCode.UNREACHABLE
    assert not (tmp_path / "state" / "starts").exists()


async def test_the_bot_starts_although_the_gateway_refuses_its_first_handshakes(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    fault = await discord.fault(FaultKind.ANSWER, "/handshake", GATEWAY, status=500, times=3)
    async with running(discord, tmp_path) as bot:
        assert await ana.is_answered()
        said = await bot.stop()

    assert await discord.happened(fault) == 3
    lines = [line for line in said.splitlines() if "WSServerHandshakeError" in line]
    assert 1 <= len(lines) <= 3
    assert all("status=500" in line for line in lines)
    assert "Traceback" not in said
    assert "ERROR" not in said


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("reconnect", {}),
        ("close", {"code": None}),
        ("close", {"code": 1000}),
        ("close", {"code": 1001}),
        ("close", {"code": 4000}),
        ("invalidate", {"resumable": True}),
    ],
)
async def test_a_session_is_resumed_without_a_login(
    discord: Wire, tmp_path: Path, ana: Member, how: str, told: dict[str, object]
) -> None:
    async with running(discord, tmp_path) as bot:
        await discord.call(how, **told)
        await discord.wait("resumes")
        assert await ana.is_answered()
        said = await bot.stop()

    assert await discord.count("identifies") == 1
    assert logins(tmp_path) == 2, "one login, and one line that its session went well"
    assert "Traceback" not in said


async def test_after_an_invalid_session_the_bot_logs_in_again(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    async with running(discord, tmp_path):
        await discord.call("invalidate", resumable=False)
        await discord.wait("readies", 2)
        assert await ana.is_answered()


async def test_a_session_that_discord_forgot_meanwhile_is_replaced_by_a_new_one(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    async with running(discord, tmp_path):
        await discord.call("forget_sessions")
        await discord.call("close", code=None)
        await discord.wait("readies", 2)
        assert await ana.is_answered()


@pytest.mark.parametrize("keys", [["shard"], ["guilds"], ["user"], ["session_id"], ["resume_gateway_url"]])
async def test_a_ready_event_without_one_of_its_parts_leaves_the_bot_answering(
    discord: Wire, tmp_path: Path, ana: Member, keys: list[str]
) -> None:
    await discord.fault(FaultKind.OMIT, "/ready", GATEWAY, keys=keys)
    bot = await connected(discord, tmp_path)
    try:
        if keys[0] in ("session_id", "resume_gateway_url"):
            # discord.py reads these before its parser. The bot connects once more, since it can't go on.
            await discord.wait("readies", 2)
        assert await ana.is_answered()
        said = await bot.stop()
    finally:
        await bot.kill()

    assert bot.returncode == 0, said


async def test_an_event_that_cannot_be_parsed_is_logged_once_a_minute_and_changes_nothing(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    broken = {"id": str(ana.channel), "guild_id": str(ana.server), "type": 0, "name": "canary-name"}
    async with running(discord, tmp_path) as bot:
        await ana.is_answered()
        for _ in range(30):
            await discord.call("dispatch", event="CHANNEL_UPDATE", data=broken, guild=ana.server)
        assert await ana.is_answered()
        said = await bot.stop()

    assert bot.returncode == 0
    assert said.count("An event could not be read event_name=CHANNEL_UPDATE") == 1
    assert "(and 29 more like it in the last minute)" in said
    assert "parse_channel_update" in said
    assert "canary" not in said


@pytest.mark.parametrize(
    ("kind", "path", "method", "how", "code", "said"),
    [
        ("answer", "/users/@me", "GET", {"status": 503}, ExitCode.UNREACHABLE, "status=503"),
        ("answer", "/users/@me", "GET", {"status": 400, "code": 50035}, ExitCode.REJECTED, "code 50035"),
        ("hang_up", "/users/@me", "GET", {}, ExitCode.UNREACHABLE, "ServerDisconnectedError"),
        (
            "answer",
            "/gateway/bot",
            "GET",
            {"status": 403, "code": 40001},
            ExitCode.REJECTED,
            "status was 403",
        ),
        (
            "answer",
            "/gateway/bot",
            "GET",
            {"status": 401},
            ExitCode.TOKEN_REFUSED,
            "doesn't accept the token",
        ),
        ("hang_up", "/identify", GATEWAY, {"code": 4004}, ExitCode.TOKEN_REFUSED, "doesn't accept the token"),
        ("hang_up", "/identify", GATEWAY, {"code": 4013}, ExitCode.REJECTED, "code 4013"),
        ("answer", "/applications/*/commands", "PUT", {"status": 503}, ExitCode.UNREACHABLE, "status=503"),
    ],
)
async def test_each_way_in_which_discord_can_end_a_start_has_its_own_exit_code(
    discord: Wire,
    tmp_path: Path,
    kind: str,
    path: str,
    method: str,
    how: dict[str, object],
    code: ExitCode,
    said: str,
) -> None:
    await discord.fault(FaultKind(kind), path, method, times=None, **how)
    bot = await start(discord, tmp_path)
    told = await bot.ended()

    assert bot.returncode == code, told
    assert said in told
    assert "Traceback" not in told


async def test_the_bot_runs_although_discord_refuses_its_commands(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    refusal = {"status": 400, "code": 50035, "times": 1}
    async with running(discord, tmp_path) as first:
        await first.stop()
    (tmp_path / "state" / "commands").write_text("other ones")
    await discord.fault(FaultKind.ANSWER, "/applications/*/commands", "PUT", **refusal)
    async with running(discord, tmp_path) as second:
        assert await ana.is_answered()
        said = await second.stop()
    async with running(discord, tmp_path) as third:
        await third.stop()

    assert second.returncode == 0
    assert "Discord refused the commands" in said
    assert "status=400 code=50035" in said
    assert await discord.count("PUT /applications/{application}/commands") == 3


async def test_an_answer_that_comes_too_late_is_not_logged_with_frames(
    discord: Wire, tmp_path: Path, ana: Member
) -> None:
    await discord.fault(
        FaultKind.ANSWER, "/interactions/*/*/callback", "POST", status=404, code=10062, times=None
    )
    async with running(discord, tmp_path) as bot:
        with pytest.raises(TimeoutError):
            await discord.interaction(await ana.asks(), "answered", seconds=2)
        said = await bot.stop()

    assert "Traceback" not in said
    assert "File " not in said
    assert "10062" in said
