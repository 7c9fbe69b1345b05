"""The whole bot without a connection: its services on files, its workers on the Discord of `discord.py`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from structlog.testing import capture_logs

from bot.app import Plumbline, build
from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.delivery.dm_dispatcher import DmDispatcher
from bot.delivery.pace import Pace
from bot.services import Services
from bot.settings import Settings
from tests.crash.failpoints.discord import Discord, everybody_is

HOLDER = "the lock file"
SETTLED = timedelta(minutes=8)
"""After so long everything that was due at a crash must have been done. A claim would last longer."""


class Time:
    """The clock of a bot."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class RunningBot:
    """A bot that has been started."""

    bot: Plumbline
    time: Time
    dms: DmDispatcher
    channels: ChannelDispatcher

    @property
    def services(self) -> Services:
        return self.bot.services

    async def settle(self) -> None:
        """Deliver what is due now, until nothing is."""
        while True:
            for pool in (self.dms, self.channels):
                pool.wake()
            await self.dms.idle()
            await self.channels.idle()
            await asyncio.sleep(0)
            if not self.dms.busy and not self.channels.busy:
                return

    async def skip(self, span: timedelta) -> None:
        """Let time pass. Everything is done at the time at which it is due."""
        until = self.time.now + span
        while True:
            await self.services.agenda.run_due(self.time.now)
            await self.settle()
            times = [await one.next_due() for one in (self.services.agenda, self.dms, self.channels)]
            due = min((at for at in times if at is not None), default=None)
            if due is None or due > until:
                break
            self.time.now = max(self.time.now, due)
        self.time.now = until


@asynccontextmanager
async def running_bot(state: Path, time: Time, discord: Discord) -> AsyncIterator[RunningBot]:
    """Start a bot as `Plumbline.setup_hook` does, and close it at the end. An error in its log fails."""
    settings = Settings(_env_file=None, state_dir=state, key_file=state / "keys.json")
    with capture_logs() as logged:
        async with _started(settings, time, discord) as bot:
            yield bot
    errors = [one for one in logged if one["log_level"] == "error"]
    assert not errors, errors


@asynccontextmanager
async def _started(settings: Settings, time: Time, discord: Discord) -> AsyncIterator[RunningBot]:
    async with build(settings, now=lambda: time.now, shard_count=1) as bot:
        await bot.open_database()
        await bot.services.servers.load()
        services = bot.services
        dms = DmDispatcher(
            bot.db, services.outbox, discord, lambda: time.now, 1e6, 10_000,
            still_here=everybody_is, wait_until=services.preferences.wait_until,
        )  # fmt: skip
        channels = ChannelDispatcher(bot.db, services.channel_posts, discord, lambda: time.now, Pace(1e6))
        await dms.start(HOLDER)
        await channels.start(HOLDER)
        try:
            yield RunningBot(bot, time, dms, channels)
        finally:
            await dms.stop(1)
            await channels.stop(1)
