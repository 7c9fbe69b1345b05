"""Notice when the bot may be able to post again in a server, so that what failed there is tried at once."""

import discord
from discord.ext import commands

from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.ids import ServerId


class AccessChanges:
    """Hears of outages that have ended, and of changes to channels, roles and the bot's own membership.

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
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        await self._dispatcher.try_again(ServerId(after.guild.id))

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        await self._dispatcher.try_again(ServerId(after.guild.id))

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Its own roles have changed, or a time-out has begun or ended."""
        if self._bot.user is not None and after.id == self._bot.user.id:
            await self._dispatcher.try_again(ServerId(after.guild.id))
