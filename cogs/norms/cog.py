"""`/norms`, and the messages in channels with which norms are put to the members."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.ids import ServerId
from bot.services import Services
from bot.ui.context import Interaction
from cogs.norms import strings
from cogs.norms.posts import NormPosts
from cogs.norms.reading import NormReading
from cogs.norms.refusals import explain
from cogs.norms.writing import NoteWriting
from cogs.shared.stories.handlers import StoryHandlers

if TYPE_CHECKING:
    from bot.app import Plumbline


class NormsCog(commands.Cog):
    """`/norms` is for everyone. The router handles every later press."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._reading = NormReading(bot.services, self._called)
        self._parts = (
            self._reading,
            NoteWriting(bot.services, self._reading),
            NormPosts(bot.services),
            StoryHandlers(bot.services),
        )

    def register(self, services: Services) -> None:
        explain(services.router)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.COMMAND, description=strings.DESCRIPTION)
    async def norms(self, interaction: Interaction) -> None:
        await self._reading.show(await self._services.router.admit(interaction))

    def _called(self, server: ServerId) -> str:
        return self._services.server_lookup.name(server)


async def setup(bot: "Plumbline") -> None:
    cog = NormsCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
