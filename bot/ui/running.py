"""`plumbline run`: stay connected to Discord until SIGTERM or SIGINT, then stop cleanly."""

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
"""The gateway's close code for a token that it doesn't accept."""

_INTERACTION_TASKS = ("discord.py: on_interaction", "CommandTree-invoker")
"""discord.py's names for the tasks in which interactions and commands are handled."""

Build = Callable[[Lock], commands.AutoShardedBot]


class TokenRefused(Exception):
    """Discord doesn't accept this token."""


class Unreachable(Exception):
    """Discord doesn't answer, or not as it should."""


async def keep_running(settings: Settings, build: Build, now: Callable[[], datetime]) -> None:
    """Run the bot until it is told to stop.

    Expected errors are those that `bot.cli` has a sentence for; any other error is a bug. The lock is taken
    first, so that two first runs at the same time don't each create a key file.
    """
    # The database and its journal, too, may be read only by their owner.
    os.umask(0o077)
    logs.begin(settings.log_level, settings.log_format)
    asyncio.get_running_loop().set_exception_handler(logs.on_loop_error)
    token = settings.secret_token()
    # Plumbline doesn't use voice, so discord.py need not warn that its voice libraries are missing.
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
    """Wait at most `drain` seconds until the interactions that are being handled have been answered."""
    under_way = [task for task in asyncio.all_tasks() if task.get_name() in _INTERACTION_TASKS]
    if under_way:
        await asyncio.wait(under_way, timeout=drain)


async def _until(ending: asyncio.Event, bot: commands.AutoShardedBot, token: str) -> None:
    """Stay connected until `ending` is set or the connection has ended for good."""
    connection = asyncio.create_task(_connected(bot, token))
    stopped = asyncio.create_task(ending.wait())
    await asyncio.wait({connection, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if connection.done():
        stopped.cancel()
        return connection.result()
    log.info("Stopping")
    connection.cancel()
    await asyncio.gather(connection, return_exceptions=True)
    return None


async def _connected(bot: commands.AutoShardedBot, token: str) -> None:
    """Connect, and turn discord.py's errors into ours. Their messages add nothing that a user can act on."""
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
    """Wait for `pause`; return False if the bot is told to stop before it is over."""
    if pause:
        seconds = int(pause.total_seconds())
        log.warning("Plumbline has started often lately and waits before it logs in", seconds=seconds)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), pause.total_seconds())
    return not ending.is_set()


@asynccontextmanager
async def _ending() -> AsyncIterator[asyncio.Event]:
    """Yield an event that SIGTERM and Ctrl-C set. As PID 1, Python would ignore SIGTERM without a handler."""
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    try:
        yield ending
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
