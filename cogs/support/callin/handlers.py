"""The handlers of `/callin` and its message menu. They know no person and store nothing."""

from collections.abc import Mapping

from bot.content.callin import Occasion, Setting, Voice, What
from bot.errors import NotYours
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.support.callin import cards
from cogs.support.whereabouts import Whereabouts


class CallInHandlers:
    """Knows only what happened, in which setting it is said, and in which voice."""

    def __init__(self, occasions: Mapping[What, Occasion], whereabouts: Whereabouts) -> None:
        self._occasions = occasions
        self._whereabouts = whereabouts

    def register(self, services: Services) -> None:
        services.router.handle("callin.start", self.start, stateless=True)
        # Three verbs lead to the same page, because no two buttons on a card may have the same custom_id.
        for verb in ("callin.words", "callin.when", "callin.voice"):
            services.router.handle(verb, self.words, stateless=True)

    async def open(self, ctx: InteractionContext, setting: Setting) -> None:
        """Ask what happened, on a new card."""
        await ctx.add(cards.start(self._occasions, setting))

    async def open_on(self, ctx: InteractionContext, *, own: bool) -> None:
        """Open from the menu of a message. Nothing of the message is used.

        own: the message is by the person who pressed, who can't call in themselves.
        """
        await ctx.add(cards.own() if own else cards.start(self._occasions, Setting.CHAT))

    async def start(self, ctx: InteractionContext) -> None:
        try:
            setting = Setting(ctx.argument)
        except ValueError:
            raise NotYours from None
        await ctx.show(cards.start(self._occasions, setting))

    async def words(self, ctx: InteractionContext) -> None:
        try:
            what, setting = cards.place(ctx.argument)
            voice = Voice(ctx.word)
        except ValueError:
            raise NotYours from None
        here = self._whereabouts.here(ctx)
        await ctx.show(cards.said(what, self._occasions[what], setting, voice, here))
