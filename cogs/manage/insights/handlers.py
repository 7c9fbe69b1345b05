"""The handler of `/manage insights`."""

from bot.insights.models import ends
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.picture_queue import Picture
from cogs.manage.insights import cards, picture, strings


class InsightHandlers:
    """Shows the counts. Nothing on its card can be pressed."""

    def __init__(self, services: Services) -> None:
        self._insights = services.insights
        self._pictures = services.pictures

    async def begin(self, ctx: InteractionContext) -> None:
        """Show the months that have ended, or when the first one will end."""
        assert ctx.server is not None, "a command for servers alone"
        shown = await self._insights.months(ctx.server)
        if not shown:
            await ctx.show(cards.nothing(ends(ctx.now)))
            return
        drawing = Picture(strings.PICTURE_NAME, cards.alt(shown), picture.drawn, shown)
        await ctx.show_with(cards.months(shown), drawing, self._pictures)
