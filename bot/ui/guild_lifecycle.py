"""Where the bot stands: a server that removed it is told from one that Discord cannot reach for a while.

discord.py says `guild_remove` of removals alone; of an outage it says `guild_unavailable`, which nobody here
listens to. What happened while the bot was off is asked of Discord, server by server.
"""

from collections.abc import Callable
from datetime import datetime

import aiohttp
import discord
from discord.ext import commands

from bot.delivery.pace import Pace
from bot.ids import ServerId
from bot.logs import get_logger
from bot.servers.service import Servers

log = get_logger(__name__)

UNKNOWN_GUILD, MISSING_ACCESS = 10004, 50001
"""What Discord answers about a server that the bot is not in."""


class GuildLifecycle:
    """Tells the servers' slice where the bot is, and where it is no more."""

    def __init__(
        self, bot: commands.AutoShardedBot, servers: Servers, pace: Pace, now: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._servers = servers
        self._pace = pace
        self._now = now

    def listen(self) -> None:
        """To all that Discord says about where the bot is."""
        for told in (self.on_guild_remove, self.on_guild_join, self.on_guild_available, self.on_ready):
            self._bot.add_listener(told)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self._servers.left(ServerId(guild.id), self._now())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._servers.returned(ServerId(guild.id), self._now())

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """After an outage, or at a start: it may have been removed and invited again meanwhile."""
        if self._servers.away(ServerId(guild.id)):
            await self._servers.returned(ServerId(guild.id), self._now())

    async def on_ready(self) -> None:
        """At every start, and whenever Discord has lost the thread: both may have missed something."""
        here = {guild.id for guild in self._bot.guilds}
        away = {*self._servers.left_lately()}
        for server in await self._servers.all_known():
            if server in here and server in away:
                await self._servers.returned(server, self._now())
            elif server not in here and server not in away and await self._removed(server):
                await self._servers.left(server, self._now())

    async def _removed(self, server: ServerId) -> bool:
        """Whether Discord says so; every other trouble changes nothing."""
        await self._pace.turn()
        try:
            await self._bot.fetch_guild(server, with_counts=False)
        except (discord.NotFound, discord.Forbidden) as error:
            return error.code in (UNKNOWN_GUILD, MISSING_ACCESS)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            log.warning("Discord could not be asked about a server; nothing is changed", error=error)
        return False
