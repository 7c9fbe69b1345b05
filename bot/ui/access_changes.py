"""Notice when the bot may be able to post again in a server, so that what failed there is tried at once."""

import discord
from discord.ext import commands

from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.ids import ServerId


class AccessChanges:
    """Hears of outages that have ended, and of changes to permissions and to the bot's own membership.

    Discord sends the bot's own member updates without the members intent.
    """

    def __init__(self, bot: commands.AutoShardedBot, dispatcher: ChannelDispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher

    def listen(self) -> None:
        """Subscribe to discord.py's events."""
        for handler in (
            self.on_guild_available,
            self.on_guild_channel_update,
            self.on_guild_role_update,
            self.on_member_update,
        ):
            self._bot.add_listener(handler)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """After an outage, and at every start."""
        await self._dispatcher.try_again(ServerId(guild.id))

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        if before.overwrites != after.overwrites:
            await self._dispatcher.try_again(ServerId(after.guild.id))

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        if before.permissions != after.permissions:
            await self._dispatcher.try_again(ServerId(after.guild.id))

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot's own roles have changed, or a time-out has begun or ended."""
        mine = self._bot.user is not None and after.id == self._bot.user.id
        if mine and (before.roles, before.timed_out_until) != (after.roles, after.timed_out_until):
            await self._dispatcher.try_again(ServerId(after.guild.id))
