"""`/norms`, and the message with which norms are put to the members."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.ui.press import Interaction
from cogs.norms import words

if TYPE_CHECKING:
    from bot.app import Plumbline


class NormsRoom(commands.Cog):
    """For everyone."""

    def __init__(self, bot: "Plumbline") -> None:
        self._house = bot.house

    @app_commands.command(name=words.COMMAND, description=words.DESCRIPTION)
    async def norms(self, interaction: Interaction) -> None:
        await self._house.door.admit(interaction)
        raise NotImplementedError


async def setup(bot: "Plumbline") -> None:
    await bot.add_cog(NormsRoom(bot))
