"""Loads the cogs of `/settings`, `/boundary`, `/inbox` and `/privacy`."""

from typing import TYPE_CHECKING

from cogs.me.boundary.cog import BoundaryCog
from cogs.me.inbox.cog import InboxCog
from cogs.me.privacy.cog import PrivacyCog
from cogs.me.settings.cog import SettingsCog

if TYPE_CHECKING:
    from bot.app import Plumbline


async def setup(bot: "Plumbline") -> None:
    services = bot.services
    for cog in (SettingsCog(services), BoundaryCog(services), InboxCog(services), PrivacyCog(services)):
        cog.register(services)
        await bot.add_cog(cog)
