"""`plumbline run`: on Discord until SIGTERM or SIGINT, and then ended in good order."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.ext import commands

from bot import logs
from bot.login_throttle import LoginThrottle
from bot.logs import get_logger
from bot.settings import Settings
from bot.storage.lock import Lock

log = get_logger(__name__)

_TOKEN_REFUSED = 4004
"""The gateway's own word for a token that it does not take."""

_PRESSES = ("discord.py: on_interaction", "CommandTree-invoker")
"""What discord.py calls the tasks in which a press, a form or a command is answered."""

Build = Callable[[Lock], commands.AutoShardedBot]


class TokenRefused(Exception):
    """Discord does not take this token."""


class Unreachable(Exception):
    """Discord does not answer, or not as it should."""


async def keep_running(settings: Settings, build: Build, now: Callable[[], datetime]) -> None:
    """Raises what `bot.cli` has a sentence for; whatever else is raised is a defect.

    The lock comes first of all: two first runs at once must not each make a key file.
    """
    # The database and its journal, too, are for nobody but their owner.
    os.umask(0o077)
    logs.begin(settings.log_level, settings.log_format)
    asyncio.get_running_loop().set_exception_handler(logs.on_loop_error)
    token = settings.secret_token()
    # Plumbline never speaks: that its voice parts are missing is no news.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with _ending() as ending:
        with Lock(settings.state_dir / "lock") as lock:
            starts = LoginThrottle(settings.state_dir / "starts")
            if not await _paused(starts.pause(now()), ending):
                return
            async with build(lock) as bot:
                starts.started(now())
                await _until(ending, bot, token)
            starts.ended_well(now())
    log.info("Stopped")


async def answered(drain: float) -> None:
    """Let whoever pressed something have their answer, within so many seconds."""
    under_way = [task for task in asyncio.all_tasks() if task.get_name() in _PRESSES]
    if under_way:
        await asyncio.wait(under_way, timeout=drain)


async def _until(ending: asyncio.Event, bot: commands.AutoShardedBot, token: str) -> None:
    """Connected, until that is set or the connection has ended for good."""
    connection = asyncio.create_task(_connected(bot, token))
    told = asyncio.create_task(ending.wait())
    await asyncio.wait({connection, told}, return_when=asyncio.FIRST_COMPLETED)
    if connection.done():
        told.cancel()
        return connection.result()
    log.info("Stopping")
    connection.cancel()
    await asyncio.gather(connection, return_exceptions=True)
    return None


async def _connected(bot: commands.AutoShardedBot, token: str) -> None:
    """discord.py's errors, in our words. Their messages are Discord's, and need no repeating."""
    try:
        await bot.start(token)
    except discord.LoginFailure:
        raise TokenRefused from None
    except discord.ConnectionClosed as closed:
        raise (TokenRefused if closed.code == _TOKEN_REFUSED else Unreachable) from None
    except commands.ExtensionFailed as failed:
        raise failed.original from None
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, TimeoutError):
        raise Unreachable from None


async def _paused(pause: timedelta, ending: asyncio.Event) -> bool:
    """Wait so long, or less when the end is told: False then."""
    if pause:
        log.warning(
            "The bot has started often lately and waits before logging in", seconds=int(pause.total_seconds())
        )
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), pause.total_seconds())
    return not ending.is_set()


@asynccontextmanager
async def _ending() -> AsyncIterator[asyncio.Event]:
    """Set by SIGTERM or Ctrl-C. As PID 1, Python would ignore the first without a handler."""
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, ending.set)
    try:
        yield ending
    finally:
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(one)
