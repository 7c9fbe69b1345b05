"""Who is still in a server: asked of Discord, since leaving is not announced to us."""

from collections.abc import Callable
from datetime import datetime

import aiohttp
import discord

from bot.ids import PersonId, ServerId
from bot.people.service import People

UNKNOWN_MEMBER = 10007


class Presence:
    """Asks before anything passes between two people. Only Discord's "unknown member" means: they left."""

    def __init__(self, bot: discord.Client, people: People, now: Callable[[], datetime]) -> None:
        self._bot = bot
        self._people = people
        self._now = now

    async def still_here(self, server: ServerId, person: PersonId) -> bool:
        """False for somebody who left, whose ties there end with it; every other trouble changes nothing."""
        address = await self._people.address(person)
        guild = self._bot.get_guild(server)
        if address is None or guild is None:
            return True
        try:
            await guild.fetch_member(address.discord_id)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MEMBER:
                return True
            await self._people.leave(person, server, self._now())
            return False
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError):
            return True
        return True
