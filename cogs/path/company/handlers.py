"""Inviting companions, answering an invitation, and going on without somebody."""

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.paths.errors import InvitationClosed, NotAPerson
from bot.paths.invitations import Offered
from bot.pods.models import InvitationState
from bot.services import Services
from bot.ui import labels
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.picked import picked
from cogs.ask.newcomers import Newcomers
from cogs.me.boundary.noticing import between
from cogs.path import strings
from cogs.path.company import cards
from cogs.path.own.handlers import OwnHandlers
from cogs.path.parts import spoken


class CompanyHandlers:
    """Translates presses about companions to `services.paths`."""

    def __init__(self, services: Services, own: OwnHandlers) -> None:
        self._services = services
        self._paths = services.paths
        self._library = services.library
        self._newcomers = Newcomers(services.membership)
        self._own = own

    def register(self, services: Services) -> None:
        for verb, handler in {
            "paths.companions": self.companions,
            "paths.chosen": self.chosen,
            "paths.remove": self.remove,
            "paths.without": self.without,
            "paths.see": self.see,
            "paths.accept": self.accept,
            "paths.decline": self.decline,
            "paths.consider": self.consider,
            "paths.never": self.never,
        }.items():
            services.router.handle(verb, handler)

    # -- the person on the path -----------------------------------------------------------------

    async def companions(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._card(ctx, ctx.argument))

    async def chosen(self, ctx: InteractionContext) -> None:
        whom = picked(ctx)
        if whom.bot:
            raise NotAPerson
        sent = await self._paths.invitations.invite(ctx.person, ctx.argument, whom.user, ctx.now)
        view = await self._paths.queries.show(ctx.person, ctx.argument, ctx.now)
        names = await self._services.people.labels_across(ctx.person, [view.path.server], {sent.member: None})
        card = cards.invited(sent, names, ctx.argument)
        await ctx.show(card.within(self._services.servers.country(view.path.server)))

    async def remove(self, ctx: InteractionContext) -> None:
        """Take back an invitation, or ask whether they want to go on without a companion."""
        what, _, id = (ctx.chosen[0] if ctx.chosen else "").partition(":")
        if what == "sent":
            before = await self._paths.invitations.take_back(ctx.person, id)
            if before.shown(ctx.now) is None:
                # It can be accepted or lapsed by now, and a name would tell which.
                await ctx.show(await self._card(ctx, ctx.argument, strings.TAKEN_BACK_BEFORE))
                return
            name = await self._called(ctx, before.server, before.member)
            await ctx.show(await self._card(ctx, ctx.argument, strings.TAKEN_BACK.format(name=name)))
            return
        view = await self._paths.queries.show(ctx.person, ctx.argument, ctx.now)
        place = next((one for one in view.companions if one.id == id), None)
        if place is None:
            raise NotYours
        name = await self._called(ctx, place.server, place.person)
        await ctx.show(cards.without(name, place.id, place.path))

    async def without(self, ctx: InteractionContext) -> None:
        gone = await self._paths.beside.remove(ctx.person, ctx.argument, ctx.now)
        name = await self._called(ctx, gone.server, gone.person)
        await ctx.show(await self._card(ctx, gone.path, strings.REMOVED.format(name=name)))

    async def _card(self, ctx: InteractionContext, path: str, notice: str = "") -> Card:
        view = await self._paths.queries.show(ctx.person, path, ctx.now)
        here = ctx.server == view.path.server and view.path.open
        shown = cards.companions(self._library, view, notice, here=here)
        return shown.within(self._services.servers.country(view.path.server))

    async def _called(self, ctx: InteractionContext, server: ServerId, person: PersonId) -> str:
        return labels.name(await self._services.people.called(ctx.person, server, person, None) or "")

    # -- who was invited ------------------------------------------------------------------------

    async def see(self, ctx: InteractionContext) -> None:
        one = await self._reached(ctx, ctx.argument)
        country = self._services.servers.country(one.invitation.server)
        notice = spoken(self._library.path.companion.card, self._library, country)
        await ctx.show(cards.offered(self._library, one, notice).within(country))

    async def accept(self, ctx: InteractionContext) -> None:
        """Go along. Discord is asked before since when they are a member, and whether the inviter is one."""
        received = await self._paths.invitations.received(ctx.person, ctx.argument)
        if received.state is not InvitationState.ACCEPTED:
            await self._still_here(received.server, received.owner)
        joined_at = await self._newcomers.joined_at(ctx, received.server)
        place = await self._paths.invitations.accept(ctx.person, ctx.argument, joined_at, ctx.now)
        await ctx.show(await self._own.card(ctx, place.path, strings.NOW_WITH))

    async def decline(self, ctx: InteractionContext) -> None:
        one = await self._paths.invitations.look_at(ctx.person, ctx.argument, ctx.now)
        await self._paths.invitations.decline(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.declined(one.name))

    async def consider(self, ctx: InteractionContext) -> None:
        """Show what the inviter can notice of a boundary. Nothing is set yet."""
        one = await self._reached(ctx, ctx.argument)
        ties = await between(self._services, ctx.person, one.invitation.owner, ctx.now)
        await ctx.show(cards.before_never(one, ties))

    async def never(self, ctx: InteractionContext) -> None:
        one = await self._paths.invitations.look_at(ctx.person, ctx.argument, ctx.now)
        await self._paths.invitations.refuse_for_good(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.refused(one.name))

    async def _reached(self, ctx: InteractionContext, id: str) -> Offered:
        one = await self._paths.invitations.look_at(ctx.person, id, ctx.now)
        await self._still_here(one.invitation.server, one.invitation.owner)
        return one

    async def _still_here(self, server: ServerId, owner: PersonId) -> None:
        if not await self._services.membership.still_here(server, owner):
            raise InvitationClosed
