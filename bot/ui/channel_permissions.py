"""What the bot may do in a channel, from what Discord has sent over the gateway."""

import discord

from bot.ids import ServerId

NEEDED = ("view_channel", "send_messages", "read_message_history")
"""Needed to post, and to count the messages since the last post. Editing its own messages needs no more."""


class ChannelPermissions:
    """Makes no requests: Discord sends channels, roles and permissions over the gateway."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    def lacks(self, server: ServerId, channel: int) -> tuple[str, ...] | None:
        """Return which of NEEDED are missing, by discord.py's names; None if there is no such channel."""
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_channel(channel)
        if guild is None or found is None:
            return None
        allowed = found.permissions_for(guild.me)
        return tuple(name for name in NEEDED if not getattr(allowed, name))
