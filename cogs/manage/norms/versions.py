"""The handlers for past versions, which can be read and never changed."""

from bot.norms.models import Version
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms.cards import versions as cards
from cogs.manage.norms.home import here


class Versions:
    """Shows one version on each page, the newest first."""

    def __init__(self, services: Services) -> None:
        self._norms = services.norms

    def register(self, services: Services) -> None:
        services.router.handle("manage.versions", self.version, moderators=True)
        services.router.handle("manage.version_norms", self.norms, moderators=True)

    async def version(self, ctx: InteractionContext) -> None:
        versions = await self._norms.versions(here(ctx))
        if not versions:
            await ctx.show(cards.none())
            return
        one = _meant(versions, ctx.argument)
        put = await self._norms.queries.shown(one.id)
        current = await self._norms.here(ctx.person, here(ctx))
        await ctx.show(cards.version(put, versions, ctx.word, current=current.version == one))

    async def norms(self, ctx: InteractionContext) -> None:
        versions = await self._norms.versions(here(ctx))
        await ctx.show(
            cards.norms(_meant(versions, ctx.argument), ctx.word) if versions else cards.none()
        )  # fmt: skip


def _meant(versions: list[Version], number: str) -> Version:
    """Return the version with that number, or the newest one if there is none with it."""
    return next((one for one in versions if str(one.number) == number), versions[0])
