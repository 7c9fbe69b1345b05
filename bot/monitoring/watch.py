"""Looks at the bot once a minute, and logs each alarm when it begins and when it is over."""

import asyncio
from datetime import datetime

from bot.logs import get_logger, where
from bot.monitoring.alarms import Alarm, raised
from bot.monitoring.monitor import Monitor

log = get_logger(__name__)

EVERY_SECONDS = 60.0


class Watch:
    """Remembers which alarms there are, and since when."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._since: dict[Alarm, datetime] = {}

    async def run(self) -> None:
        """Look once a minute, until it is cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - it is logged, and an error of one look must not end the watch
                log.error("Looking at the bot's health failed", error=error, traceback=where(error))

    async def look(self) -> None:
        """Look at the bot, and log what has changed."""
        vitals = await self._monitor.look()
        alarms = raised(vitals)
        for alarm, sentence in alarms.items():
            if alarm not in self._since:
                self._since[alarm] = vitals.at
                log.warning("Alarm", alarm=alarm.value, why=sentence)
        for alarm in self._since.keys() - alarms.keys():
            seconds = round((vitals.at - self._since.pop(alarm)).total_seconds())
            log.info("An alarm is over", alarm=alarm.value, seconds=seconds)
