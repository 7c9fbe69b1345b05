"""Since when somebody is a member: new ones wait before they can start an ask."""

from datetime import datetime

import discord

from bot.ids import ServerId
from bot.ui.context import InteractionContext
from bot.ui.membership_lookup import MembershipLookup


class Newcomers:
    """In a server Discord says it with each press; in direct messages it is asked."""

    def __init__(self, membership: MembershipLookup) -> None:
        self._membership = membership

    async def joined_at(self, ctx: InteractionContext, server: ServerId) -> datetime | None:
        """Since when whoever presses is a member of that server; None where it is not known."""
        user = ctx.interaction.user
        if ctx.server == server and isinstance(user, discord.Member):
            return user.joined_at
        return await self._membership.joined_at(server, ctx.person)
