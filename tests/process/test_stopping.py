"""SIGTERM and Ctrl-C end the bot within 15 seconds, in whichever state its connection is."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.lock import Lock
from tests.process.waiting import connected, met, printed
from tests.wire.client import Wire
from tests.wire.faults import GATEWAY, FaultKind
from tests.wire.process import Bot, start

SECONDS = 15
Reach = Callable[[Wire, Path], Awaitable[Bot]]


def stuck(path: str, method: str = GATEWAY) -> Reach:
    """Return how to start a bot that waits for one answer of Discord's for ever."""

    async def reach(discord: Wire, where: Path) -> Bot:
        fault = await discord.fault(FaultKind.SILENCE, path, method, times=None)
        bot = await start(discord, where)
        await met(discord, fault)
        return bot

    return reach


def stuck_again(path: str, how: str, **told: object) -> Reach:
    """Return how to bring a connected bot to where it connects again and gets no answer."""

    async def reach(discord: Wire, where: Path) -> Bot:
        bot = await connected(discord, where)
        fault = await discord.fault(FaultKind.SILENCE, path, GATEWAY, times=None)
        await discord.call(how, **told)
        await met(discord, fault)
        return bot

    return reach


async def pausing(discord: Wire, where: Path) -> Bot:
    state = where / "state"
    state.mkdir()
    now = datetime.now(UTC)  # noqa: TID251 - the process that reads this has the real clock
    (state / "starts").write_text(f"{now.isoformat()}\n" * 30)
    bot = await start(discord, where)
    await printed(bot, "has logged in often lately")
    return bot


async def a_zombie(discord: Wire, where: Path) -> Bot:
    bot = await connected(discord, where)
    await discord.call("silence")
    return bot


async def invalidated(discord: Wire, where: Path) -> Bot:
    """Wait for the turn to log in again, after Discord refused a session."""
    fault = await discord.fault(FaultKind.INVALID_SESSION, "/identify", GATEWAY)
    bot = await start(discord, where)
    await met(discord, fault)
    await asyncio.sleep(0.5)
    return bot


async def backing_off(discord: Wire, where: Path) -> Bot:
    fault = await discord.fault(FaultKind.ANSWER, "/handshake", GATEWAY, status=500, times=None)
    bot = await start(discord, where)
    await met(discord, fault, times=3)
    return bot


STATES: dict[str, Reach] = {
    "pausing before the login": pausing,
    "logging in over REST": stuck("/users/@me", "GET"),
    "registering its commands": stuck("/applications/*/commands", "PUT"),
    "asking for the gateway": stuck("/gateway/bot", "GET"),
    "shaking hands": stuck("/handshake"),
    "waiting for hello": stuck("/hello"),
    "identifying": stuck("/identify"),
    "connected": connected,
    "a zombie": a_zombie,
    "waiting after an invalid session": invalidated,
    "backing off": backing_off,
    "reconnecting": stuck_again("/handshake", "close", code=None),
    "resuming": stuck_again("/resume", "reconnect"),
}


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
@pytest.mark.parametrize("signals", [1, 2])
async def test_a_signal_ends_the_bot_in_time(
    discord: Wire, tmp_path: Path, reach: Reach, signals: int
) -> None:
    bot = await reach(discord, tmp_path)
    try:
        told_at = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        if signals > 1:
            await asyncio.sleep(0.1)
            if bot.returncode is None:
                bot.process.send_signal(signal.SIGINT)
        said = await bot.ended()
        took = time.monotonic() - told_at
    finally:
        await bot.kill()

    assert bot.returncode == 0, said
    assert took < SECONDS, said
    assert "Stopped" in said or "pausing" in reach.__name__
    assert "Traceback" not in said
    assert "ERROR" not in said
    assert not [*(tmp_path / "state").glob("*-wal")], "the database was not closed"
    with Lock(tmp_path / "state" / "lock"):
        pass


async def test_a_signal_waits_for_an_answer_that_is_under_way(discord: Wire, tmp_path: Path) -> None:
    server = await discord.add_guild()
    channel = await discord.add_channel(server)
    ana = await discord.add_person("ana", guild=server)
    bot = await connected(discord, tmp_path)
    try:
        slow = await discord.fault(FaultKind.SLOW, "/interactions/*/*/callback", "POST", seconds=2)
        about = {"do": "command", "person": ana, "channel": channel, "path": "about"}
        [id] = await discord.act([{**about, "options": {}, "target": None}])
        await met(discord, slow)
        said = await bot.stop()
        answer = await discord.interaction(id, "answered")
    finally:
        await bot.kill()

    assert bot.returncode == 0, said
    assert answer.messages
