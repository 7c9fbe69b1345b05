"""The three commands of this room."""

from typing import TYPE_CHECKING

from cogs.me.boundary.cog import BoundaryDesk
from cogs.me.inbox.cog import InboxDesk
from cogs.me.settings.cog import SettingsDesk

if TYPE_CHECKING:
    from bot.app import Plumbline


async def setup(bot: "Plumbline") -> None:
    services = bot.services
    for cog in (SettingsDesk(services), BoundaryDesk(services), InboxDesk(services)):
        cog.register(services)
        await bot.add_cog(cog)
