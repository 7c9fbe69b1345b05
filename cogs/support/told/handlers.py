"""The handlers of `/told`. They know no person and store nothing."""

from bot.content.helplines import Country
from bot.content.library import Library
from bot.errors import NotYours
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.support.told import cards
from cogs.support.whereabouts import Whereabouts


class ToldHandlers:
    """Shows four topics, each with short cards."""

    def __init__(self, library: Library, whereabouts: Whereabouts) -> None:
        self._told = library.told
        self._young = library.support_texts.under_18.title
        self._whereabouts = whereabouts

    def register(self, services: Services) -> None:
        services.router.handle("told.open", self.open, stateless=True)
        services.router.handle("told.home", self.home, stateless=True)
        services.router.handle("told.page", self.page, stateless=True)

    async def open(self, ctx: InteractionContext) -> None:
        """Show the topics on a new card."""
        await ctx.add(self._home(self._whereabouts.given(ctx)))

    async def home(self, ctx: InteractionContext) -> None:
        await ctx.show(self._home(self._whereabouts.named(ctx.argument)))

    async def page(self, ctx: InteractionContext) -> None:
        topic, tab = cards.place(ctx.argument)
        try:
            hearing = self._told.topic(topic)
            chosen = hearing.tab(tab)
        except KeyError:
            raise NotYours from None
        await ctx.show(cards.page(self._told, hearing, chosen, self._whereabouts.named(ctx.word)))

    def _home(self, country: Country) -> Card:
        return cards.home(self._told, country, self._young)
