"""Past months, in counts."""

import asyncio

from bot.insights.model import ends
from bot.services import Services
from bot.ui.press import Press
from cogs.manage.insights import cards, picture


class Insights:
    """Begins with `/manage insights`; nothing on it can be pressed."""

    def __init__(self, services: Services) -> None:
        self._insights = services.insights

    async def begin(self, press: Press) -> None:
        """The months that have ended, or when the first one does."""
        assert press.server is not None, "a command for servers alone"
        shown = await self._insights.months(press.server)
        if not shown:
            await press.show(cards.nothing(ends(press.now)))
            return
        # Drawing takes a while, and must hold up nobody else.
        await press.show(cards.months(shown, await asyncio.to_thread(picture.drawn, shown)))
