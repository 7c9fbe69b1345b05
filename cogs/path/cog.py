"""`/path start` and `/path show`. The router handles every later press."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.people.errors import UnderEighteen
from bot.servers.errors import WithoutAdultRole
from bot.services import Services
from bot.ui.context import Interaction
from cogs.path import strings
from cogs.path.beside.handlers import BesideHandlers
from cogs.path.company.handlers import CompanyHandlers
from cogs.path.gate.handlers import GateHandlers
from cogs.path.meet.handlers import MeetHandlers
from cogs.path.notifications import PathNotifications
from cogs.path.own.handlers import OwnHandlers
from cogs.path.refusals import explain

if TYPE_CHECKING:
    from bot.app import Plumbline


class PathCog(commands.GroupCog, group_name=strings.COMMAND, group_description=strings.DESCRIPTION):
    """The two commands of `/path`."""

    def __init__(self, bot: "Plumbline") -> None:
        self._services = bot.services
        self._own = OwnHandlers(bot.services)
        self._gate = GateHandlers(bot.services, self._own)
        beside = BesideHandlers(bot.services, self._own)
        meet = MeetHandlers(bot.services, self._own)
        lines = PathNotifications(bot.services, self._own, beside, meet)
        company = CompanyHandlers(bot.services, self._own)
        self._parts = (self._own, self._gate, company, beside, meet, lines)

    def register(self, services: Services) -> None:
        explain(services.router)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.START, description=strings.START_WHAT)
    async def start(self, interaction: Interaction) -> None:
        try:
            await self._gate.begin(await self._services.router.admit(interaction, adults_only=True))
        except (UnderEighteen, WithoutAdultRole) as refused:
            await self._gate.refuse(self._services.router.pass_by(interaction), refused)

    @app_commands.command(name=strings.SHOW, description=strings.SHOW_WHAT)
    async def show(self, interaction: Interaction) -> None:
        """Show their path or, where it can't be theirs, what hearing of one means: that's for everybody."""
        ctx = self._services.router.pass_by(interaction)
        if await self._services.router.young(ctx):
            await self._gate.cited_alone(ctx)
        else:
            await self._own.open(await self._services.router.admit(interaction, adults_only=True))


async def setup(bot: "Plumbline") -> None:
    cog = PathCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
