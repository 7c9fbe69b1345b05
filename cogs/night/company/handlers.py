"""Presses about who comes along."""

from bot.errors import NotYours
from bot.nights.errors import InvitationClosed, NotAPerson
from bot.nights.models import Night
from bot.nights.queries import Offered
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.picked import picked
from cogs.manage.setup.wording import channel as mention
from cogs.manage.setup.wording import permissions
from cogs.me.boundary.noticing import between
from cogs.night import strings
from cogs.night.company import cards
from cogs.night.own.handlers import OwnHandlers


class CompanyHandlers:
    """Translates presses to `services.nights.company`."""

    def __init__(self, services: Services, own: OwnHandlers) -> None:
        self._services = services
        self._nights = services.nights
        self._company = services.nights.company
        self._library = services.library
        self._own = own

    def register(self, services: Services) -> None:
        for verb, handler in {
            "nights.invite": self.invite,
            "nights.chosen": self.chosen,
            "nights.post": self.post,
            "nights.joining": self.joining,
            "nights.join": self.join,
            "nights.see": self.see,
            "nights.accept": self.accept,
            "nights.decline": self.decline,
            "nights.consider": self.consider,
            "nights.never": self.never,
        }.items():
            services.router.handle(verb, handler)

    # -- inviting -------------------------------------------------------------------------------

    async def invite(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        card = cards.invite(view.member.id, here=ctx.server == view.night.server)
        await ctx.show(card.within(self._services.servers.country(view.night.server)))

    async def chosen(self, ctx: InteractionContext) -> None:
        whom = picked(ctx)
        if whom.bot:
            raise NotAPerson
        night = await self._company.invite(ctx.person, ctx.argument, whom.user, ctx.now)
        await ctx.show(cards.invited(ctx.argument).within(self._services.servers.country(night.server)))

    # -- in a channel ---------------------------------------------------------------------------

    async def posting(self, ctx: InteractionContext) -> None:
        """Say what everybody will see, after looking whether it can be posted here."""
        view = await self._nights.show(ctx.person, ctx.argument)
        hindered = self._hindered(ctx, view.night)
        card = (
            cards.said(view.member.id, hindered) if hindered else cards.posting(view.member.id, self._library)
        )
        await ctx.show(card.within(self._services.servers.country(view.night.server)))

    async def post(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        text = self._hindered(ctx, view.night)
        channel = ctx.interaction.channel_id
        if not text and channel is not None:
            await self._company.post(ctx.person, ctx.argument, channel, ctx.now)
            text = strings.POSTED.format(channel=mention(channel))
        card = cards.said(view.member.id, text)
        await ctx.show(card.within(self._services.servers.country(view.night.server)))

    async def joining(self, ctx: InteractionContext) -> None:
        """Handle `Count me in` of the message in a channel. Whoever is in it sees their night."""
        if ctx.server is None:
            raise NotYours
        night = await self._company.posted(ctx.server, ctx.word, ctx.now)
        for view in await self._nights.queries.mine(ctx.person, ctx.now):
            if view.night.id == night.id:
                await ctx.show(self._own.view(ctx, view))
                return
        await ctx.show(cards.joining(night, self._library))

    async def join(self, ctx: InteractionContext) -> None:
        if ctx.server is None:
            raise NotYours
        view = await self._company.join(ctx.person, ctx.server, ctx.argument, ctx.now)
        await ctx.show(self._own.view(ctx, view, strings.JOINED))

    # -- answering ------------------------------------------------------------------------------

    async def see(self, ctx: InteractionContext) -> None:
        one = await self._reached(ctx)
        await ctx.show(self._near(cards.offered(one, self._library), one))

    async def accept(self, ctx: InteractionContext) -> None:
        view = await self._company.accept(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._own.view(ctx, view, strings.JOINED))

    async def decline(self, ctx: InteractionContext) -> None:
        await self._company.decline(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.declined())

    async def consider(self, ctx: InteractionContext) -> None:
        """Say what they can notice of a boundary. The boundary is set by the next press."""
        one = await self._reached(ctx)
        if one.member.asked_by is None:
            raise InvitationClosed
        ties = await between(self._services, ctx.person, one.member.asked_by, ctx.now)
        await ctx.show(self._near(cards.before_never(one, ties), one))

    async def never(self, ctx: InteractionContext) -> None:
        one = await self._company.look_at(ctx.person, ctx.argument, ctx.now)
        await self._company.refuse_for_good(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.refused(one.name), one))

    # -- inside ---------------------------------------------------------------------------------

    async def _reached(self, ctx: InteractionContext) -> Offered:
        """Return an invitation, after checking that whoever sent it is still in the server."""
        one = await self._company.look_at(ctx.person, ctx.argument, ctx.now)
        asked_by = one.member.asked_by
        if asked_by is not None and not await self._services.membership.still_here(
            one.night.server, asked_by
        ):
            return await self._company.look_at(ctx.person, ctx.argument, ctx.now)
        return one

    def _hindered(self, ctx: InteractionContext, night: Night) -> str:
        """Return why nothing can be posted where they press; nothing if it can."""
        channel = ctx.interaction.channel_id
        if ctx.server is None or channel is None:
            return strings.NOT_A_CHANNEL
        if ctx.server != night.server:
            return strings.ANOTHER_SERVER
        lacks = self._services.channel_permissions.lacks(ctx.server, channel)
        if lacks is None:
            return strings.NOT_A_CHANNEL
        if lacks:
            return strings.CANT_POST.format(channel=mention(channel), missing=permissions(lacks))
        return ""

    def _near(self, card: Card, one: Offered) -> Card:
        return card.within(self._services.servers.country(one.night.server))
