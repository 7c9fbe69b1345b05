"""The handlers for reading norms and answering versions, from `/norms` and from messages in channels."""

from collections.abc import Callable

from bot.errors import NotYours
from bot.ids import ServerId
from bot.norms.errors import StandsNoMore
from bot.norms.queries import Put, StandAnswer
from bot.servers.errors import NoServer
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.norms import strings
from cogs.norms.cards import read as cards
from cogs.norms.cards.read import Seen

Called = Callable[[ServerId], str]
"""Returns the name of a server; empty if it is not known."""


class NormReading:
    """Shows one member the norms of a server."""

    def __init__(self, services: Services, called: Called) -> None:
        self._services = services
        self._norms = services.norms
        self._ballots = services.norms.ballots
        self._queries = services.norms.queries
        self._called = called

    def register(self, services: Services) -> None:
        for verb, handler in {
            "norms.show": self.show,
            "norms.page": self.page,
            "norms.changes": self.changes,
            "norms.why": self.why,
            "norms.all": self.all,
            "norms.here": self.here,
            "norms.in": self.be_in,
            "norms.out": self.be_out,
        }.items():
            services.router.handle(verb, handler)

    # -- reading --------------------------------------------------------------------------------

    async def show(self, ctx: InteractionContext) -> None:
        """Show the norms of a server; in a direct message the person may have to choose one."""
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        if id or ctx.server is not None:
            await self._show(ctx, server_of(id) if id else ctx.server)
            return
        gone = self._services.servers.left_lately()
        common = [one for one in await self._services.people.servers_of(ctx.person) if one not in gone]
        if not common:
            raise NoServer
        if len(common) > 1:
            await ctx.show(cards.which({server: self._called(server) for server in common}))
            return
        await self._show(ctx, common[0])

    async def page(self, ctx: InteractionContext) -> None:
        put = await self._queries.see(ctx.person, ctx.argument)
        await self._say(ctx, put, cards.norms(put, await self._seen(ctx, put.version.server), _page(ctx)))

    async def changes(self, ctx: InteractionContext) -> None:
        put = await self._queries.see(ctx.person, ctx.argument)
        await self._say(ctx, put, cards.changes(put, await self._seen(ctx, put.version.server), _page(ctx)))

    async def why(self, ctx: InteractionContext) -> None:
        put = await self._queries.see(ctx.person, ctx.argument)
        one = put.version.norm(ctx.chosen[0] if ctx.chosen else "")
        if one is None:
            raise NotYours
        await self._say(ctx, put, cards.norm(put, one))

    async def all(self, ctx: InteractionContext) -> None:
        """Show the version that a message in the channel is about, in all its pages."""
        put = await self._queries.posted(ctx.person, ctx.argument)
        await self._say(ctx, put, cards.norms(put, await self._seen(ctx, put.version.server)))

    async def here(self, ctx: InteractionContext) -> None:
        """Show the norms of the server in which this was pressed, from the welcome message."""
        if ctx.server is None:
            raise NoServer
        await self._show(ctx, ctx.server)

    # -- answering ------------------------------------------------------------------------------

    async def be_in(self, ctx: InteractionContext) -> None:
        try:
            answer = await self._ballots.be_in(ctx.person, ctx.argument, ctx.now)
        except StandsNoMore:
            await self.late(ctx, ctx.argument)
            return
        await self._answered(ctx, answer)

    async def be_out(self, ctx: InteractionContext) -> None:
        try:
            answer = await self._ballots.be_out(ctx.person, ctx.argument, ctx.now)
        except StandsNoMore:
            await self.late(ctx, ctx.argument)
            return
        await self._answered(ctx, answer)

    async def late(self, ctx: InteractionContext, version: str) -> None:
        """Say that this version can no longer be answered, and show what the group has or proposes now."""
        put = await self._queries.see(ctx.person, version)
        view = await self._norms.here(ctx.person, put.version.server)
        none = view.version is None and view.proposal is None
        sentence = strings.LATE_NONE if none else strings.LATE
        await self._show(ctx, put.version.server, sentence.format(number=put.version.number))

    async def _answered(self, ctx: InteractionContext, answer: StandAnswer) -> None:
        server = answer.version.server
        pods = not (await self._services.servers.settings(server)).minors
        await ctx.show(self._near(cards.answered(answer, pods=pods), server))

    # -- inside ---------------------------------------------------------------------------------

    async def _show(self, ctx: InteractionContext, server: ServerId | None, notice: str = "") -> None:
        """Show the version in force, or else the proposal, or else that there are no norms."""
        assert server is not None, "it was looked for above"
        if ctx.server != server and not await self._services.membership.still_here(server, ctx.person):
            raise NotYours
        seen = await self._seen(ctx, server)
        shown = seen.view.version or seen.view.proposal
        if shown is None:
            await ctx.show(self._near(cards.none(server, seen, notice), server))
            return
        put = await self._queries.see(ctx.person, shown.id)
        card = cards.norms if seen.view.version is not None else cards.changes
        await self._say(ctx, put, card(put, seen, notice=notice))

    async def _seen(self, ctx: InteractionContext, server: ServerId) -> Seen:
        view = await self._norms.here(ctx.person, server)
        sent = bool(await self._norms.notes.mine(ctx.person, server))
        return Seen(view, sent, self._called(server) if ctx.server is None else "")

    async def _say(self, ctx: InteractionContext, put: Put, card: Card) -> None:
        await ctx.show(self._near(card, put.version.server))

    def _near(self, card: Card, server: ServerId) -> Card:
        return card.within(self._services.servers.country(server))


def server_of(id: str) -> ServerId:
    if not id.isdecimal():
        raise NotYours
    return ServerId(int(id))


def _page(ctx: InteractionContext) -> int:
    return int(ctx.word) if ctx.word.isdecimal() else 0
