"""The handlers of `/manage norms`, put together from their parts."""

from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms import refusals
from cogs.manage.norms.editing import NormEditing
from cogs.manage.norms.home import NormsHome
from cogs.manage.norms.packs import Packs
from cogs.manage.norms.putting import Putting
from cogs.manage.norms.unposted import Unposted
from cogs.manage.norms.versions import Versions
from cogs.manage.norms.waiting import Waiting


class NormHandlers:
    """Begins with `/manage norms`, and registers the handlers of every part."""

    def __init__(self, services: Services) -> None:
        self._home = NormsHome(services)
        self.putting = Putting(services, self._home)
        self._parts = (
            self._home,
            Packs(services, self._home),
            NormEditing(services, self._home),
            self.putting,
            Unposted(services, self._home),
            Versions(services),
            Waiting(services),
        )

    def register(self, services: Services) -> None:
        refusals.explain(services.router)
        for part in self._parts:
            part.register(services)

    async def begin(self, ctx: InteractionContext) -> None:
        """Show the first card."""
        await self._home.show(ctx)
