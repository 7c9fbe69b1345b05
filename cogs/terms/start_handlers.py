"""`/terms` before anything is kept: what somebody wants, in words that stand on their own card alone.

These handlers know nobody and write nothing, so that whoever carries it themselves leaves no trace.
"""

from bot.content.models import FormName
from bot.services import Services
from bot.terms.models import TermsText
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.shared.alongside.handlers import Alongside
from cogs.terms import cards, forms, wording
from cogs.terms.carry import cards as carrier_cards


class StartHandlers:
    """From the first card to the copy."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._terms = services.terms
        self._texts = services.library.terms
        self._form = services.library.form(FormName.TERMS)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "terms.open": self.open,
            "terms.begin": self.begin,
            "terms.wants": self.wants,
            "terms.plain": self.plain,
            "terms.edit": self.edit,
            "terms.wrote": self.wrote,
            "terms.mine": self.mine,
            "terms.receiving": self.receiving,
        }.items():
            services.router.handle(verb, handler, stateless=True)

    async def opened(self, ctx: InteractionContext) -> Card:
        """Return what `/terms` begins with: how it stands if they keep something, else the first card."""
        person = await self._services.people.of_account(ctx.interaction.user.id)
        if person is not None and await self._terms.any_kept(person):
            return cards.home(await self._terms.show(person, ctx.now))
        if await self._services.router.young(ctx):
            return cards.first_alone(self._texts)
        return cards.first(self._texts, self._services.settings.operator)

    async def open(self, ctx: InteractionContext) -> None:
        """Open it from another card, beside that card."""
        await ctx.add(await self.opened(ctx))

    async def begin(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.wants(self._texts))

    async def wants(self, ctx: InteractionContext) -> None:
        """Open the form for what was chosen. The select is shown again behind it."""
        await ctx.ask(forms.write(self._form, wording.chosen(ctx.chosen)), cards.wants(self._texts))

    async def plain(self, ctx: InteractionContext) -> None:
        await ctx.ask(forms.write(self._form, ()))

    async def edit(self, ctx: InteractionContext) -> None:
        """Open the form again, with the words that stand on the card."""
        wants = wording.wants_of(ctx.argument)
        words = wording.shown_again(ctx.shown, wants).words
        await ctx.ask(forms.write(self._form, wants, words))

    async def wrote(self, ctx: InteractionContext) -> None:
        text = TermsText.of(wording.wants_of(ctx.argument), ctx.typed.get(forms.FIELD, ""))
        await ctx.show(cards.nothing() if text.blank else await self._then(ctx, text))
        await self._alongside.stand(ctx, None)

    async def mine(self, ctx: InteractionContext) -> None:
        """Show the words once more, to be copied. They are kept nowhere."""
        text = wording.shown_again(ctx.shown, wording.wants_of(ctx.argument))
        await ctx.show(cards.nothing() if text.blank else cards.myself(self._texts, text))

    async def receiving(self, ctx: InteractionContext) -> None:
        """Show what to say to whoever a carrier comes to."""
        country = self._services.library.country(self._services.servers.country(ctx.server))
        await ctx.add(carrier_cards.receiving(self._services.library.receiving.card, country))

    # -- inside ---------------------------------------------------------------------------------

    async def _then(self, ctx: InteractionContext, text: TermsText) -> Card:
        if await self._services.router.young(ctx):
            return cards.then_alone(self._texts, text)
        return cards.then(self._texts, text)
