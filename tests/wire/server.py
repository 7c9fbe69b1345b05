"""Puts this Discord together and serves it on a free port of 127.0.0.1."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.wire.control import Control
from tests.wire.faults import Faults
from tests.wire.gateway import Gateway
from tests.wire.interactions import Interactions
from tests.wire.limits import Limits
from tests.wire.records import Records
from tests.wire.rest import Rest
from tests.wire.routes import Routes
from tests.wire.snowflakes import Clock
from tests.wire.state import DiscordState


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """Yield the address."""
    clock, faults, records = Clock(), Faults(), Records()
    state, limits = DiscordState(clock), Limits(clock.now)
    gateway = Gateway(state, faults, records)
    interactions = Interactions(state, gateway)
    app = web.Application(client_max_size=64 << 20)
    app.router.add_get("/gateway", gateway.handle)
    app.router.add_get("/gateway/", gateway.handle)
    app.add_routes(Control(state, gateway, interactions, faults, limits, records).table())
    app.add_routes(Routes(state, gateway, interactions).table(Rest(faults, limits, records)))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        address = f"127.0.0.1:{runner.addresses[0][1]}"
        gateway.url = f"ws://{address}/gateway"
        yield f"http://{address}"
    finally:
        await runner.cleanup()
