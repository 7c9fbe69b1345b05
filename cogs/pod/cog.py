"""`/pod`, the menu "Invite to my pod", and every press on their cards."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.pods.errors import InvitationClosed, NotAPerson
from bot.pods.models import Invitation, Sent
from bot.servers.errors import NoServer
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.picked import Picked, aimed_at, all_picked
from cogs.me.boundary.noticing import between
from cogs.pod import cards, strings
from cogs.pod.notifications import PodNotifications
from cogs.pod.refusals import explain, why

if TYPE_CHECKING:
    from bot.app import Plumbline


class PodCog(commands.Cog):
    """Translates `/pod` to `services.pods`."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._pods = bot.services.pods
        self._lines = PodNotifications(bot.services)
        self._menu = app_commands.ContextMenu(name=strings.MENU, callback=self.invite_from_menu)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pods.show": self.show,
            "pods.setup": self.set_up,
            "pods.invite": self.invite,
            "pods.chosen": self.chosen,
            "pods.see": self.see,
            "pods.accept": self.accept,
            "pods.decline": self.decline,
            "pods.consider": self.consider,
            "pods.never": self.never,
            "pods.change": self.change,
            "pods.removing": self.change,
            "pods.remove": self.remove,
            "pods.leaving": self.change,
            "pods.leave": self.leave,
        }.items():
            services.router.handle(verb, handler)
        explain(services.router)
        self._lines.register(services)

    # -- opening --------------------------------------------------------------------------------

    @app_commands.command(name=strings.COMMAND, description=strings.POD)
    async def pod(self, interaction: Interaction) -> None:
        ctx = await self._services.router.admit(interaction, adults_only=True)
        await self._open(ctx)

    async def invite_from_menu(self, interaction: Interaction, member: discord.Member) -> None:
        ctx = await self._services.router.admit(interaction, adults_only=True)
        await self._invite_one(ctx, aimed_at(ctx, member))

    async def show(self, ctx: InteractionContext) -> None:
        """Show the pod of the server that the button names, or that was chosen in a direct message."""
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        if not id:
            await self._open(ctx)
            return
        await self._show(ctx, await self._meant(ctx, id))

    async def set_up(self, ctx: InteractionContext) -> None:
        """Handle `Set up my pod` on another card or message: show the pod on a new card."""
        await ctx.add(await self._opened(ctx))

    # -- inviting -------------------------------------------------------------------------------

    async def invite(self, ctx: InteractionContext) -> None:
        """Let them choose whom to invite, on a new card. This works only in a server."""
        if ctx.server is not None:
            await ctx.add(cards.invite())
            return
        known = await self._pods.places(ctx.person, ctx.now)
        meant = [one for one in known if str(one) == ctx.argument] or known
        await ctx.add(cards.only_in_a_server(self._name(meant[0]) if len(meant) == 1 else ""))

    async def chosen(self, ctx: InteractionContext) -> None:
        """Invite everybody who was chosen. Those who can't be invited are named, with the reason."""
        whom = all_picked(ctx)
        if len(whom) == 1:
            await self._invite_one(ctx, whom[0])
            return
        server = _here(ctx)
        users = [one.user for one in whom if not one.bot]
        all_sent = await self._pods.invitations.invite_all(ctx.person, server, users, ctx.now)
        refused = [(one.user, strings.WHY_A_BOT) for one in whom if one.bot]
        refused += [(user, why(refusal)) for user, refusal in all_sent.refused]
        names = [(user.name, sentence) for user, sentence in refused]
        await ctx.show(await self._invited(ctx, server, all_sent.sent, names))

    async def _invite_one(self, ctx: InteractionContext, whom: Picked) -> None:
        if whom.bot:
            raise NotAPerson
        server = _here(ctx)
        sent = await self._pods.invitations.invite(ctx.person, server, whom.user, ctx.now)
        await ctx.show(await self._invited(ctx, server, [sent], []))

    async def _invited(
        self,
        ctx: InteractionContext,
        server: ServerId,
        sent: Sequence[Sent],
        refused: Sequence[tuple[str, str]],
    ) -> Card:
        whom = [one.member for one in sent]
        names = await self._services.people.labels_across(ctx.person, [server], dict.fromkeys(whom))
        return cards.invited(sent, names, refused, server)

    # -- answering ------------------------------------------------------------------------------

    async def see(self, ctx: InteractionContext) -> None:
        """Explain an invitation, from a button or chosen from several."""
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        invitation, name = await self._reached(ctx, id)
        await ctx.show(cards.meaning(invitation, name))

    async def accept(self, ctx: InteractionContext) -> None:
        await self._still_here(await self._pods.invitations.received(ctx.person, ctx.argument))
        tie = await self._pods.invitations.accept(ctx.person, ctx.argument, ctx.now)
        await self._show(ctx, tie.server, strings.ACCEPTED, tie.owner)

    async def decline(self, ctx: InteractionContext) -> None:
        invitation = await self._pods.invitations.decline(ctx.person, ctx.argument, ctx.now)
        await self._show(ctx, invitation.server, strings.DECLINED, invitation.owner)

    async def consider(self, ctx: InteractionContext) -> None:
        """Say what the inviter can notice of a boundary. The boundary is set by the next press."""
        invitation, name = await self._reached(ctx, ctx.argument)
        ties = await between(self._services, ctx.person, invitation.owner, ctx.now)
        await ctx.show(cards.before_never(invitation, name, ties))

    async def never(self, ctx: InteractionContext) -> None:
        invitation = await self._pods.invitations.refuse_for_good(ctx.person, ctx.argument, ctx.now)
        name = await self._services.people.called(ctx.person, invitation.server, invitation.owner, None)
        notice = cards.line(strings.REFUSED, name or "")
        await ctx.show(await self._card(ctx, invitation.server, notice, close=True))

    # -- ending ---------------------------------------------------------------------------------

    async def change(self, ctx: InteractionContext) -> None:
        """Let them remove somebody or leave a pod, on one card. Older cards have a button for each."""
        server = await self._meant(ctx, ctx.argument)
        await ctx.show(cards.change(await self._pods.show(ctx.person, server, ctx.now)))

    async def remove(self, ctx: InteractionContext) -> None:
        kind, _, id = (ctx.chosen[0] if ctx.chosen else "").partition(":")
        if kind == "sent":
            taken = await self._pods.invitations.take_back(ctx.person, id)
            if taken.shown(ctx.now) is None:
                # Whether the name of somebody who is not shown any more is still known would tell the inviter
                # whether they use the bot.
                await self._show(ctx, taken.server, strings.TAKEN_BACK_BEFORE)
                return
            await self._show(ctx, taken.server, strings.TAKEN_BACK, taken.member)
            return
        tie = await self._pods.remove(ctx.person, id, ctx.now)
        await self._show(ctx, tie.server, strings.REMOVED, tie.member)

    async def leave(self, ctx: InteractionContext) -> None:
        _, _, id = (ctx.chosen[0] if ctx.chosen else "").partition(":")
        tie = await self._pods.leave(ctx.person, id, ctx.now)
        await self._show(ctx, tie.server, strings.LEFT, tie.owner)

    # -- inside ---------------------------------------------------------------------------------

    async def _open(self, ctx: InteractionContext) -> None:
        """Open the pod of this server.

        In a direct message, open that of the only common server, or ask which one.
        """
        await ctx.show(await self._opened(ctx))

    async def _opened(self, ctx: InteractionContext) -> Card:
        if ctx.server is not None:
            return await self._card(ctx, ctx.server)
        common = await self._pods.places(ctx.person, ctx.now)
        if len(common) > 1:
            return cards.which({server: self._name(server) for server in common})
        if not common:
            raise NoServer
        return await self._card(ctx, common[0])

    async def _meant(self, ctx: InteractionContext, id: str) -> ServerId:
        """Return the server that a button names. Raises NotYours if they have nothing to do with it."""
        server = _server(id)
        if server not in {ctx.server, *await self._pods.places(ctx.person, ctx.now)}:
            raise NotYours
        return server

    async def _show(
        self, ctx: InteractionContext, server: ServerId, notice: str = "", about: PersonId | None = None
    ) -> None:
        """Show the pod of one server, with the result of the last press above it."""
        if about is not None:
            named = await self._services.people.called(ctx.person, server, about, None)
            notice = cards.line(notice, named or "")
        await ctx.show(await self._card(ctx, server, notice))

    async def _card(
        self, ctx: InteractionContext, server: ServerId, notice: str = "", *, close: bool = False
    ) -> Card:
        shown = await self._pods.show(ctx.person, server, ctx.now)
        until = (await self._services.preferences.of(ctx.person)).resting_until
        resting = until if until is not None and until > ctx.now else None
        return cards.pod(shown, self._name(server), resting, notice, close=close)

    async def _reached(self, ctx: InteractionContext, id: str) -> tuple[Invitation, str]:
        """Return an invitation to them, after checking that its inviter is still in the server."""
        invitation, name = await self._pods.invitations.look_at(ctx.person, id, ctx.now)
        await self._still_here(invitation)
        return invitation, name

    async def _still_here(self, invitation: Invitation) -> None:
        if not await self._services.membership.still_here(invitation.server, invitation.owner):
            raise InvitationClosed

    def _name(self, server: ServerId) -> str:
        return self._services.server_lookup.name(server)


def _server(id: str) -> ServerId:
    if not id.isdecimal():
        raise NotYours
    return ServerId(int(id))


def _here(ctx: InteractionContext) -> ServerId:
    if ctx.server is None:
        raise NoServer
    return ctx.server


async def setup(bot: "Plumbline") -> None:
    cog = PodCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
