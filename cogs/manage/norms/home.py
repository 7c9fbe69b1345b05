"""The home card, from which every part begins, and to which it comes back."""

from bot.ids import ServerId
from bot.norms.queries import NormDesk
from bot.services import Services
from bot.ui.press import Press
from cogs.manage.norms import words
from cogs.manage.norms.cards import home as cards


class Home:
    """Where things stand."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._norms = services.norms

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.norms": self.show,
            "manage.discard": self.discard,
            "manage.discarded": self.discarded,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def show(self, press: Press, notice: str = "") -> None:
        server, desk = here(press), await self.desk(press)
        versions = await self._norms.versions(server)
        held, shown = desk.version, self._norms.queries.shown
        standing = cards.Standing(
            desk,
            None if held is None else await shown(held.id),
            await shown(versions[0].id) if versions else None,
            (await self._services.servers.settings(server)).ratifying.direct,
        )
        await press.show(cards.home(standing, notice))

    async def desk(self, press: Press) -> NormDesk:
        return await self._norms.drafts.desk(press.person, here(press), press.now)

    async def discard(self, press: Press) -> None:
        """Where somebody was quicker, how things stand is shown."""
        if (await self.desk(press)).begun:
            await press.show(cards.discarding())
        else:
            await self.show(press)

    async def discarded(self, press: Press) -> None:
        await self._norms.drafts.discard(press.person, here(press), press.now)
        await self.show(press, words.DISCARDED)


def here(press: Press) -> ServerId:
    """The server stood in: what a moderator reaches is of that one alone."""
    assert press.server is not None, "the router lets in only those who moderate the server they stand in"
    return press.server
