"""`/terms`, and every press on its cards."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.services import Services
from bot.ui.context import Interaction
from cogs.terms import strings
from cogs.terms.carry.handlers import CarryHandlers
from cogs.terms.handlers import TermsHandlers
from cogs.terms.notifications import TermsNotifications
from cogs.terms.refusals import explain
from cogs.terms.start_handlers import StartHandlers

if TYPE_CHECKING:
    from bot.app import Plumbline


class TermsCog(commands.Cog):
    """Opens `/terms` without meeting anybody: who carries it themselves stays as unknown as before."""

    def __init__(self, bot: "Plumbline") -> None:
        self._services = bot.services
        self._start = StartHandlers(bot.services)
        keep, carry = TermsHandlers(bot.services), CarryHandlers(bot.services)
        self._parts = (self._start, keep, carry, TermsNotifications(bot.services, keep, carry))

    def register(self, services: Services) -> None:
        explain(services.router)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.COMMAND, description=strings.TERMS)
    async def terms(self, interaction: Interaction) -> None:
        ctx = self._services.router.pass_by(interaction)
        await ctx.show(await self._start.opened(ctx))


async def setup(bot: "Plumbline") -> None:
    cog = TermsCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
