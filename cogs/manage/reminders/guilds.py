"""What Discord has sent about servers: the names of their channels, and their scheduled events."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import discord

from bot.ids import ServerId
from bot.reminders import occurrences
from bot.reminders.models import ScheduledEvent, seconds
from bot.reminders.scheduled_events import ScheduledEvents
from bot.ui import plain
from bot.ui.gateway_events import GatewayEvents
from cogs.manage.reminders import strings
from cogs.manage.reminders.series import SeriesByEvent

_WAITS, _BEGUN = discord.EventStatus.scheduled, discord.EventStatus.active


class Guilds:
    """Knows channels and events, and passes changes on. It makes no requests: Discord sends all of it."""

    def __init__(
        self,
        bot: discord.Client,
        gateway_events: GatewayEvents,
        events: ScheduledEvents,
        now: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._events = events
        self._now = now
        self._series = SeriesByEvent(bot)
        self._series.listen(gateway_events)

    @property
    def listeners(self) -> tuple[Callable[..., Coroutine[Any, Any, None]], ...]:
        return (
            self.on_scheduled_event_create, self.on_scheduled_event_update, self.on_scheduled_event_delete,
            self.on_scheduled_event_series, self.on_ready, self.on_guild_available, self.on_guild_join,
        )  # fmt: skip

    def channel(self, server: ServerId, id: int) -> str:
        """Return the name of a channel; empty if there is no such channel."""
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_channel(id)
        return "" if found is None else f"#{found.name}"

    def event(self, server: ServerId, id: int, begins: int = 0) -> str | None:
        """Return the name of an event that is still to come, escaped; None if there is none.

        begins: when it must be to come, in seconds since 1970; 0 for any time.
        """
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_scheduled_event(id)
        if found is None:
            return None
        starts = {seconds(one.starts_at) for one in occurrences.coming(self._told(found), self._now())}
        return (
            plain.name(found.name, strings.SOME_EVENT)
            if begins in starts or (starts and not begins)
            else None
        )

    async def look(self, server: ServerId) -> None:
        """Read all events of a server that Discord has sent."""
        guild = self._bot.get_guild(server)
        if guild is not None:
            await self._see_all(guild)

    # -- listeners for what Discord sends -------------------------------------------------------

    async def on_scheduled_event_create(self, event: discord.ScheduledEvent) -> None:
        await self._see(event, self._told(event))

    async def on_scheduled_event_update(
        self, _before: discord.ScheduledEvent, event: discord.ScheduledEvent
    ) -> None:
        await self._see(event, self._told(event))

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        await self._see(event, ScheduledEvent(event.id, event.start_time, waits=False))

    async def on_scheduled_event_series(self, server: int, id: int) -> None:
        """An occurrence of a recurring event was cancelled, moved or restored. We dispatch this ourselves."""
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_scheduled_event(id)
        if found is not None:
            await self._see(found, self._told(found))

    async def on_ready(self) -> None:
        """Read all events at every start, and when Discord could not resume the session."""
        for guild in self._bot.guilds:
            await self.on_guild_available(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read all events again, because they may have changed during an outage."""
        if await self._events.wanted(ServerId(guild.id)):
            await self._see_all(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.on_guild_available(guild)

    async def _see(self, event: discord.ScheduledEvent, told: ScheduledEvent) -> None:
        await self._events.see(ServerId(event.guild_id), [told], self._now())

    async def _see_all(self, guild: discord.Guild) -> None:
        every = [self._told(event) for event in guild.scheduled_events]
        await self._events.see(ServerId(guild.id), every, self._now(), whole=True)

    def _told(self, event: discord.ScheduledEvent) -> ScheduledEvent:
        series = self._series.of(event.id)
        if series is None:
            return ScheduledEvent(event.id, event.start_time, waits=event.status is _WAITS)
        return ScheduledEvent(
            event.id, event.start_time,
            waits=event.status in (_WAITS, _BEGUN), begun=event.status is _BEGUN,
            recurrence=series.recurrence, exceptions=series.exceptions,
        )  # fmt: skip
