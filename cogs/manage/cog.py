"""`/manage setup`, `norms`, `reminders`, `reports`, `insights` and `log`."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.servers.errors import NotAModerator, WithoutAdultRole
from bot.services import Services
from bot.ui.components import Button, Card
from bot.ui.context import Interaction
from bot.ui.custom_id import to
from cogs.manage import strings
from cogs.manage.happened.handlers import HappenedHandlers
from cogs.manage.insights.handlers import InsightHandlers
from cogs.manage.local.handlers import LocalHelplineHandlers
from cogs.manage.log.handlers import LogHandlers
from cogs.manage.norms.handlers import NormHandlers
from cogs.manage.reminders.handlers import ReminderHandlers
from cogs.manage.reports.handlers import ReportQueueHandlers
from cogs.manage.setup.handlers import SetupHandlers
from cogs.manage.setup.welcoming import Welcoming

if TYPE_CHECKING:
    from bot.app import Plumbline


@app_commands.default_permissions(discord.Permissions(manage_guild=True))
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class ManageCog(commands.GroupCog, group_name=strings.COMMAND, group_description=strings.DESCRIPTION):
    """Six commands for moderators. Discord hides them from others, and the router refuses others."""

    def __init__(self, bot: "Plumbline") -> None:
        services = bot.services
        self._router = services.router
        self._setup = SetupHandlers(services)
        self._norms = NormHandlers(services)
        self._reminders = ReminderHandlers(bot)
        self._insights = InsightHandlers(services)
        self._reports = ReportQueueHandlers(services)
        self._log = LogHandlers(services)
        self._parts = (
            self._setup, self._norms, self._reminders, self._reports, self._log,
            LocalHelplineHandlers(services),
            Welcoming(services, self._norms.putting), HappenedHandlers(services),
        )  # fmt: skip

    def register(self, services: Services) -> None:
        turned_away = Card(strings.NOT_A_MODERATOR_TITLE, strings.NOT_A_MODERATOR)
        services.router.explains(NotAModerator, lambda _: turned_away)
        without_role = Card(
            strings.WITHOUT_ROLE_TITLE,
            strings.WITHOUT_ROLE,
            rows=([Button(strings.OUR_NORMS, to("norms.show"))],),
        )
        services.router.explains(WithoutAdultRole, lambda _: without_role)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.SETUP, description=strings.SETUP_WHAT)
    async def setup(self, interaction: Interaction) -> None:
        await self._setup.begin(await self._router.admit(interaction, moderators=True))

    @app_commands.command(name=strings.NORMS, description=strings.NORMS_WHAT)
    async def norms(self, interaction: Interaction) -> None:
        await self._norms.begin(await self._router.admit(interaction, moderators=True))

    @app_commands.command(name=strings.REMINDERS, description=strings.REMINDERS_WHAT)
    async def reminders(self, interaction: Interaction) -> None:
        await self._reminders.begin(await self._router.admit(interaction, moderators=True))

    @app_commands.command(name=strings.REPORTS, description=strings.REPORTS_WHAT)
    async def reports(self, interaction: Interaction) -> None:
        await self._reports.begin(await self._router.admit(interaction, moderators=True))

    @app_commands.command(name=strings.INSIGHTS, description=strings.INSIGHTS_WHAT)
    async def insights(self, interaction: Interaction) -> None:
        await self._insights.begin(await self._router.admit(interaction, moderators=True))

    @app_commands.command(name=strings.LOG, description=strings.LOG_WHAT)
    async def log(self, interaction: Interaction) -> None:
        await self._log.begin(await self._router.admit(interaction, moderators=True))


async def setup(bot: "Plumbline") -> None:
    cog = ManageCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
