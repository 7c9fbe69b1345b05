"""DemoClient: uses the bot on the pretend server as people do.

async with demo_client() as demo:
    ana = await demo.member("ana")
    card = await demo.slash(ana, "ask")
    next_card = await card.press("Continue, I'm 18+")
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import discord
from simcord import ChannelHandle, MemberActor
from simcord.types import HttpLogEntry

from bot.demo.client import forged
from bot.demo.client.screen import Screen, landed
from bot.demo.server import A_WEDNESDAY_NOON, Build, DemoServer, run_demo_server
from bot.demo.simcord_internals import shift_epoch
from bot.demo.temporary_bot import bot_in

if TYPE_CHECKING:
    from bot.settings import Settings


class DemoClient:
    """A pretend server, and everything that people can do on it."""

    def __init__(self, opened: DemoServer) -> None:
        self.demo_server = opened
        self.env = opened.env
        self.server = opened.server
        self.general = opened.general
        self.mods = opened.mods
        self.member = opened.member
        self.leave = opened.leave
        self.close_dms = opened.close_dms
        self.open_dms = opened.open_dms
        self.restart = opened.restart
        self.settle = opened.settle

    @property
    def bot(self) -> Any:
        """The bot that runs now: after a restart it is another object. Its services are reached from here."""
        return self.demo_server.bot

    @property
    def now(self) -> datetime:
        return self.demo_server.now

    @property
    def requests(self) -> list[HttpLogEntry]:
        """Everything that the bot has sent to Discord: `.method`, `.path`, `.json`, oldest first."""
        return self.demo_server.requests

    async def skip(self, **span: float) -> None:
        """Let time pass: `skip(hours=3)`, as in `timedelta`. What is due in that time happens."""
        await self.demo_server.skip(timedelta(**span))

    def turn_clock(self, to: datetime) -> None:
        """Set the clock to this moment, forward or back. What is due in between does not happen."""
        shift_epoch(self.env, to - self.now)

    async def slash(
        self,
        member: MemberActor,
        command: str,
        *,
        dm: bool = False,
        channel: ChannelHandle | None = None,
        **options: Any,
    ) -> Screen:
        """Run a command such as "pair start" in #general, in another channel, or in the bot's DMs."""
        if dm:
            result = await member.user.slash(command, **options)
        else:
            result = await member.slash(channel or self.general, command, **options)
        return landed(self.demo_server, member, result)

    async def menu(self, member: MemberActor, command: str, target: MemberActor | discord.Message) -> Screen:
        """Choose a command from the menu of a member, or of a message that `say` returned."""
        return landed(self.demo_server, member, await member.context_menu(self.general, command, target))

    async def complete(
        self, member: MemberActor, command: str, option: str, typed: str, **filled: Any
    ) -> list[str]:
        """Return the names that an option of a command offers while somebody types."""
        choices = await member.autocomplete(self.general, command, option, typed, **filled)
        return [choice["name"] for choice in choices]

    async def say(self, member: MemberActor, text: str) -> discord.Message:
        """Post a plain message in #general."""
        return await member.send(self.general, text)

    def dms(self, member: MemberActor) -> list[Screen]:
        """The bot's DMs to this member, oldest first, without the ephemeral answers."""
        place = self.env.backend.dm_channels.get(member.id)
        return [one for one in self._cards(member, place) if not one.ephemeral] if place is not None else []

    def cards(self, member: MemberActor) -> list[Screen]:
        """The bot's messages that this member sees in #general, oldest first."""
        return self._cards(member, self.general.id)

    def _cards(self, member: MemberActor, channel_id: int) -> list[Screen]:
        written = self.env.backend.messages.get(channel_id, {}).values()
        by_bot = [one for one in written if one.author_id == self.env.backend.bot_user.id]
        seen = [one for one in by_bot if one.visible_to(member.id)]
        return [Screen(self.demo_server, member, one) for one in sorted(seen, key=lambda one: one.id)]

    async def forge(
        self,
        member: MemberActor,
        custom_id: str,
        values: Sequence[str] | None = None,
        *,
        source: Screen | None = None,
    ) -> Screen:
        """Press, or with `values` choose, with a custom_id that this member was never shown."""
        place = source.message if source is not None else forged.blank(self.env, member, self.general.id)
        result = await forged.press(self.env, member, custom_id, values, place)
        return landed(self.demo_server, member, result)

    async def forge_form(
        self, member: MemberActor, custom_id: str, fields: Mapping[str, str | Sequence[str]]
    ) -> Screen:
        """Send a form with a custom_id that this member was never shown.

        `fields` are named by their custom_ids.
        """
        place = forged.blank(self.env, member, self.general.id)
        result = await forged.form(self.env, member, custom_id, fields, place)
        return landed(self.demo_server, member, result)

    async def again(
        self, member: MemberActor, data: Mapping[str, Any], *, dm: bool = False, public: bool = False
    ) -> Screen:
        """Repeat an interaction that was recorded: `data` is what Discord sent with it.

        It is made in #general or in the bot's DMs, on a blank card that is the member's own or `public`.
        """
        channel_id = member.user.dm_channel.id if dm else self.general.id
        place = forged.blank(self.env, member, channel_id, public=public)
        result = await forged.again(self.env, member.user if dm else member, data, place)
        return landed(self.demo_server, member, result)


@asynccontextmanager
async def demo_client(
    settings: "Settings | None" = None, now: datetime = A_WEDNESDAY_NOON, *, build: Build | None = None
) -> AsyncIterator[DemoClient]:
    """Run the whole bot on a pretend server. Its files are in a directory that is deleted at the end.

    `settings` replaces the temporary ones, `now` the time at the start, and `build` the bot.
    """
    with TemporaryDirectory(prefix="plumbline-demo-") as state:
        async with run_demo_server(build or bot_in(settings, Path(state)), now.astimezone(UTC)) as opened:
            yield DemoClient(opened)
