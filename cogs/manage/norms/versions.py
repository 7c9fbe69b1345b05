"""Past versions: read, and never changed."""

from bot.norms.model import Version
from bot.services import Services
from bot.ui.press import Press
from cogs.manage.norms.cards import versions as cards
from cogs.manage.norms.home import here


class Versions:
    """One a page, the newest first."""

    def __init__(self, services: Services) -> None:
        self._norms = services.norms

    def register(self, services: Services) -> None:
        services.router.handle("manage.versions", self.version, moderators=True)
        services.router.handle("manage.version_norms", self.norms, moderators=True)

    async def version(self, press: Press) -> None:
        versions = await self._norms.versions(here(press))
        if not versions:
            await press.show(cards.none())
            return
        one = _meant(versions, press.argument)
        put = await self._norms.queries.shown(one.id)
        held = await self._norms.here(press.person, here(press))
        await press.show(cards.version(put, versions, press.word, held=held.version == one))

    async def norms(self, press: Press) -> None:
        versions = await self._norms.versions(here(press))
        await press.show(
            cards.norms(_meant(versions, press.argument), press.word) if versions else cards.none()
        )  # fmt: skip


def _meant(versions: list[Version], number: str) -> Version:
    """The version of that number; the newest where a button names none that is there."""
    return next((one for one in versions if str(one.number) == number), versions[0])
