"""When somebody joined a server, because new members must wait before they can start an ask."""

from datetime import datetime

import discord

from bot.ids import ServerId
from bot.ui.context import InteractionContext
from bot.ui.membership_lookup import MembershipLookup


class Newcomers:
    """Finds out when people joined.

    A press in a server says it; for direct messages Discord must be asked.
    """

    def __init__(self, membership: MembershipLookup) -> None:
        self._membership = membership

    async def joined_at(self, ctx: InteractionContext, server: ServerId) -> datetime | None:
        """Return when the person who pressed joined that server; None if it is unknown."""
        user = ctx.interaction.user
        if ctx.server == server and isinstance(user, discord.Member):
            return user.joined_at
        return await self._membership.joined_at(server, ctx.person)
