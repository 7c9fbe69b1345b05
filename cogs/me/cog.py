"""The three commands of this room."""

from typing import TYPE_CHECKING

from cogs.me.boundary.cog import BoundaryDesk
from cogs.me.inbox.cog import InboxDesk
from cogs.me.settings.cog import SettingsDesk

if TYPE_CHECKING:
    from bot.app import Plumbline


async def setup(bot: "Plumbline") -> None:
    await bot.add_cog(SettingsDesk(bot.services))
    await bot.add_cog(BoundaryDesk(bot.services))
    await bot.add_cog(InboxDesk(bot.services))
