"""`/help` and `/about`, which need no person, and the refusals that can occur in any cog."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.errors import AlreadyDone, NotYours, TooLong, TooMany, TooManyDrafts
from bot.people.errors import NotYet, UnderEighteen, UnknownZone
from bot.servers.errors import NoServer, WhichServer
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from cogs.help import cards, strings

if TYPE_CHECKING:
    from bot.app import Plumbline


class HelpCog(commands.Cog):
    """Shows what the bot can do. It stores nothing."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services

    def register(self, services: Services) -> None:
        router = services.router
        router.handle("about.page", self.page, stateless=True)
        router.handle("help.first", self.first, stateless=True)
        router.handle("help.need", self.need, stateless=True)
        router.handle("cards.close", self.close, stateless=True)
        router.explains(NotYours, lambda _: Card(strings.NOT_YOURS_TITLE, strings.NOT_YOURS))
        router.explains(TooLong, lambda long: Card(strings.LONG_TITLE, strings.LONG.format(most=long.most)))
        router.explains(AlreadyDone, lambda _: Card(strings.DONE_TITLE, strings.DONE))
        router.explains(
            TooMany, lambda r: Card(strings.TOO_MANY_TITLE, strings.TOO_MANY.format(limit=r.limit))
        )
        router.explains(TooManyDrafts, lambda r: cards.too_many_drafts(r.limit))
        router.explains(UnknownZone, lambda _: Card(strings.ZONE_TITLE, strings.ZONE))
        router.explains(NotYet, lambda r: cards.not_yet(r.at))
        router.explains(UnderEighteen, lambda _: cards.under_18())
        router.explains(WhichServer, self._which)
        router.explains(NoServer, lambda _: Card(strings.NO_SERVER_TITLE, strings.NO_SERVER))

    @app_commands.command(name=strings.HELP_COMMAND, description=strings.HELP)
    async def help(self, interaction: Interaction) -> None:
        await self.first(self._services.router.pass_by(interaction))

    async def first(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.first(self._there()[0]))

    async def need(self, ctx: InteractionContext) -> None:
        """Show the commands for the need that was chosen."""
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if not chosen.isdecimal():
            raise NotYours
        await ctx.show(cards.need(int(chosen), *self._there()))

    @app_commands.command(name=strings.ABOUT_COMMAND, description=strings.ABOUT)
    async def about(self, interaction: Interaction) -> None:
        await self._about(self._services.router.pass_by(interaction), 0)

    async def page(self, ctx: InteractionContext) -> None:
        if not ctx.argument.isdecimal():
            raise NotYours
        await self._about(ctx, int(ctx.argument))

    def _there(self) -> tuple[set[str], set[str]]:
        """Return the names of all commands and menus, and those of the menus alone."""
        there = self._bot.tree.get_commands()
        menus = {command.name for command in there if isinstance(command, app_commands.ContextMenu)}
        return {command.name for command in there}, menus

    async def close(self, ctx: InteractionContext) -> None:
        """Handle `Close`: delete the card that was pressed, if it is one that only they can see."""
        if not ctx.pressed_own:
            raise NotYours
        await ctx.close()

    async def _about(self, ctx: InteractionContext, page: int) -> None:
        settings, library = self._services.settings, self._services.library
        facts = cards.facts(version("plumbline"), settings.operator, settings.source_url)
        await ctx.show(cards.about(facts, library.reviewed, library.sources(), page))

    def _which(self, refused: WhichServer) -> Card:
        names = [self._services.server_lookup.name(server) for server in refused.servers]
        return cards.which([name for name in names if name])


async def setup(bot: "Plumbline") -> None:
    cog = HelpCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
