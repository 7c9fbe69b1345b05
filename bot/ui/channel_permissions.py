"""What the bot may do in a channel now, from what Discord has sent over the gateway."""

from datetime import datetime

import discord

from bot.ids import ServerId

NEEDED = ("view_channel", "send_messages", "read_message_history")
"""Needed to post, and to count the messages since the last post. Editing its own messages needs no more."""


class ChannelPermissions:
    """Makes no requests: Discord sends servers, channels, roles and permissions over the gateway."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    def lacks(self, server: ServerId, channel: int) -> tuple[str, ...] | None:
        """Return which of NEEDED are missing, by discord.py's names; None if there is no such channel.

        While the bot is timed out nothing counts as missing: that ends by itself, and posts wait for it.
        """
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_channel(channel)
        if guild is None or found is None:
            return None
        if guild.me.is_timed_out():
            return ()
        allowed = found.permissions_for(guild.me)
        return tuple(name for name in NEEDED if not getattr(allowed, name))

    def listed(self, server: ServerId, channel: int) -> bool | None:
        """Whether the server has this channel or thread; None if Discord hasn't sent the server."""
        guild = self._bot.get_guild(server)
        if guild is None or guild.unavailable:
            return None
        return guild.get_channel_or_thread(channel) is not None

    def unavailable(self, server: ServerId) -> bool:
        """Whether Discord has said that the server is unavailable, because of an outage."""
        guild = self._bot.get_guild(server)
        return guild is not None and guild.unavailable

    def timed_out_until(self, server: ServerId) -> datetime | None:
        """Return until when a moderator has timed the bot out there; None if none has."""
        guild = self._bot.get_guild(server)
        me = None if guild is None else guild.me
        return None if me is None else me.timed_out_until
