"""Everything that watches the bot while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.monitoring import service_manager
from bot.monitoring.counts import Counts, Deliveries
from bot.monitoring.monitor import Monitor
from bot.monitoring.service_manager import ServiceManager
from bot.monitoring.vitals import Phase
from bot.monitoring.watch import Watch


@asynccontextmanager
async def monitored(
    monitor: Monitor, manager: ServiceManager, counts: Counts | None, deliveries: Deliveries
) -> AsyncIterator[None]:
    """Watch the bot meanwhile, and tell the service manager how it is. With counts, serve the page too."""
    monitor.on_phase = lambda phase: _tell(manager, phase)
    watching = [Watch(monitor).run(), manager.keep_alive()]
    async with AsyncExitStack() as stack:
        if counts is not None and monitor.settings.monitoring_address is not None:
            # Whoever doesn't use the page doesn't pay for its imports.
            from bot.monitoring.page import Page, served

            page = Page(monitor, counts, deliveries)
            await stack.enter_async_context(served(page, *monitor.settings.monitoring_address))
            watching.append(counts.watch_the_loop())
        tasks = [asyncio.create_task(one) for one in watching]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _tell(manager: ServiceManager, phase: Phase) -> None:
    about = service_manager.status(phase.value)
    match phase:
        case Phase.RUNNING:
            manager.tell(service_manager.READY, about)
        case Phase.STOPPING:
            manager.tell(service_manager.STOPPING, about)
        case _:
            manager.tell(about)
