"""`/privacy`, and every press on its cards."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from discord import app_commands
from discord.ext import commands
from msgspec.structs import replace

from bot.ids import ServerId
from bot.privacy import archive
from bot.services import Services
from bot.ui.context import Interaction, InteractionContext
from bot.ui.router import Handler
from cogs.me.boundary.before import BeforeBoundary
from cogs.me.privacy import cards, strings

BOUNDARIES = "boundaries"
"""The table of boundaries, by its name in an export."""


class PrivacyCog(commands.Cog):
    """Translates `/privacy` to `services.privacy`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._privacy = services.privacy
        self._before = BeforeBoundary(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "privacy.show": self.show,
            "privacy.held": self.held,
            "privacy.held_all": self.held_all,
            "privacy.export": self.export,
            "privacy.get": self.get,
            "privacy.get_all": self.get_all,
            "privacy.dms": self.dms,
            "privacy.dms_go": self.dms_go,
            "privacy.erase": self.erase,
            "privacy.erase_go": self.erase_go,
        }.items():
            services.router.handle(verb, self._if_known(handler), stateless=True)

    @app_commands.command(name=strings.COMMAND, description=strings.PRIVACY)
    async def privacy(self, interaction: Interaction) -> None:
        """Show the first card. Somebody whom the bot doesn't know stays unknown to it."""
        ctx = self._services.router.pass_by(interaction)
        known = await self._services.people.knows_account(interaction.user.id)
        await ctx.show(cards.privacy() if known else cards.unknown())

    def _if_known(self, handler: Handler) -> Handler:
        """Return a handler that meets nobody, so that who was erased stays unknown when they press again."""

        async def handle(ctx: InteractionContext) -> None:
            person = await self._services.people.of_account(ctx.interaction.user.id)
            if person is None:
                await ctx.show(cards.unknown())
            else:
                await handler(replace(ctx, who=person))

        return handle

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.privacy())

    async def held(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.held(await self._privacy.summary(ctx.person), shown=False))

    async def held_all(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.held(await self._privacy.summary(ctx.person), shown=True))

    # -- the export -----------------------------------------------------------------------------

    async def export(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.export())

    async def get(self, ctx: InteractionContext) -> None:
        await self._send(ctx, asked_for=False)

    async def get_all(self, ctx: InteractionContext) -> None:
        await self._send(ctx, asked_for=True)

    async def _send(self, ctx: InteractionContext, *, asked_for: bool) -> None:
        """Send the parts as they are written. The first waits for the second, to know whether it is alone."""
        records = self._named(ctx, asked_for=asked_for)
        number, waiting = 0, b""
        async for part in archive.parts(records, ctx.now, self._server_name):
            if waiting:
                await ctx.add(cards.exported(waiting, number, alone=False))
            number, waiting = number + 1, part
        await ctx.add(cards.exported(waiting, number, alone=number == 1))

    async def _named(
        self, ctx: InteractionContext, *, asked_for: bool
    ) -> AsyncIterator[tuple[str, Mapping[str, Any]]]:
        """Yield the records. A boundary says what the other person is called, since its note is a code."""
        async for table, record in self._privacy.records(ctx.person, asked_for=asked_for):
            if table != BOUNDARIES:
                yield table, record
        own = await self._services.boundaries.of(ctx.person) if asked_for else []
        names = await self._before.labels_of(ctx, own)
        for one in own:
            name = strings.SOMEBODY if one.other is None else names.get(one.other, strings.SOMEBODY)
            yield BOUNDARIES, {"other": name, "made_at": one.made_at}

    def _server_name(self, server: ServerId) -> str:
        return self._services.server_lookup.name(server)

    # -- taking back ----------------------------------------------------------------------------

    async def dms(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.dms())

    async def dms_go(self, ctx: InteractionContext) -> None:
        any_sent = await self._privacy.delete_dms(ctx.person, ctx.now)
        await ctx.show(cards.dms_under_way(any_sent=any_sent))

    async def erase(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.erase(await self._privacy.consequences(ctx.person, ctx.now)))

    async def erase_go(self, ctx: InteractionContext) -> None:
        async with self._services.router.under_way.alone(ctx.interaction.user.id):
            await self._privacy.erase(ctx.person, ctx.now)
        await ctx.show(cards.erased())
