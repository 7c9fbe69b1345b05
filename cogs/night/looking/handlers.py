"""Presses about who looks out for whom."""

from bot.errors import NotYours
from bot.nights.errors import LookClosed
from bot.nights.models import Quick
from bot.nights.queries import Wished
from bot.services import Services
from bot.ui import labels
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.me.boundary.noticing import between
from cogs.night import strings
from cogs.night.company import cards as company
from cogs.night.looking import cards
from cogs.night.looking.cards import Why


class LookingHandlers:
    """Translates presses to `services.nights.looking`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._nights = services.nights
        self._looking = services.nights.looking
        self._library = services.library

    def register(self, services: Services) -> None:
        for verb, handler in {
            "nights.choose": self.choose,
            "nights.wish": self.wish,
            "nights.take_back": self.take_back,
            "nights.wished": self.wished,
            "nights.agree": self.agree,
            "nights.cant": self.cant,
            "nights.consider_wish": self.consider,
            "nights.never_wish": self.never,
            "nights.stopping": self.stopping,
            "nights.stop": self.stop,
            "nights.friend": self.friend,
        }.items():
            services.router.handle(verb, handler)

    # -- being looked out for -------------------------------------------------------------------

    async def choose(self, ctx: InteractionContext) -> None:
        await self._show(ctx, ctx.argument)

    async def wish(self, ctx: InteractionContext) -> None:
        whom = ctx.chosen[0] if ctx.chosen else ""
        view = await self._looking.wish(ctx.person, ctx.argument, whom, ctx.now)
        name = next((one.name for one in view.look_out if one.member == whom), "")
        card = cards.choose(view, self._library, strings.ASKED.format(name=labels.name(name)))
        await ctx.show(card.within(self._services.servers.country(view.night.server)))

    async def take_back(self, ctx: InteractionContext) -> None:
        await self._looking.take_back(ctx.person, ctx.argument, ctx.now)
        await self._show(ctx, ctx.word, strings.TAKEN_BACK)

    # -- answering ------------------------------------------------------------------------------

    async def wished(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.wish_card(ctx, ctx.argument))

    async def wish_card(self, ctx: InteractionContext, id: str) -> Card:
        one = await self._reached(ctx, id)
        return self._near(cards.wished(one, self._library), one)

    async def agree(self, ctx: InteractionContext) -> None:
        one = await self._looking.accept(ctx.person, ctx.argument, ctx.now)
        member = await self._looking.place(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.agreed(one, member), one))

    async def cant(self, ctx: InteractionContext) -> None:
        await self._looking.decline(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.declined())

    async def consider(self, ctx: InteractionContext) -> None:
        """Say what can be noticed of a boundary with whoever asked. The next press sets it."""
        one = await self._reached(ctx, ctx.argument)
        ties = await between(self._services, ctx.person, one.look.owner, ctx.now)
        await ctx.show(self._near(cards.before_never(one, ties), one))

    async def never(self, ctx: InteractionContext) -> None:
        one = await self._looking.look_at(ctx.person, ctx.argument, ctx.now)
        await self._looking.refuse_for_good(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(company.refused(one.name), one))

    # -- looking out ----------------------------------------------------------------------------

    async def after(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        await ctx.show(cards.after(view).within(self._services.servers.country(view.night.server)))

    async def stopping(self, ctx: InteractionContext) -> None:
        """Ask once more: it's one wrong touch in a list."""
        view = await self._nights.show(ctx.person, ctx.argument)
        whom = ctx.chosen[0] if ctx.chosen else ""
        name = next((one.name for one in view.look_after if one.id == whom), None)
        if name is None:
            raise LookClosed
        await ctx.show(cards.stopping(whom, name, view.member.id))

    async def stop(self, ctx: InteractionContext) -> None:
        await self._looking.stop(ctx.person, ctx.argument, ctx.now)
        one = await self._looking.received(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.stopped(one.name), one))

    async def friend(self, ctx: InteractionContext) -> None:
        """Show a friend's card, or what to do in one of three things that happen."""
        if ctx.word and ctx.word not in set(Quick):
            raise NotYours
        await ctx.show(await self.friend_card(ctx, ctx.argument, Quick(ctx.word) if ctx.word else None))

    async def friend_card(
        self, ctx: InteractionContext, member: str, quick: Quick | None = None, why: Why = Why.LOOK
    ) -> Card:
        """Return a friend's card. For an hour after a call it begins with what to do."""
        one = await self._looking.friend(ctx.person, member, ctx.now)
        one = one.with_hand(self._nights.standby.hand_of(member))
        country = self._services.servers.country(one.night.server)
        if quick is not None:
            return cards.advice(one, self._library, country, quick).within(country)
        if why is Why.LOOK and one.called_lately(ctx.now):
            why = Why.HAND
        return cards.friend(one, self._library, country, why).within(country)

    # -- inside ---------------------------------------------------------------------------------

    async def _show(self, ctx: InteractionContext, member: str, notice: str = "") -> None:
        view = await self._nights.show(ctx.person, member)
        card = cards.choose(view, self._library, notice)
        await ctx.show(card.within(self._services.servers.country(view.night.server)))

    async def _reached(self, ctx: InteractionContext, id: str) -> Wished:
        """Return a wish, after checking that whoever has it is still in the server."""
        one = await self._looking.look_at(ctx.person, id, ctx.now)
        if not await self._services.membership.still_here(one.night.server, one.look.owner):
            raise LookClosed
        return one

    def _near(self, card: Card, one: Wished) -> Card:
        return card.within(self._services.servers.country(one.night.server))
