"""Steps 6 and 8 of an ask, for the asker: waiting, reading the answers, withdrawing."""

import asyncio

from bot.asks.models import Ask
from bot.content.models import FormName
from bot.ids import PersonId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.ask.cards import wait as cards
from cogs.ask.cards.answers import answers
from cogs.shared.plans import cards as plan


class WaitHandlers:
    """Handlers for an ask that was sent."""

    def __init__(self, services: Services) -> None:
        self._asks = services.asks
        self._servers = services.servers
        self._plans = services.plans
        self._membership = services.membership
        self._library = services.library
        self._plan = services.library.form(FormName.PLAN)

    def register(self, services: Services) -> None:
        for verb, handler in (
            ("asks.show", self.show),
            ("asks.same", self.same),
            ("asks.read", self.read),
            ("asks.others", self.others),
            ("asks.longer", self.longer),
            ("asks.withdraw", self.withdraw),
        ):
            services.router.handle(verb, handler)

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.card(ctx, ctx.argument))

    async def card(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card with the state of the ask."""
        status = await self._asks.status(ctx.person, id, ctx.now)
        until = await self._asks.until(ctx.person, id)
        return self._near(cards.status(status, until, self._emergency(status.ask)), status.ask)

    def _emergency(self, ask: Ask) -> str:
        return self._library.emergency(self._servers.country(ask.server))

    def _near(self, card: Card, ask: Ask) -> Card:
        return card.within(self._servers.country(ask.server))

    async def same(self, ctx: InteractionContext) -> None:
        """Handle `Same`: show the answers of the earlier ask about the same thing, and its plan."""
        status = await self._asks.status(ctx.person, ctx.argument, ctx.now)
        shown = await self._plans.look(ctx.person, ctx.argument)
        await (self.read(ctx) if status.came else self.show(ctx))
        if shown is not None:
            await ctx.add(self._near(plan.plan(self._plan, shown), status.ask))
        await ctx.add(cards.kept())

    async def read(self, ctx: InteractionContext) -> None:
        page = int(ctx.word) if ctx.word.isdecimal() else 0
        came = await self._asks.read(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(answers(came, page), came.ask))

    async def others(self, ctx: InteractionContext) -> None:
        status = await self._asks.status(ctx.person, ctx.argument, ctx.now)
        # Discord doesn't announce that somebody left. After this check, people who left can no longer be
        # asked.
        picked = (self._membership.still_here(status.ask.server, PersonId(one)) for one in ctx.chosen)
        await asyncio.gather(*picked)
        status = await self._asks.ask_others(ctx.person, ctx.argument, ctx.chosen, ctx.now)
        await ctx.show(self._near(cards.sent(status), status.ask))

    async def longer(self, ctx: InteractionContext) -> None:
        status = await self._asks.more_time(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.status(status, None, self._emergency(status.ask)), status.ask))

    async def withdraw(self, ctx: InteractionContext) -> None:
        """Ask whether they are sure, because withdrawing cannot be undone. With the word `sure`, withdraw."""
        status = await self._asks.status(ctx.person, ctx.argument, ctx.now)
        if ctx.word != "sure":
            await ctx.show(cards.sure(status.ask))
            return
        kept_until = await self._asks.withdraw(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.withdrawn(kept_until))
