"""`/boundary`, and every press on its cards."""

from collections.abc import Sequence

from discord import app_commands
from discord.ext import commands

from bot.boundaries.models import Boundary
from bot.errors import NotYours
from bot.ids import PersonId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.picked import picked
from cogs.me.boundary import cards, strings


class BoundaryCog(commands.Cog):
    """Translates `/boundary` to `services.boundaries`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._boundaries = services.boundaries

    def register(self, services: Services) -> None:
        for verb, handler in {
            "boundaries.add": self.open,
            "boundaries.show": self.show,
            "boundaries.choose": self.choose,
            "boundaries.chosen": self.chosen,
            "boundaries.names": self.names,
            "boundaries.lift": self.lift,
        }.items():
            services.router.handle(verb, handler)

    @app_commands.command(name=strings.COMMAND, description=strings.BOUNDARY)
    async def boundary(self, interaction: Interaction) -> None:
        await self.open(await self._services.router.admit(interaction))

    async def open(self, ctx: InteractionContext) -> None:
        """Show the first card as a new card, beside the one that was pressed."""
        await ctx.add(await self._card(ctx))

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._card(ctx))

    async def choose(self, ctx: InteractionContext) -> None:
        if ctx.server is not None:
            await ctx.show(cards.choose())
            return
        common = await self._services.people.servers_of(ctx.person)
        guild = ctx.interaction.client.get_guild(common[0]) if len(common) == 1 else None
        await ctx.show(cards.only_in_a_server("" if guild is None else guild.name))

    async def chosen(self, ctx: InteractionContext) -> None:
        """Set the boundary at once when somebody is chosen. When the card shows, the boundary is in force."""
        whom = picked(ctx)
        if whom.self or whom.bot:
            await ctx.show(cards.not_with(strings.YOURSELF if whom.self else strings.A_BOT))
            return
        id = await self._boundaries.add(ctx.person, whom.user, ctx.now)
        own = await self._boundaries.of(ctx.person)
        other = next((boundary.other for boundary in own if boundary.id == id), None)
        named = await self._labels(ctx, own)
        await ctx.show(cards.added(id, "" if other is None else named.get(other, "")))

    async def names(self, ctx: InteractionContext) -> None:
        if not ctx.argument.isdecimal():
            raise NotYours
        own = await self._boundaries.of(ctx.person)
        await ctx.show(cards.named(own, await self._labels(ctx, own), int(ctx.argument)))

    async def lift(self, ctx: InteractionContext) -> None:
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        await self._boundaries.lift(ctx.person, id)
        await ctx.show(await self._card(ctx, strings.REMOVED))

    async def _labels(self, ctx: InteractionContext, own: Sequence[Boundary]) -> dict[PersonId, str]:
        """Return what the people behind these boundaries are called, in this server if they are in it."""
        servers = await self._services.people.servers_of(ctx.person)
        if ctx.server is not None:
            # Of several names, that in the last server is shown.
            servers = [*(server for server in servers if server != ctx.server), ctx.server]
        others = [boundary.other for boundary in own]
        return await self._services.people.labels_across(ctx.person, servers, others)

    async def _card(self, ctx: InteractionContext, notice: str = "") -> Card:
        return cards.boundary(len(await self._boundaries.of(ctx.person)), notice)
