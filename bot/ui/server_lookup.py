"""What Discord has said about a server over the gateway: its name, its members and its roles."""

import discord

from bot.ids import ServerId


class ServerLookup:
    """Makes no requests."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    def members(self, server: ServerId) -> int | None:
        """Return how many members the server had when the bot connected, bots included; None if unknown."""
        guild = self._bot.get_guild(server)
        return None if guild is None or guild.unavailable else guild.member_count

    def name(self, server: ServerId) -> str:
        """Return what the server is called; empty if that is unknown."""
        guild = self._bot.get_guild(server)
        return "" if guild is None else guild.name

    def has_role(self, server: ServerId, role: int) -> bool:
        """Whether the server has this role. Its default role, which everyone has, is not meant."""
        guild = self._bot.get_guild(server)
        return guild is not None and role != guild.id and guild.get_role(role) is not None
