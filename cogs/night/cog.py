"""`/night`, and every press on its cards."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.services import Services
from bot.ui.context import Interaction
from cogs.night import strings
from cogs.night.company.handlers import CompanyHandlers
from cogs.night.looking.handlers import LookingHandlers
from cogs.night.menu import NightMenu
from cogs.night.notifications import NightNotifications
from cogs.night.out.handlers import OutHandlers
from cogs.night.own.handlers import OwnHandlers
from cogs.night.posts import NightPosts
from cogs.night.refusals import explain
from cogs.night.standby.handlers import StandbyHandlers

if TYPE_CHECKING:
    from bot.app import Plumbline


class NightCog(commands.Cog):
    """Opens `/night` for everybody who is in one: nobody loses it in the middle of a night."""

    def __init__(self, bot: "Plumbline") -> None:
        self._services = bot.services
        self._own = OwnHandlers(bot.services)
        self._standby = StandbyHandlers(bot.services)
        company, out = CompanyHandlers(bot.services, self._own), OutHandlers(bot.services, self._standby)
        looking = LookingHandlers(bot.services)
        news = NightNotifications(bot.services, self._own, looking, out)
        menu = NightMenu(bot.services, self._own, company, looking)
        self._parts = (self._own, company, looking, out, menu, news, self._standby, NightPosts(bot.services))

    def register(self, services: Services) -> None:
        explain(services.router, services.library)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.COMMAND, description=strings.NIGHT)
    async def night(self, interaction: Interaction) -> None:
        await self._services.router.command(interaction, self._own.open, self._standby.night)


async def setup(bot: "Plumbline") -> None:
    cog = NightCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
