"""The process: serves until SIGTERM. It prints its address once it listens."""

import asyncio
import contextlib
import signal
import sys

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


async def main() -> None:
    clock, faults, records = Clock(), Faults(), Records()
    state, limits = DiscordState(clock), Limits(clock.now)
    app = web.Application(client_max_size=64 << 20)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    address = ""
    gateway = Gateway(state, faults, records, lambda: f"{address.replace('http', 'ws', 1)}/gateway")
    interactions = Interactions(state, gateway)
    app.router.add_get("/gateway", gateway.handle)
    app.router.add_get("/gateway/", gateway.handle)
    app.add_routes(Control(state, gateway, interactions, faults, limits, records).table())
    app.add_routes(Routes(state, gateway, interactions).table(Rest(faults, limits, records)))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
