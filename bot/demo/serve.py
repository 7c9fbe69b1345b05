"""`plumbline demo`: the whole bot on a pretend server, and a page from which to play everyone on it."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import discord
import typer
from aiohttp import web

from bot.demo import strings
from bot.demo.avatar import hang
from bot.demo.cast import assembled
from bot.demo.page import DemoPage
from bot.demo.seed import seed
from bot.demo.server import Build, world
from bot.demo.session import DemoSession
from bot.demo.temporary_bot import moved, the_bot

if TYPE_CHECKING:
    from bot.settings import Settings


async def serve(settings: "Settings", port: int = 8090) -> None:
    """Run the demo until SIGINT or SIGTERM; raises OSError at once if the port is taken."""
    ending = _ending()
    with _listening(port) as ear, TemporaryDirectory(prefix="plumbline-demo-") as state:
        async with staged(the_bot(moved(settings, Path(state)), Path(state)), ear):
            typer.echo(strings.READY.format(port=ear.getsockname()[1]))
            await ending.wait()
    typer.echo(strings.ENDED)


@asynccontextmanager
async def staged(build: Build, ear: socket.socket) -> AsyncIterator[DemoSession]:
    """The demo, answering on this socket for as long as this lasts."""
    async with world(build, discord.utils.utcnow(), check_errors=False) as opened:
        hang(opened.env)
        members = await assembled(opened)
        await seed(opened, members)
        performance = DemoSession(opened, members)
        front = DemoPage(performance, port=ear.getsockname()[1])
        await performance.open_rooms(framed_by=" ".join(sorted(front.origins)))
        runner = web.AppRunner(front.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, ear).start()
        clock = asyncio.create_task(performance.keep_time())
        try:
            yield performance
        finally:
            clock.cancel()
            with suppress(asyncio.CancelledError):
                await clock
            await runner.cleanup()


def _ending() -> asyncio.Event:
    """Set by the first Ctrl-C or SIGTERM; a second one ends the process as if nothing listened."""
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(one: signal.Signals) -> None:
        ending.set()
        loop.remove_signal_handler(one)

    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, end, one)
    return ending


def _listening(port: int) -> socket.socket:
    """Taken before anything is started, so that a taken port is said at once."""
    ear = socket.socket()
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        ear.bind(("127.0.0.1", port))
    except OSError:
        ear.close()
        raise
    return ear
