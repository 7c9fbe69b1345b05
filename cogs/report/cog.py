"""Reports have no command of their own: `Report` stands on the cards that show what others wrote."""

from typing import TYPE_CHECKING

from cogs.report.handlers import ReportHandlers
from cogs.report.refusals import explain

if TYPE_CHECKING:
    from bot.app import Plumbline


async def setup(bot: "Plumbline") -> None:
    explain(bot.services.router, bot.services.server_lookup.name)
    ReportHandlers(bot.services).register(bot.services)
