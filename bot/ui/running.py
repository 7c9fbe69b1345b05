"""`plumbline run`: stay connected to Discord until SIGTERM or SIGINT, then stop cleanly."""

import asyncio
import os
import resource
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import discord
from discord.ext import commands

from bot import __version__, logs
from bot.exit_codes import ExitCode
from bot.login_throttle import LoginThrottle
from bot.logs import get_logger
from bot.process_end import SIGNALS
from bot.settings import Settings
from bot.storage.lock import Lock
from bot.storage.unavailable import StorageUnavailable
from bot.ui import discord_errors
from bot.ui.discord_errors import seen

log = get_logger(__name__)

STOPS_WITHIN_SECONDS = 14.0
"""Counted from the signal. Then the process ends, whatever it still waits for."""
_SAID_BEFORE_SECONDS = 0.5
_CANCEL_SECONDS = (3.0, 0.5, 0.5)
"""How long to wait after each time that the connection is cancelled: discord.py may swallow one of them."""

_INTERACTION_TASKS = ("discord.py: on_interaction", "CommandTree-invoker")
"""discord.py's names for the tasks in which interactions and commands are handled."""

B = TypeVar("B", bound=commands.AutoShardedBot)
Build = Callable[[Lock], B]
OnHangup = Callable[[B], Coroutine[Any, Any, None]]
Beside = Callable[[B], AbstractAsyncContextManager[None]]


async def keep_running(
    settings: Settings,
    build: Build[B],
    now: Callable[[], datetime],
    *,
    on_hangup: OnHangup[B],
    beside: Beside[B],
) -> None:
    """Run the bot until it is told to stop, and meanwhile what `beside` returns.

    Each SIGHUP calls `on_hangup`, and doesn't end the process.

    Expected errors are those that `bot.startup_errors` knows; any other error is a bug. The lock is taken
    first, so that two first runs at the same time don't each create a key file.
    """
    # The database and its journal, too, may be read only by their owner.
    os.umask(0o077)
    # A core dump would have the token in it, and what the bot is carrying.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logs.begin(settings.log_level, settings.log_format, discord_errors.expected)
    asyncio.get_running_loop().set_exception_handler(logs.on_loop_error)
    log.info("Starting", version=__version__, state_dir=str(settings.state_dir.absolute()))
    token = settings.secret_token()
    # Plumbline doesn't use voice, so discord.py need not warn that its voice libraries are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with _ending() as ending:
        with Lock(settings.state_dir / "lock") as lock:
            logins = LoginThrottle(settings.state_dir / "starts")
            if not await _paused(logins.pause(now()), ending):
                return
            async with build(lock) as bot, beside(bot):
                try:
                    with _hearing_hangups(partial(on_hangup, bot)):
                        await _until(ending, bot, token)
                finally:
                    # Leaving the block closes the bot only if nothing else has begun to close it.
                    await bot.close()
    log.info("Stopped")


async def answered(drain: float) -> None:
    """Wait at most `drain` seconds until the interactions that are being handled have been answered."""
    under_way = [task for task in asyncio.all_tasks() if task.get_name() in _INTERACTION_TASKS]
    if under_way:
        await asyncio.wait(under_way, timeout=drain)


async def within(seconds: float, part: str, stopping: Awaitable[object]) -> None:
    """Wait at most `seconds` until a part of the bot has stopped. Its error is only logged."""
    task = asyncio.ensure_future(stopping)
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        task.cancel()
        log.warning("A part of the bot didn't stop in time", part=part, seconds=seconds)
    elif not task.cancelled() and (error := task.exception()) is not None:
        log.failure("A part of the bot failed to stop", error, part=part)


async def _until(ending: asyncio.Event, bot: commands.AutoShardedBot, token: str) -> None:
    """Stay connected until `ending` is set or the connection has ended for good."""
    connection = asyncio.create_task(_connected(bot, token))
    stopped = asyncio.create_task(ending.wait())
    await asyncio.wait({connection, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not ending.is_set():
        return connection.result()
    log.info("Stopping")
    return await _cancelled(connection)


async def _cancelled(connection: asyncio.Task[None]) -> None:
    """Cancel the connection until it ends, a few times at most: what is left is ended with the process."""
    for seconds in _CANCEL_SECONDS:
        connection.cancel()
        await asyncio.wait({connection}, timeout=seconds)
        if connection.done():
            _log_late_error(connection)
            return
    log.warning("The connection to Discord didn't end when it was told to")


def _log_late_error(connection: asyncio.Task[None]) -> None:
    """Log an error that came up while the bot was told to stop. It stops all the same."""
    error = None if connection.cancelled() else connection.exception()
    if error is not None:
        log.failure("The connection to Discord ended with an error", error)


async def _connected(bot: commands.AutoShardedBot, token: str) -> None:
    """Connect, and turn discord.py's errors into ours. Their messages add nothing that a user can act on."""
    try:
        await bot.start(token)
    except commands.ExtensionFailed as failed:
        raise failed.original from None
    except Exception as error:
        meant = discord_errors.ending(error)
        if meant is None:
            raise
        log.warning("Discord ended the start or the connection", error=error, **seen(error))
        raise meant from None


async def _paused(pause: timedelta, ending: asyncio.Event) -> bool:
    """Wait for `pause`; return False if the bot is told to stop before it is over."""
    if pause:
        seconds = round(pause.total_seconds())
        log.warning("Plumbline has logged in often lately and waits", seconds=seconds)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), pause.total_seconds())
    return not ending.is_set()


@asynccontextmanager
async def _ending() -> AsyncIterator[asyncio.Event]:
    """Yield an event that SIGTERM and Ctrl-C set. As PID 1, Python would ignore SIGTERM without a handler.

    The handlers stay until the event loop is closed, so that a second signal changes nothing.
    """
    ending = asyncio.Event()
    # Two threads, because writing to the log may be what doesn't end.
    last_resort = (
        threading.Timer(STOPS_WITHIN_SECONDS - _SAID_BEFORE_SECONDS, _say_that_it_is_cut_short),
        threading.Timer(STOPS_WITHIN_SECONDS, os._exit, (ExitCode.STOPPED,)),
    )

    def stop() -> None:
        if not ending.is_set():
            for timer in last_resort:
                timer.daemon = True
                timer.start()
        ending.set()

    loop = asyncio.get_running_loop()
    for number in (*SIGNALS, signal.SIGHUP) if _stops_at_hangup() else SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield ending
    finally:
        for timer in last_resort:
            timer.cancel()


def _stops_at_hangup() -> bool:
    """Whether it was started in a terminal. When that is closed, nobody else could stop it."""
    return sys.stdin.isatty() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN


@contextmanager
def _hearing_hangups(call: Callable[[], Coroutine[Any, Any, None]]) -> Iterator[None]:
    """Call this at each SIGHUP, one call after the other. Afterwards the signal is ignored.

    In a terminal nothing is called: there the signal stops the bot.
    """
    if _stops_at_hangup():
        yield
        return
    loop, one_at_a_time = asyncio.get_running_loop(), asyncio.Lock()
    under_way: set[asyncio.Task[None]] = set()

    async def heard() -> None:
        async with one_at_a_time:
            try:
                await call()
            except StorageUnavailable:
                return  # `Database` has logged it
            except Exception as error:  # noqa: BLE001 - a bad key file must not end a bot that has its keys
                log.failure("Reading the key file again failed", error)

    def hear() -> None:
        task = loop.create_task(heard())
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    loop.add_signal_handler(signal.SIGHUP, hear)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _say_that_it_is_cut_short() -> None:
    log.critical("The bot didn't stop in time, and is ended now", seconds=STOPS_WITHIN_SECONDS)
