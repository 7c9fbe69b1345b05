"""The handler of the card about what to do when something happened."""

from bot.content.library import Library
from bot.services import Services
from bot.ui.components import Button, Card, Tone
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from cogs.manage.happened import strings

GROUP = "group-now"
"""The page of `/told` for those who run a group."""


class HappenedHandlers:
    """Shows one card, which leads to the page of `/told` for those who run a group."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._servers = services.servers

    def register(self, services: Services) -> None:
        services.router.handle("manage.happened", self.show, moderators=True)

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(happened(self._library, self._servers.country(ctx.server)))


def happened(library: Library, code: str | None) -> Card:
    country = library.country(code)
    danger = strings.DANGER.format(emergency=f"**{country.emergency}**")
    row = [
        Button(strings.WHAT_TO_DO, to("told.page", GROUP, country.code), Tone.CHIEF),
        Button(strings.BACK, to("manage.summary")),
    ]
    return Card(strings.TITLE, "\n\n".join((danger, strings.TEXT)), rows=(row,))
