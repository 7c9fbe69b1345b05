"""Who is still in a server: asked of Discord, since leaving is not announced to us."""

from collections.abc import Callable
from datetime import datetime

import aiohttp
import discord

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.servers.models import NoServer

UNKNOWN_MEMBER = 10007
TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


class _Left(Exception):
    """Discord knows no such member."""


class MembershipLookup:
    """Asks before anything passes between two people. Only Discord's "unknown member" means: they left."""

    def __init__(self, bot: discord.Client, people: People, now: Callable[[], datetime]) -> None:
        self._bot = bot
        self._people = people
        self._now = now

    async def joined_at(self, server: ServerId, person: PersonId) -> datetime | None:
        """Since when they are a member; None where Discord does not tell. Raises NoServer if they left."""
        try:
            member = await self._member(server, person)
        except _Left:
            raise NoServer from None
        return None if member is None else member.joined_at

    async def still_here(self, server: ServerId, person: PersonId) -> bool:
        """False for somebody who left, whose ties there end with it; every other trouble changes nothing."""
        try:
            await self._member(server, person)
        except _Left:
            return False
        return True

    async def _member(self, server: ServerId, person: PersonId) -> discord.Member | None:
        """None where Discord does not tell; raises _Left for somebody whose ties there have just ended."""
        address = await self._people.address(person)
        guild = self._bot.get_guild(server)
        if address is None or guild is None:
            return None
        try:
            return await guild.fetch_member(address.discord_id)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MEMBER:
                return None
            await self._people.leave(person, server, self._now())
            raise _Left from None
        except TROUBLE:
            return None
