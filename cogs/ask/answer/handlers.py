"""Step 5 of an ask: the handlers for answerers."""

import asyncio

from bot.asks.answering import Invited
from bot.asks.errors import AskClosed
from bot.asks.models import Answer as Answered
from bot.errors import AlreadyDone
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.ask import forms
from cogs.ask.answer import cards
from cogs.me.boundary.before import BeforeBoundary
from cogs.shared.alongside.handlers import Alongside


class AnswerHandlers:
    """Handlers with which an answerer reads an ask, answers it, or declines."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._answering = services.asks.answering
        self._membership = services.membership
        self._servers = services.servers
        self._before = BeforeBoundary(services)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in (
            ("asks.read_it", self.read_it),
            ("asks.not_now", self.not_now),
            ("asks.cant", self.cant),
            ("asks.close_to_me", self.close_to_me),
            ("asks.never", self.never),
            ("asks.beyond", self.beyond),
            ("asks.tell_beyond", self.tell_beyond),
            ("asks.danger", self.danger),
            ("asks.tell_danger", self.tell_danger),
            ("asks.answer", self.answer),
            ("asks.answered", self.answered),
        ):
            services.router.handle(verb, handler)

    async def open(self, ctx: InteractionContext, id: str) -> None:
        """Open the message about an ask: show what kind of thing it is about, and nothing of its text.

        The inbox has already checked that the asker is still there.
        """
        invited = await self._invited(ctx, id, asker_is_there=True)
        await ctx.add(self._near(cards.asked_for_time(invited), invited))

    async def read_it(self, ctx: InteractionContext) -> None:
        page = int(ctx.word) if ctx.word.isdecimal() else 0
        await self._invited(ctx, ctx.argument)
        invited, words = await self._answering.read(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.text(self._library, invited, words, page), invited))

    async def not_now(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.later(await self._answering.not_now(ctx.person, ctx.argument, ctx.now)))

    async def cant(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.cannot(await self._answering.cannot(ctx.person, ctx.argument, ctx.now)))

    async def close_to_me(self, ctx: InteractionContext) -> None:
        """Hide the text at once, whatever state the ask is in. The asker sees the ordinary "can't"."""
        try:
            invited = await self._answering.cannot(ctx.person, ctx.argument, ctx.now)
        except (AskClosed, AlreadyDone):
            await ctx.show(cards.hidden_anyway())
            return
        await ctx.show(self._near(cards.hidden(invited), invited))

    async def never(self, ctx: InteractionContext) -> None:
        """Show what the asker can notice of a boundary, as `/boundary` does. The next press sets it."""
        invited = await self._answering.part(ctx.person, ctx.argument)
        card = await self._before.of(ctx, invited.ask.asker, invited.asking.asked_at)
        await ctx.show(self._near(card, invited))

    async def beyond(self, ctx: InteractionContext) -> None:
        """Explain what `beyond` does, before anything happens."""
        invited = await self._answering.invited(ctx.person, ctx.argument)
        country = self._servers.country(invited.ask.server)
        await ctx.show(cards.beyond(self._library, invited, country))

    async def tell_beyond(self, ctx: InteractionContext) -> None:
        invited = await self._answering.beyond(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.told(invited), invited))

    async def danger(self, ctx: InteractionContext) -> None:
        """Show the emergency number at once, whatever state the ask is in. Nobody is told yet."""
        part = await self._answering.part(ctx.person, ctx.argument)
        country = self._servers.country(part.ask.server)
        if part.may_alarm:
            await ctx.show(cards.danger(self._library, part, country))
        else:
            await ctx.show(cards.danger_anyway(self._library, country))

    async def tell_danger(self, ctx: InteractionContext) -> None:
        """Tell the asker at once that somebody may be in danger."""
        part = await self._answering.part(ctx.person, ctx.argument)
        country = self._servers.country(part.ask.server)
        try:
            told = await self._answering.danger(ctx.person, ctx.argument, ctx.now)
        except (AskClosed, AlreadyDone):
            await ctx.show(cards.danger_anyway(self._library, country))
            return
        await ctx.show(cards.danger_told(self._library, told, country))

    async def answer(self, ctx: InteractionContext) -> None:
        invited = await self._answering.invited(ctx.person, ctx.argument)
        so_far = await self._answering.form(ctx.person, ctx.argument)
        await ctx.ask(forms.answer(self._library, invited, so_far))

    async def answered(self, ctx: InteractionContext) -> None:
        """Take the answer form.

        If a required field is blank, keep the text, so that `Edit` can open it again.
        """
        invited = await self._invited(ctx, ctx.argument)
        answer = Answered(**{key: ctx.typed.get(key, "") for key in ("impact", "step", "missing", "offer")})
        if not answer.complete:
            await self._answering.keep(ctx.person, ctx.argument, answer)
            await ctx.show(cards.unwritten(invited))
        else:
            invited = await self._answering.answer(ctx.person, ctx.argument, answer, ctx.now)
            await ctx.show(cards.answered(invited))
        await self._alongside.stand(ctx, invited.ask.server)

    def _near(self, card: Card, invited: Invited) -> Card:
        return card.within(self._servers.country(invited.ask.server))

    async def _invited(self, ctx: InteractionContext, id: str, *, asker_is_there: bool = False) -> Invited:
        """Return the ask that waits for them, after checking that asker and answerer are still there."""
        invited = await self._answering.invited(ctx.person, id)
        server = invited.ask.server
        both = [] if asker_is_there else [invited.ask.asker]
        if ctx.server != server:
            both.append(ctx.person)
        here = await asyncio.gather(*(self._membership.still_here(server, one) for one in both))
        # If somebody has left, the ask has closed, and reading it again raises the refusal that says so.
        return invited if all(here) else await self._answering.invited(ctx.person, id)
