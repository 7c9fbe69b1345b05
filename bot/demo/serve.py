"""`plumbline demo`: the whole bot on a pretend server, and a page on which one can play everyone."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import discord
from aiohttp import web

from bot.demo import strings
from bot.demo.avatar import give_avatar
from bot.demo.cast import join_cast
from bot.demo.page import DemoPage
from bot.demo.seed import LIVED, seed
from bot.demo.server import Build, run_demo_server
from bot.demo.session import DemoSession
from bot.demo.temporary_bot import bot_in, kept_in

if TYPE_CHECKING:
    from bot.settings import Settings


async def serve(settings: "Settings", port: int = 8090) -> None:
    """Run the demo until SIGINT or SIGTERM. Raises OSError at once if the port is taken."""
    ending = _ending()
    with _listening(port) as listener, TemporaryDirectory(prefix="plumbline-demo-") as state:
        async with open_demo(bot_in(kept_in(settings, Path(state)), Path(state)), listener):
            click.echo(strings.READY.format(port=listener.getsockname()[1]))
            await ending.wait()
    click.echo(strings.ENDED)


@asynccontextmanager
async def open_demo(build: Build, listener: socket.socket) -> AsyncIterator[DemoSession]:
    """Run the demo on this socket until the block ends."""
    until = discord.utils.utcnow()
    async with run_demo_server(build, until - LIVED, check_errors=False) as opened:
        give_avatar(opened.env)
        members = await join_cast(opened)
        await seed(opened, members, until)
        session = DemoSession(opened, members)
        page = DemoPage(session, port=listener.getsockname()[1])
        await session.open_pages(framed_by=" ".join(sorted(page.origins)))
        runner = web.AppRunner(page.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        clock = asyncio.create_task(session.keep_time())
        try:
            yield session
        finally:
            clock.cancel()
            with suppress(asyncio.CancelledError):
                await clock
            await runner.cleanup()


def _ending() -> asyncio.Event:
    """Return an event that the first Ctrl-C or SIGTERM sets.

    A second one ends the process in the usual way.
    """
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(one: signal.Signals) -> None:
        ending.set()
        loop.remove_signal_handler(one)

    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, end, one)
    return ending


def _listening(port: int) -> socket.socket:
    """Return a socket on that port. It is opened first, so that a port in use is noticed at once."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener
