"""Show more help after a form whose text may be about more than friends can carry."""

from bot.content.guardrails import Matter
from bot.ids import ServerId
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.shared.alongside.cards import alongside


class Alongside:
    """Only adds a card. The text is handled as usual, and what was found in it is not stored."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._servers = services.servers

    async def stand(self, ctx: InteractionContext, server: ServerId | None) -> None:
        """Add the card if the text needs it. Call it after the form was answered.

        server: where the text belongs. Its country decides which helplines are shown.
        Without a server, nobody can be asked to talk.
        """
        if matters := self._library.guardrails.heard(ctx.typed.values()):
            await self._add(ctx, server, matters)

    async def _add(
        self, ctx: InteractionContext, server: ServerId | None, matters: tuple[Matter, ...]
    ) -> None:
        library, country = self._library, self._library.country(self._servers.country(server))
        card = alongside(library.alongside, library.support_texts, matters, country, server)
        await ctx.add(card)
