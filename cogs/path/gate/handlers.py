"""`/path start`, up to the first card of a path."""

from bot.content.helplines import Country
from bot.errors import NotYours, Refusal
from bot.ids import ServerId
from bot.servers.service import the_one
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.path import strings
from cogs.path.gate import cards
from cogs.path.own.handlers import OwnHandlers
from cogs.path.parts import spoken


class GateHandlers:
    """Asks which facts are true, keeps none of them, and lets a path begin."""

    def __init__(self, services: Services, own: OwnHandlers) -> None:
        self._services = services
        self._library = services.library
        self._own = own

    def register(self, services: Services) -> None:
        router = services.router
        router.handle("paths.adult", self.facts)
        router.handle("paths.facts", self.picked)
        router.handle("paths.start", self.start)
        router.handle("aside.cited", self.cited, stateless=True)
        router.handle("aside.afraid", self.afraid, stateless=True)

    async def begin(self, ctx: InteractionContext) -> None:
        """Answer `/path start`: show the path they have here, or what a path is."""
        common = await self._services.people.servers_of(ctx.person)
        server = the_one(ctx.server, common)
        path = await self._services.paths.queries.open_in(ctx.person, server)
        if path is not None:
            await ctx.show(await self._own.card(ctx, path.id))
            return
        await self._services.paths.may_start(ctx.person, server)
        country = self._services.servers.country(server)
        await ctx.show(cards.before(self._library, str(server), country).within(country))

    async def refuse(self, ctx: InteractionContext, refused: Refusal) -> None:
        """Say why they can't begin one, and lead to what hearing of somebody else's means."""
        await ctx.show(cards.refused(self._services.router.refusal(refused)))

    async def cited_alone(self, ctx: InteractionContext) -> None:
        """Answer `/path show` for somebody under 18: they have no path, but may have heard of one."""
        country = self._library.country(self._services.servers.country(ctx.server))
        await ctx.show(cards.cited_alone(self._library, country).within(country.code))

    async def facts(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.facts(ctx.argument))

    async def picked(self, ctx: InteractionContext) -> None:
        """Decide by the gravest fact. Nothing is kept of it."""
        picked = {*ctx.chosen}
        if not picked or not picked <= strings.FACT_LABELS.keys():
            raise NotYours
        key = cards.gravest(picked)
        server = _meant(ctx.argument)
        country = self._services.servers.country(server)
        path = await self._services.paths.queries.open_in(ctx.person, server)
        if key == cards.NONE:
            none = spoken(self._library.path.gate.none, self._library, country)
            await self._start(ctx, none if path is None else "")
            return
        had = "" if path is None else path.id
        await ctx.show(cards.fact(self._library, key, ctx.argument, country, path=had).within(country))

    async def start(self, ctx: InteractionContext) -> None:
        await self._start(ctx, "")

    async def cited(self, ctx: InteractionContext) -> None:
        """Show what it means to be told "I'm on a path", on a new card."""
        country = self._country(ctx)
        await ctx.add(cards.cited(self._library, country).within(country.code))

    async def afraid(self, ctx: InteractionContext) -> None:
        country = self._country(ctx)
        await ctx.add(cards.afraid(self._library, country).within(country.code))

    # -- inside ---------------------------------------------------------------------------------

    async def _start(self, ctx: InteractionContext, notice: str) -> None:
        path = await self._services.paths.start(ctx.person, await self._server(ctx), ctx.now)
        await ctx.show(await self._own.card(ctx, path.id, notice))

    async def _server(self, ctx: InteractionContext) -> ServerId:
        """Return the server that the button names. Raises NotYours if they have nothing to do with it."""
        server = _meant(ctx.argument)
        if server not in {ctx.server, *await self._services.people.servers_of(ctx.person)}:
            raise NotYours
        return server

    def _country(self, ctx: InteractionContext) -> Country:
        return self._library.country(self._services.servers.country(ctx.server))


def _meant(id: str) -> ServerId:
    if not id.isdecimal():
        raise NotYours
    return ServerId(int(id))
