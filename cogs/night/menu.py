"""The list behind `More`: everything about a night that isn't needed at once."""

from bot.errors import NotYours
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.router import Handler
from cogs.night import strings
from cogs.night.company.handlers import CompanyHandlers
from cogs.night.looking.handlers import LookingHandlers
from cogs.night.own.handlers import OwnHandlers

FOR_EVERYBODY = {"after", "leave"}
"""The options that are never refused to people under 18, as in `bot/ui/ages.py`: to stop, and to leave."""


class NightMenu:
    """Passes what was chosen to its handler. Each option has a key of `strings.MORE_OPTIONS`."""

    def __init__(
        self, services: Services, own: OwnHandlers, company: CompanyHandlers, looking: LookingHandlers
    ) -> None:
        self._router = services.router
        self._handlers: dict[str, Handler] = {
            "invite": company.invite,
            "post": company.posting,
            "choose": looking.choose,
            "after": looking.after,
            "home": own.home_by,
            "check": own.check,
            "card": own.card,
            "plan": own.plan,
            "leave": own.leaving,
        }
        if self._handlers.keys() != strings.MORE_OPTIONS.keys():
            raise ValueError("an option of the list has no handler, or a handler has no option")

    def register(self, services: Services) -> None:
        services.router.handle("nights.pick", self.pick)

    async def pick(self, ctx: InteractionContext) -> None:
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if chosen not in self._handlers:
            raise NotYours
        if chosen not in FOR_EVERYBODY:
            await self._router.require_adult(ctx)
        await self._handlers[chosen](ctx)
