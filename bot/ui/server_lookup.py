"""What is known of a server without a request: its name, its members and its roles."""

import discord

from bot.ids import ServerId
from bot.servers.names import ServerNames


class ServerLookup:
    """Knows what Discord has sent over the gateway, and the names that it has sent to other processes."""

    def __init__(self, bot: discord.Client, names: ServerNames) -> None:
        self._bot = bot
        self._names = names

    def members(self, server: ServerId) -> int | None:
        """Return how many members the server had when the bot connected, bots included; None if unknown."""
        guild = self._bot.get_guild(server)
        return None if guild is None or guild.unavailable else guild.member_count

    def name(self, server: ServerId) -> str:
        """Return what the server is called; empty if that isn't known."""
        guild = self._bot.get_guild(server)
        return self._names.of(server) if guild is None else guild.name or ""

    def has_role(self, server: ServerId, role: int) -> bool:
        """Whether the server has this role. Its default role, which everyone has, is not meant."""
        guild = self._bot.get_guild(server)
        return guild is not None and role != guild.id and guild.get_role(role) is not None
