"""`/pod`, the menu "Invite to my pod", and everything pressed on their cards."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.pods.model import Closed, Invitation, NotAPerson
from bot.servers.model import NoServer
from bot.services import Services
from bot.ui.picked import Picked, aimed_at, picked
from bot.ui.press import Interaction, Press
from cogs.pod import cards, words
from cogs.pod.lines import Lines
from cogs.pod.refusals import explain

if TYPE_CHECKING:
    from bot.app import Plumbline


class PodRoom(commands.Cog):
    """Translates `/pod` to `services.pods`."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._pods = bot.services.pods
        self._lines = Lines(bot.services)
        self._menu = app_commands.ContextMenu(name=words.MENU, callback=self.invite_from_menu)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pods.show": self.show,
            "pods.invite": self.invite,
            "pods.chosen": self.chosen,
            "pods.see": self.see,
            "pods.accept": self.accept,
            "pods.decline": self.decline,
            "pods.never": self.never,
            "pods.removing": self.removing,
            "pods.remove": self.remove,
            "pods.leaving": self.leaving,
            "pods.leave": self.leave,
        }.items():
            services.router.handle(verb, handler)
        explain(services.router)
        self._lines.register(services)

    # -- coming in ------------------------------------------------------------------------------

    @app_commands.command(name=words.COMMAND, description=words.POD)
    async def pod(self, interaction: Interaction) -> None:
        press = await self._services.router.admit(interaction, adults_only=True)
        await self._open(press)

    async def invite_from_menu(self, interaction: Interaction, member: discord.Member) -> None:
        press = await self._services.router.admit(interaction, adults_only=True)
        await self._invite(press, aimed_at(press, member))

    async def show(self, press: Press) -> None:
        """The pod of the server in the button, or chosen in a direct message."""
        id = press.chosen[0] if press.chosen else press.argument
        if not id:
            await self._open(press)
            return
        if _server(id) not in {press.server, *await self._pods.places(press.person, press.now)}:
            raise NotYours
        await self._show(press, _server(id))

    # -- inviting -------------------------------------------------------------------------------

    async def invite(self, press: Press) -> None:
        """Choose somebody new: on a new card, in a server only."""
        if press.server is not None:
            await press.add(cards.invite())
            return
        known = await self._pods.places(press.person, press.now)
        meant = [one for one in known if str(one) == press.argument] or known
        await press.add(cards.only_in_a_server(self._name(meant[0]) if len(meant) == 1 else ""))

    async def chosen(self, press: Press) -> None:
        await self._invite(press, picked(press))

    async def _invite(self, press: Press, whom: Picked) -> None:
        if whom.bot:
            raise NotAPerson
        server = _here(press)
        sent = await self._pods.invitations.invite(press.person, server, whom.passer, press.now)
        await press.show(cards.invited(whom.passer.name, sent, server))

    # -- answering ------------------------------------------------------------------------------

    async def see(self, press: Press) -> None:
        """What an invitation means; from a button, or chosen from several."""
        id = press.chosen[0] if press.chosen else press.argument
        invitation, name = await self._reached(press, id)
        await press.show(cards.meaning(invitation, name))

    async def accept(self, press: Press) -> None:
        await self._still_here(await self._pods.invitations.received(press.person, press.argument))
        tie = await self._pods.invitations.accept(press.person, press.argument, press.now)
        await self._show(press, tie.server, words.ACCEPTED, tie.owner)

    async def decline(self, press: Press) -> None:
        invitation = await self._pods.invitations.decline(press.person, press.argument, press.now)
        await self._show(press, invitation.server, words.DECLINED, invitation.owner)

    async def never(self, press: Press) -> None:
        invitation = await self._pods.invitations.refuse_for_good(press.person, press.argument, press.now)
        await self._show(press, invitation.server, words.REFUSED, invitation.owner)

    # -- ending ---------------------------------------------------------------------------------

    async def removing(self, press: Press) -> None:
        await press.show(
            cards.remove(await self._pods.show(press.person, _server(press.argument), press.now))
        )

    async def remove(self, press: Press) -> None:
        kind, _, id = (press.chosen[0] if press.chosen else "").partition(":")
        if kind == "sent":
            taken = await self._pods.invitations.take_back(press.person, id)
            await self._show(press, taken.server, words.TAKEN_BACK, taken.member)
            return
        tie = await self._pods.remove(press.person, id, press.now)
        await self._show(press, tie.server, words.REMOVED, tie.member)

    async def leaving(self, press: Press) -> None:
        await press.show(cards.leave(await self._pods.show(press.person, _server(press.argument), press.now)))

    async def leave(self, press: Press) -> None:
        _, _, id = (press.chosen[0] if press.chosen else "").partition(":")
        tie = await self._pods.leave(press.person, id, press.now)
        await self._show(press, tie.server, words.LEFT, tie.owner)

    # -- inside ---------------------------------------------------------------------------------

    async def _open(self, press: Press) -> None:
        """The pod of the server stood in; in a direct message the only one in common, or a choice."""
        if press.server is not None:
            await self._show(press, press.server)
            return
        common = await self._pods.places(press.person, press.now)
        if len(common) > 1:
            await press.show(cards.which({server: self._name(server) for server in common}))
            return
        if not common:
            raise NoServer
        await self._show(press, common[0])

    async def _show(
        self, press: Press, server: ServerId, notice: str = "", about: PersonId | None = None
    ) -> None:
        """One server's pod, with what has just been done above it."""
        shown = await self._pods.show(press.person, server, press.now)
        until = (await self._services.preferences.of(press.person)).resting_until
        resting = until if until is not None and until > press.now else None
        if about is not None:
            notice = cards.line(notice, await self._services.people.called(server, about) or "")
        await press.show(cards.pod(shown, self._name(server), resting, notice))

    async def _reached(self, press: Press, id: str) -> tuple[Invitation, str]:
        """An invitation whose inviter is still there."""
        invitation, name = await self._pods.invitations.look_at(press.person, id, press.now)
        await self._still_here(invitation)
        return invitation, name

    async def _still_here(self, invitation: Invitation) -> None:
        if not await self._services.presence.still_here(invitation.server, invitation.owner):
            raise Closed

    def _name(self, server: ServerId) -> str:
        guild = self._bot.get_guild(server)
        return "" if guild is None else guild.name


def _server(id: str) -> ServerId:
    if not id.isdecimal():
        raise NotYours
    return ServerId(int(id))


def _here(press: Press) -> ServerId:
    if press.server is None:
        raise NoServer
    return press.server


async def setup(bot: "Plumbline") -> None:
    cog = PodRoom(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
