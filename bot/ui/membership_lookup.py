"""Ask Discord whether somebody is still in a server, since the bot gets no event when they leave."""

from collections.abc import Callable
from datetime import datetime, timedelta

import discord

from bot.delivery.error_codes import UNKNOWN_MEMBER, UNKNOWN_USER
from bot.ids import PersonId, ServerId
from bot.instances.shards import Shards
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.servers.errors import NoServer
from bot.servers.service import Servers
from bot.text import storable
from bot.ui.request_errors import REQUEST_ERRORS

_ELSEWHERE_FOR = timedelta(minutes=1)


class _Left(Exception):
    """Discord says that the person is not a member, or that their account was deleted."""


class MembershipLookup:
    """Asks Discord about members.

    Only its errors "unknown member" and "unknown user" (a deleted account) mean that they have left.
    """

    def __init__(
        self,
        bot: discord.Client,
        people: People,
        servers: Servers,
        shards: Shards,
        now: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._people = people
        self._servers = servers
        self._shards = shards
        self._now = now
        self._elsewhere: tuple[datetime, discord.Guild] | None = None
        """The last server that was asked for because another process has it, and when."""

    async def joined_at(self, server: ServerId, person: PersonId) -> datetime | None:
        """When they joined; None if Discord can't say. Raises NoServer if they have left."""
        try:
            member = await self._member(server, person)
        except _Left:
            raise NoServer from None
        return None if member is None else member.joined_at

    async def still_here(self, server: ServerId, person: PersonId) -> bool:
        """Whether they are still in the server. If not, their ties there end.

        Any other error counts as True.
        """
        try:
            await self._member(server, person)
        except _Left:
            return False
        return True

    async def member(self, server: ServerId, account: int) -> discord.Member | None:
        """Return the member with this account; None if Discord finds none, or can't say. Nobody is met."""
        guild = self._bot.get_guild(server)
        if guild is None:
            return None
        try:
            return await guild.fetch_member(account)
        except REQUEST_ERRORS:
            return None

    async def check(self, server: ServerId, person: PersonId) -> None:
        """End their ties there if they have left; otherwise record what they are called now."""
        try:
            member = await self._member(server, person)
        except _Left:
            return
        if member is not None:
            name, username = storable(member.display_name), storable(member.name)
            called = DiscordUser(member.id, name, server, username)
            await self._people.name_checked(person, called, self._now())

    async def still_moderates(self, server: ServerId, person: PersonId) -> bool:
        """Whether they are still in the server and have Manage Server there. If not, that is recorded.

        If Discord can't say, it counts as True.
        """
        try:
            member = await self._member(server, person)
        except _Left:
            return False
        if member is not None and not member.guild_permissions.manage_guild:
            await self._servers.seen_without(server, person)
            return False
        return True

    async def _member(self, server: ServerId, person: PersonId) -> discord.Member | None:
        """Return the member; None if Discord can't say. If they left, end their ties and raise _Left."""
        address = await self._people.address(person)
        if address is None:
            return None
        try:
            guild = await self._guild(server)
            if guild is None:
                return None
            member = await guild.fetch_member(address.discord_id)
        except discord.NotFound as error:
            match error.code:
                case code if code == UNKNOWN_MEMBER:
                    await self._people.leave(person, server, self._now())
                case code if code == UNKNOWN_USER:
                    await self._people.delete_account(person, self._now())
                case _:
                    return None
            raise _Left from None
        except REQUEST_ERRORS:
            return None
        await self._see_role(server, person, member)
        return member

    async def _guild(self, server: ServerId) -> discord.Guild | None:
        """Return the server; None if Discord sends it to this process, and hasn't.

        Discord is asked about the servers of other processes. What it says is used for a minute, for the sake
        of whoever asks about one member after the other.
        """
        if (guild := self._bot.get_guild(server)) is not None or self._shards.has(server):
            return guild
        known = self._elsewhere
        if known is None or known[1].id != server or self._now() - known[0] >= _ELSEWHERE_FOR:
            fetched = await self._bot.fetch_guild(server, with_counts=False)
            known = self._elsewhere = (self._now(), fetched)
        return known[1]

    async def _see_role(self, server: ServerId, person: PersonId, member: discord.Member) -> None:
        """Record whether they have the adults' role of the server, if it has one."""
        role = self._servers.adult_role(server)
        if role is not None:
            await self._servers.adults.seen(server, person, role, holds=member.get_role(role) is not None)
