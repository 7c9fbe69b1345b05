"""`/ask`, and the message menu that begins one."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.house import House
from bot.servers.service import the_one
from bot.ui.press import Interaction
from cogs.ask import words
from cogs.ask.answer import Answer
from cogs.ask.lines import Lines
from cogs.ask.refusals import NotOwn, NoWords, explain
from cogs.ask.start import Start
from cogs.ask.wait import Wait
from cogs.ask.write import Write

if TYPE_CHECKING:
    from bot.app import Plumbline


class Ask(commands.Cog):
    """Two ways in; every press after them enters by the door."""

    def __init__(self, house: House) -> None:
        self._door = house.door
        self._people = house.people
        self.start = Start(house)
        explain(house.door)
        Write(house)
        Lines(house, Wait(house), Answer(house))

    @app_commands.command(name=words.COMMAND, description=words.DESCRIPTION)
    async def ask(self, interaction: Interaction) -> None:
        press = await self._door.admit(interaction)
        common = await self._people.servers_of(press.person)
        await self.start.begin(press, the_one(press.server, common))


async def setup(bot: "Plumbline") -> None:
    cog = Ask(bot.house)
    await bot.add_cog(cog)

    @app_commands.context_menu(name=words.MENU)
    async def ask_about_message(interaction: Interaction, message: discord.Message) -> None:
        press = await bot.house.door.admit(interaction)
        if message.author.id != interaction.user.id or press.server is None:
            raise NotOwn
        if not message.content:
            raise NoWords
        await cog.start.begin(press, press.server, message.content)

    bot.tree.add_command(ask_about_message)
