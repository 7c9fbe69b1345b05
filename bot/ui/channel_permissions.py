"""What the bot may do in a channel, as far as Discord has told."""

import discord

from bot.ids import ServerId

NEEDED = ("view_channel", "send_messages", "read_message_history")
"""To post, and to see whether anything was said since. To edit and delete what is one's own needs no more."""


class ChannelPermissions:
    """Asks Discord nothing: channels, roles and what they allow come by the gateway."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    def lacks(self, server: ServerId, channel: int) -> tuple[str, ...] | None:
        """Which of NEEDED are missing there, by discord.py's names; None where there is no such channel."""
        guild = self._bot.get_guild(server)
        found = None if guild is None else guild.get_channel(channel)
        if guild is None or found is None:
            return None
        allowed = found.permissions_for(guild.me)
        return tuple(name for name in NEEDED if not getattr(allowed, name))
