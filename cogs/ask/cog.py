"""`/ask`, and the message menu that begins an ask."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.servers.service import the_one
from bot.services import Services
from bot.text import is_blank
from bot.ui.context import Interaction, InteractionContext
from cogs.ask import strings
from cogs.ask.answer.handlers import AnswerHandlers
from cogs.ask.notifications import AskNotifications
from cogs.ask.refusals import NotOwn, NoWords, explain
from cogs.ask.start_handlers import StartHandlers
from cogs.ask.wait_handlers import WaitHandlers
from cogs.ask.write_handlers import WriteHandlers

if TYPE_CHECKING:
    from bot.app import Plumbline


class AskCog(commands.Cog):
    """The command and the message menu that begin an ask. The router handles every later press."""

    def __init__(self, bot: "Plumbline") -> None:
        services = bot.services
        self._tree = bot.tree
        self._router = services.router
        self._people = services.people
        self._start = StartHandlers(services)
        self._menu = app_commands.ContextMenu(name=strings.MENU, callback=self.ask_about)
        wait, answer = WaitHandlers(services), AnswerHandlers(services)
        self._parts = (
            self._start,
            WriteHandlers(services),
            wait,
            answer,
            AskNotifications(services, wait, answer),
        )

    def register(self, services: Services) -> None:
        explain(services.router)
        services.router.handle("asks.begin", self._begin)
        for part in self._parts:
            part.register(services)

    async def cog_load(self) -> None:
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self._tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name=strings.COMMAND, description=strings.DESCRIPTION)
    async def ask(self, interaction: Interaction) -> None:
        await self._begin(await self._router.admit(interaction, adults_only=True))

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """Begin an ask from the message menu, which works only on one's own messages."""
        ctx = await self._router.admit(interaction, adults_only=True)
        if message.author.id != interaction.user.id:
            raise NotOwn
        if is_blank(message.content):
            raise NoWords
        await self._begin(ctx, message.content)

    async def _begin(self, ctx: InteractionContext, message: str = "") -> None:
        common = await self._people.servers_of(ctx.person)
        await self._start.begin(ctx, the_one(ctx.server, common), message)


async def setup(bot: "Plumbline") -> None:
    cog = AskCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
