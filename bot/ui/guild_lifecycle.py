"""Notice when a server removes or invites the bot, and don't mistake an outage for a removal.

discord.py sends `guild_remove` only for removals; for an outage it sends `guild_unavailable`, which is not
handled here. For what happened while the bot was off, Discord is asked about each server.
"""

from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands

from bot.delivery.error_codes import MISSING_ACCESS, UNKNOWN_GUILD
from bot.delivery.pace import Pace
from bot.ids import ServerId
from bot.instances.shards import Shards
from bot.logs import get_logger
from bot.servers.service import Servers
from bot.ui.discord_errors import seen
from bot.ui.request_errors import REQUEST_ERRORS

log = get_logger(__name__)


class GuildLifecycle:
    """Tells `Servers` which servers the bot has left and which it has returned to, and what they are called.

    It judges only the servers that are on this process's shards: it can't see the others.
    """

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        servers: Servers,
        shards: Shards,
        pace: Pace,
        now: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._servers = servers
        self._shards = shards
        self._pace = pace
        self._now = now

    def listen(self) -> None:
        """Subscribe to discord.py's events."""
        for handler in (
            self.on_guild_remove, self.on_guild_join, self.on_guild_update, self.on_guild_available,
            self.on_ready,
        ):  # fmt: skip
            self._bot.add_listener(handler)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self._servers.left(ServerId(guild.id), self._now())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._servers.names.see({ServerId(guild.id): guild.name})
        await self._servers.returned(ServerId(guild.id), self._now())

    async def on_guild_update(self, _before: discord.Guild, guild: discord.Guild) -> None:
        await self._servers.names.see({ServerId(guild.id): guild.name})

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """After an outage or a start: the bot may have been removed and invited again meanwhile."""
        await self._servers.names.see({ServerId(guild.id): guild.name})
        if guild.id in self._servers.left_lately():
            await self._servers.returned(ServerId(guild.id), self._now())

    async def on_ready(self) -> None:
        """After a start, and after a session that could not be resumed: events may have been missed."""
        await self._servers.names.see({ServerId(guild.id): guild.name for guild in self._bot.guilds})
        here = {guild.id for guild in self._bot.guilds}
        away = {*self._servers.left_lately()}
        for server in filter(self._shards.has, await self._servers.all_known()):
            if server in here and server in away:
                await self._servers.returned(server, self._now())
            elif server not in here and server not in away and await self._removed(server):
                await self._servers.left(server, self._now())

    async def _removed(self, server: ServerId) -> bool:
        """Whether Discord says that the bot is not in the server. Any other error means False."""
        await self._pace.turn()
        try:
            await self._bot.fetch_guild(server, with_counts=False)
        except (discord.NotFound, discord.Forbidden) as error:
            return error.code in (UNKNOWN_GUILD, MISSING_ACCESS)
        except REQUEST_ERRORS as error:
            log.warning(
                "Discord could not be asked about a server; nothing was changed", error=error, **seen(error)
            )
        return False
