"""`/boundary`, and every press on its cards."""

from discord import app_commands
from discord.ext import commands

from bot.errors import NotYours
from bot.people.models import DiscordUser
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.picked import picked
from cogs.me.boundary import cards, strings
from cogs.me.boundary.before import BeforeBoundary


class BoundaryCog(commands.Cog):
    """Translates `/boundary` to `services.boundaries`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._boundaries = services.boundaries
        self._before = BeforeBoundary(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "boundaries.add": self.open,
            "boundaries.show": self.show,
            "boundaries.choose": self.choose,
            "boundaries.chosen": self.chosen,
            "boundaries.set": self.set,
            "boundaries.untell": self.untell,
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
        name = self._services.server_lookup.name(common[0]) if len(common) == 1 else ""
        await ctx.show(cards.only_in_a_server(name))

    async def chosen(self, ctx: InteractionContext) -> None:
        """Say what they can notice. The boundary is set by the next press."""
        whom = picked(ctx)
        if whom.self or whom.bot:
            await ctx.show(cards.not_with(strings.YOURSELF if whom.self else strings.A_BOT))
            return
        other = await self._boundaries.consider(whom.user, ctx.now)
        await ctx.show(await self._before.card(ctx, whom.user.discord_id, other))

    async def set(self, ctx: InteractionContext) -> None:
        id = await self._boundaries.add(ctx.person, _account(ctx.argument), ctx.now)
        own = await self._boundaries.of(ctx.person)
        other = {boundary.other: None for boundary in own if boundary.id == id}
        named = await self._before.labels(ctx, other)
        await ctx.show(cards.added(id, "".join(named.values())))

    async def untell(self, ctx: InteractionContext) -> None:
        """Take back all answers to that person, as long as they are kept."""
        account = _account(ctx.argument)
        other = await self._boundaries.consider(account, ctx.now)
        taken = await self._services.asks.between.take_back(ctx.person, other, ctx.now)
        notice = strings.UNTOLD if taken else strings.NOTHING_UNTOLD
        await ctx.show(await self._before.card(ctx, account.discord_id, other, notice))

    async def names(self, ctx: InteractionContext) -> None:
        if not ctx.argument.isdecimal():
            raise NotYours
        own = await self._boundaries.of(ctx.person)
        await ctx.show(cards.named(own, await self._before.labels_of(ctx, own), int(ctx.argument)))

    async def lift(self, ctx: InteractionContext) -> None:
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        await self._boundaries.lift(ctx.person, id)
        await ctx.show(await self._card(ctx, strings.REMOVED))

    async def _card(self, ctx: InteractionContext, notice: str = "") -> Card:
        return cards.boundary(notice)


def _account(id: str) -> DiscordUser:
    """Return the account whose id a button carries. Its name was stored when it was chosen."""
    if not id.isdecimal():
        raise NotYours
    return DiscordUser(int(id), "", None)
