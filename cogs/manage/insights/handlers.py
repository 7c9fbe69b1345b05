"""The handler of `/manage insights`."""

import asyncio
from collections.abc import Sequence

from bot.insights.models import Month, ends
from bot.services import Services
from bot.ui.components import Attached
from bot.ui.context import InteractionContext
from cogs.manage.insights import cards, picture, strings


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
        await ctx.show_with(cards.months(shown), _drawn(shown))


async def _drawn(shown: Sequence[Month]) -> Attached:
    # In a thread, because it takes some time, and seconds when it is the first picture since the start.
    png = await asyncio.to_thread(picture.drawn, shown)
    return Attached(strings.PICTURE_NAME, png, cards.alt(shown))
