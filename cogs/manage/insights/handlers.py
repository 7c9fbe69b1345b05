"""The handler of `/manage insights`."""

import asyncio

from bot.insights.models import ends
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.insights import cards, picture


class InsightHandlers:
    """Shows the counts. Nothing on its card can be pressed."""

    def __init__(self, services: Services) -> None:
        self._insights = services.insights

    async def begin(self, ctx: InteractionContext) -> None:
        """Show the months that have ended, or when the first one will end."""
        assert ctx.server is not None, "a command for servers alone"
        shown = await self._insights.months(ctx.server)
        if not shown:
            await ctx.show(cards.nothing(ends(ctx.now)))
            return
        # Drawing takes some time, so it runs in a thread and doesn't hold up the event loop.
        await ctx.show(cards.months(shown, await asyncio.to_thread(picture.drawn, shown)))
