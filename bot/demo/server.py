"""A pretend Discord with one server and one bot: opening it, moving its time, restarting the bot."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor
from simcord.backend.models import Message
from simcord.types import HttpLogEntry

from bot.demo import simcord_internals as internals
from bot.demo import strings
from bot.demo.bot_scope import keep_inside
from bot.demo.copying import copy_quickly
from bot.demo.discord_rules import be_strict
from bot.demo.failures import raise_troubles
from bot.demo.joining import LONG_SINCE, joined
from bot.demo.next_wakeup import next_due
from bot.demo.settling import AT_MOST, settle_well

Build = Callable[[], discord.Client]
"""Makes the whole bot, not yet logged in."""

A_WEDNESDAY_NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
"""Where tests begin: a working day, outside anybody's quiet hours in Europe and in most of the Americas."""

_LONGEST = 7 * 24 * 3600.0
_FULL_MINUTE = 60.0


class DemoServer:
    """The server, its two channels and its members. `build` makes a new bot at each start."""

    def __init__(self, build: Build, start: datetime) -> None:
        self._build = build
        bot = build()
        sharded = isinstance(bot, discord.AutoShardedClient) and bot.shard_count is None
        self.env = Env(bot, shard_count=1 if sharded else None, settle_timeout=AT_MOST)
        internals.start_clock_at(self.env, start)
        self.env.backend.bot_user.name = strings.BOT
        self._members: dict[str, MemberActor] = {}
        self.server: GuildHandle
        self.general: ChannelHandle
        self.mods: ChannelHandle

    @property
    def bot(self) -> discord.Client:
        """The bot that runs now. After a restart it is another object."""
        return self.env.bot

    @property
    def now(self) -> datetime:
        return self.env.now()

    @property
    def requests(self) -> list[HttpLogEntry]:
        """Everything that the bot has sent to Discord, oldest first."""
        return self.env.http_requests

    @property
    def elapsed(self) -> float:
        """Seconds on the pretend clock since the start."""
        return self.env.backend.clock.elapsed

    @property
    def happened(self) -> int:
        """A number that grows with everything that the bot or a member does."""
        return len(self.env.backend.transcript)

    def posts(self) -> list[Message]:
        """What members wrote in #general, oldest first."""
        written = self.env.backend.messages.get(self.general.id, {}).values()
        people = [one for one in written if one.author_id != self.env.backend.bot_user.id and one.content]
        return sorted(people, key=lambda one: one.id)

    async def open(self) -> None:
        """Start the bot, and make the server with its channels."""
        await self.env.start()
        keep_inside(self.env, self.bot)
        self.server = self.env.create_guild(strings.SERVER)
        everyone = discord.PermissionOverwrite(view_channel=False)
        moderators = self.server.create_role(
            strings.MODERATOR_ROLE, permissions=discord.Permissions(manage_guild=True, manage_messages=True)
        )
        seen = discord.PermissionOverwrite(view_channel=True)
        self.general = self.server.create_text_channel("general")
        assert self.bot.user is not None, "the bot is there"
        self.mods = self.server.create_text_channel(
            "mods", overwrites={self.server.default_role: everyone, moderators: seen, self.bot.user: seen}
        )
        await self.settle()

    async def close(self) -> None:
        """Shut the bot down as SIGTERM does, and remove the server."""
        try:
            await self._close_bot()
        finally:
            await self.env.shutdown()

    async def member(
        self, name: str, *, shown: str | None = None, moderator: bool = False, ago: timedelta = LONG_SINCE
    ) -> MemberActor:
        """Return the member with this short name.

        `shown`: the display name. `ago`: how long ago they joined.
        """
        if name not in self._members:
            user = self.env.create_user(name, global_name=shown or name.capitalize())
            roles = (self.server.roles[strings.MODERATOR_ROLE],) if moderator else ()
            self._members[name] = joined(self.env, self.server, user, roles, ago)
            await self.settle()
        return self._members[name]

    async def leave(self, member: MemberActor) -> None:
        """The member leaves the server."""
        self.server.remove_member(member)
        self._members = {name: one for name, one in self._members.items() if one.id != member.id}
        await self.settle()

    def close_dms(self, member: MemberActor) -> None:
        """Close this member's DMs: from now on Discord answers 50007."""
        path = f"/channels/{member.user.dm_channel.id}/messages"
        self.env.inject_error("POST", path, status=403, code=50007, message=strings.CLOSED_DMS, times=None)

    def open_dms(self, member: MemberActor) -> None:
        path = f"/channels/{member.user.dm_channel.id}/messages"
        faults = self.env.backend.faults
        faults[:] = [fault for fault in faults if fault["path"] != path]

    async def restart(self) -> None:
        """Shut the bot down, and start a new one on the same files."""
        await self.settle()
        await self._close_bot()
        await self.env.restart_bot(self._build())
        keep_inside(self.env, self.bot)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the bot has finished what it began."""
        await self.env.settle()

    async def skip(self, span: timedelta) -> None:
        """Let time pass. What is due in that time happens, each at its own time."""
        until = self.elapsed + span.total_seconds()
        while (left := until - self.elapsed) > 0:
            await self._leap(min(left, await self._next_stride()))

    async def wait_for_work(self, at_most: timedelta) -> None:
        """Let time pass until the bot has something to do, at most this long."""
        await self._leap(min(at_most.total_seconds(), await self._next_stride()))

    async def tick(self, seconds: float) -> None:
        """Let a short time pass, with a stop at every timer."""
        await self.env.advance_time(seconds)

    async def _next_stride(self) -> float:
        """Return the seconds until the next thing that the bot waits for, a week at most."""
        due = await next_due(self.bot)
        if due is None:
            return _LONGEST
        ahead = (due - self.now).total_seconds()
        # What is due and still there waits for something else: don't move by tiny steps because of it.
        return min(math.ceil(ahead), _LONGEST) if ahead > 0 else _FULL_MINUTE

    async def _leap(self, seconds: float) -> None:
        """Move the clock at once. A stop at each of the 10,000 timers of a week would take half a minute."""
        with internals.operation(self.env, "leap"):
            internals.move_clock(self.env, internals.virtual_time(self.env) + seconds)
            await internals.settle(self.env)

    async def _close_bot(self) -> None:
        with internals.bot_scope(self.env):
            closing = asyncio.create_task(self.bot.close())
        await self.settle()
        if not closing.done():
            await self.tick(_FULL_MINUTE)
        closing.result()


@asynccontextmanager
async def run_demo_server(
    build: Build, start: datetime = A_WEDNESDAY_NOON, *, check_errors: bool = True
) -> AsyncIterator[DemoServer]:
    """Run a pretend server. `check_errors`: at the end, raise what the bot raised and nobody read."""
    be_strict()
    settle_well()
    copy_quickly()
    opened = DemoServer(build, start)
    # Not env.time_context(): a fixture is closed in another context than it was opened in.
    internals.follow_clock(opened.env)
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()
        internals.follow_clock(None)
    if check_errors:
        raise_troubles(opened.env)
