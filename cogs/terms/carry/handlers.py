"""Presses of somebody who is asked to carry another person's terms, and who carries them."""

from collections.abc import Sequence

from bot.errors import NotYours
from bot.services import Services
from bot.terms.errors import CarryingClosed
from bot.terms.models import Outcome
from bot.terms.queries import Carried
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.me.boundary.noticing import between
from cogs.terms.carry import cards


class CarryHandlers:
    """Translates presses to `services.terms.carrying`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._carrying = services.terms.carrying
        self._texts = services.library.carrier

    def register(self, services: Services) -> None:
        for verb, handler in {
            "terms.see": self.see,
            "terms.accept": self.accept,
            "terms.decline": self.decline,
            "terms.consider": self.consider,
            "terms.never": self.never,
            "terms.carried": self.carried,
            "terms.says": self.says,
            "terms.back": self.back,
            "terms.hand_back": self.hand_back,
        }.items():
            services.router.handle(verb, handler)

    # -- answering ------------------------------------------------------------------------------

    async def see(self, ctx: InteractionContext) -> None:
        """Say what is asked of them, after checking that whoever asked is still in the server."""
        one = await self._reached(ctx)
        await ctx.show(self._near(cards.asked(one, self._texts), one))

    async def accept(self, ctx: InteractionContext) -> None:
        known = await self._carrying.received(ctx.person, ctx.argument)
        if not await self._services.membership.still_here(known.carrying.server, known.carrying.author):
            raise CarryingClosed
        await self._carrying.accept(ctx.person, ctx.argument, ctx.now)
        await self._show(ctx, await self.cards(ctx, ctx.argument))

    async def decline(self, ctx: InteractionContext) -> None:
        one = await self._carrying.decline(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.declined(one), one))

    async def consider(self, ctx: InteractionContext) -> None:
        """Say what they can notice of a boundary. The boundary is set by the next press."""
        one = await self._reached(ctx)
        ties = await between(self._services, ctx.person, one.carrying.author, ctx.now)
        await ctx.show(cards.before_never(one, ties))

    async def never(self, ctx: InteractionContext) -> None:
        one = await self._carrying.refuse_for_good(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.refused(one), one))

    # -- carrying -------------------------------------------------------------------------------

    async def carried(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self.cards(ctx, ctx.argument))

    async def says(self, ctx: InteractionContext) -> None:
        """Leave a word about how it went."""
        try:
            outcome = Outcome(ctx.chosen[0] if ctx.chosen else "")
        except ValueError:
            raise NotYours from None
        one = await self._carrying.say(ctx.person, ctx.argument, outcome, ctx.now)
        await self._show(ctx, self._cards(one, cards.said(outcome, one)))

    async def back(self, ctx: InteractionContext) -> None:
        """Ask once more before it is handed back."""
        one = await self._carrying.look(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.handing_back(one), one))

    async def hand_back(self, ctx: InteractionContext) -> None:
        one = await self._carrying.hand_back(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.handed_back(), one))

    async def cards(self, ctx: InteractionContext, id: str) -> list[Card]:
        """Return what they carry, after checking that its author is still in the server."""
        known = await self._carrying.look(ctx.person, id)
        await self._services.membership.still_here(known.carrying.server, known.carrying.author)
        return self._cards(await self._carrying.read(ctx.person, id, ctx.now))

    def taken_back(self) -> Card:
        return cards.taken_back()

    # -- inside ---------------------------------------------------------------------------------

    async def _reached(self, ctx: InteractionContext) -> Carried:
        one = await self._carrying.look_at(ctx.person, ctx.argument, ctx.now)
        if not await self._services.membership.still_here(one.carrying.server, one.carrying.author):
            raise CarryingClosed
        return one

    async def _show(self, ctx: InteractionContext, shown: Sequence[Card]) -> None:
        first, *others = shown
        await ctx.show(first)
        for card in others:
            await ctx.add(card)

    def _cards(self, one: Carried, notice: str = "") -> list[Card]:
        country = self._services.library.country(self._services.servers.country(one.carrying.server))
        return [self._near(card, one) for card in cards.carried(one, self._texts, country, notice)]

    def _near(self, card: Card, one: Carried) -> Card:
        return card.within(self._services.servers.country(one.carrying.server))
