"""What the running bot answers over HTTP: whether it is well, whether it is ready, and its metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.logs import get_logger
from bot.monitoring import strings
from bot.monitoring.alarms import raised
from bot.monitoring.counts import Counts, Deliveries
from bot.monitoring.instance import HEADER, instance
from bot.monitoring.metrics import PlumblineCollector, registry, written
from bot.monitoring.monitor import Monitor
from bot.monitoring.vitals import Vitals

log = get_logger(__name__)


class Page:
    """Answers `/healthz`, `/readyz` and `/metrics`, and nothing else."""

    def __init__(self, monitor: Monitor, counts: Counts, deliveries: Deliveries) -> None:
        self._monitor = monitor
        self._metrics = registry(PlumblineCollector(monitor, counts, deliveries))

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/healthz", self._health),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._written),
            ]
        )
        return app

    async def _health(self, _request: web.Request) -> web.Response:
        """Answer 503 as long as there is an alarm."""
        vitals = self._monitor.glance()
        alarms = raised(vitals)
        lines = [f"{alarm}: {sentence}" for alarm, sentence in alarms.items()] or [strings.WELL]
        return self._told(not alarms, *lines, *_where(vitals))

    async def _ready(self, _request: web.Request) -> web.Response:
        """Answer 503 as long as people get no answers, for example during an upgrade of the database."""
        vitals = self._monitor.glance()
        said = strings.READY if vitals.ready else strings.NOT_READY
        return self._told(vitals.ready, said, *_where(vitals))

    async def _written(self, request: web.Request) -> web.Response:
        body, content_type = written(self._metrics, request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})

    def _told(self, well: bool, *lines: str) -> web.Response:
        text = "".join(f"{line}\n" for line in lines)
        # Read each time: a bot that was never started before gets its name while it starts.
        headers = {HEADER: instance(self._monitor.settings.state_dir)}
        return web.Response(status=200 if well else 503, text=text, headers=headers)


@asynccontextmanager
async def served(page: Page, host: str, port: int) -> AsyncIterator[None]:
    """Serve the page meanwhile. If the address can't be used, that is logged, and the bot runs without it."""
    runner = web.AppRunner(page.app(), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            log.error("The page about the bot's health can't be opened", error=error, why=error.strerror)
        yield
    finally:
        await runner.cleanup()


def _where(vitals: Vitals) -> list[str]:
    return [
        strings.PHASE.format(phase=vitals.phase.value),
        strings.CONNECTED.format(connected=vitals.connected, shards=vitals.shards),
    ]
