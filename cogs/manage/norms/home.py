"""The first card of `/manage norms`, which leads to every other card."""

from bot.ids import ServerId
from bot.norms.models import IN_FORCE, VersionState
from bot.norms.queries import NormDesk, Put
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms import strings
from cogs.manage.norms.cards import home as cards


class NormsHome:
    """Shows the state of the norms of a server."""

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

    async def show(self, ctx: InteractionContext, notice: str = "") -> None:
        server, desk = here(ctx), await self.desk(ctx)
        versions = await self._norms.versions(server)
        current, shown = desk.version, self._norms.queries.shown
        newest = await shown(versions[0].id) if versions else None
        settings = await self._services.servers.settings(server)
        standing = cards.NormsState(
            desk,
            None if current is None else await shown(current.id),
            newest,
            settings.ratifying.direct,
            settings.norms_channel,
            newest is None or not _shows(newest) or await self._norms.posting.shown(newest.version.id),
        )
        await ctx.show(cards.home(standing, notice))

    async def desk(self, ctx: InteractionContext) -> NormDesk:
        return await self._norms.drafts.desk(ctx.person, here(ctx), ctx.now)

    async def discard(self, ctx: InteractionContext) -> None:
        """Ask before the draft is deleted. If there is no draft any more, show the current state."""
        if (await self.desk(ctx)).begun:
            await ctx.show(cards.discarding())
        else:
            await self.show(ctx)

    async def discarded(self, ctx: InteractionContext) -> None:
        await self._norms.drafts.discard(ctx.person, here(ctx), ctx.now)
        await self.show(ctx, strings.DISCARDED)


def _shows(put: Put) -> bool:
    """Whether members need the version's message: it waits for their answers, or is in force."""
    return put.ballot.state is VersionState.OPEN or put.ballot.state in IN_FORCE


def here(ctx: InteractionContext) -> ServerId:
    """Return the server in which the moderator pressed. It is the only one that they can change here."""
    assert ctx.server is not None, "the router lets in only those who moderate the server they stand in"
    return ctx.server
