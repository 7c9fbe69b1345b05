"""What a companion presses: their word on moving on, requests, and their own place."""

from bot.content.models import FormName
from bot.errors import NotYours
from bot.paths.request import RequestKind
from bot.paths.vote import Said
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.path import forms, strings
from cogs.path.beside import cards
from cogs.path.own.handlers import OwnHandlers
from cogs.shared.alongside.handlers import Alongside


class BesideHandlers:
    """Translates a companion's presses to `services.paths`."""

    def __init__(self, services: Services, own: OwnHandlers) -> None:
        self._services = services
        self._paths = services.paths
        self._library = services.library
        self._form = services.library.form(FormName.REQUEST)
        self._alongside = Alongside(services)
        self._own = own

    def register(self, services: Services) -> None:
        for verb, handler in {
            "paths.vote": self.vote,
            "paths.requests": self.requests,
            "paths.request": self.request,
            "paths.agree": self.agree,
            "paths.disagree": self.disagree,
            "paths.hand_back": self.hand_back,
            "paths.keep": self.keep,
            "paths.entering": self.entering,
            "paths.kind": self.kind,
            "paths.enter": self.enter,
            "paths.leaving": self.leaving,
            "paths.leave": self.leave,
            "paths.stay": self.stay,
        }.items():
            services.router.handle(verb, handler)

    async def vote(self, ctx: InteractionContext) -> None:
        if ctx.word not in (Said.YES, Said.NOT_YET):
            raise NotYours
        before = await self._paths.queries.look(ctx.person, ctx.argument)
        path = await self._paths.steps.vote(ctx.person, ctx.argument, Said(ctx.word), ctx.now)
        notice = strings.MOVED_ON if path.step is not before.step else ""
        await ctx.show(await self._own.card(ctx, ctx.argument, notice))

    # -- requests -------------------------------------------------------------------------------

    async def requests(self, ctx: InteractionContext) -> None:
        """Show what was asked: to a companion all of it, to the person on the path what reached them."""
        await ctx.show(await self._listed(ctx, ctx.argument))

    async def request(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._one(ctx, ctx.chosen[0] if ctx.chosen else ctx.argument))

    async def agree(self, ctx: InteractionContext) -> None:
        await self._paths.requests.agree(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._one(ctx, ctx.argument))

    async def disagree(self, ctx: InteractionContext) -> None:
        await self._paths.requests.not_yet(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._one(ctx, ctx.argument))

    async def hand_back(self, ctx: InteractionContext) -> None:
        sure = ctx.word == cards.SURE
        request, gone = await self._paths.requests.hand_back(ctx.person, ctx.argument, ctx.now, sure=sure)
        await ctx.show(
            cards.handed_back(request.path, mine=request.by == ctx.person)
            if gone
            else await self._one(ctx, request.id)
        )

    async def keep(self, ctx: InteractionContext) -> None:
        await self._paths.requests.keep(ctx.person, ctx.argument)
        await ctx.show(await self._one(ctx, ctx.argument))

    async def entering(self, ctx: InteractionContext) -> None:
        view = await self._paths.queries.show_beside(ctx.person, ctx.argument)
        country = self._services.servers.country(view.path.server)
        await ctx.show(cards.entering(self._library, ctx.argument, country).within(country))

    async def kind(self, ctx: InteractionContext) -> None:
        kind = _kind(ctx.chosen[0] if ctx.chosen else ctx.word)
        await self._paths.requests.require_room(ctx.person, ctx.argument, kind, ctx.now)
        view = await self._paths.queries.show_beside(ctx.person, ctx.argument)
        country = self._services.servers.country(view.path.server)
        again = cards.entering(self._library, ctx.argument, country).within(country)
        await ctx.ask(forms.request(self._form, ctx.argument, kind), again)

    async def enter(self, ctx: InteractionContext) -> None:
        text = ctx.typed.get("request", "")
        made = await self._paths.requests.enter(ctx.person, ctx.argument, _kind(ctx.word), text, ctx.now)
        await ctx.show(await self._one(ctx, made.id))
        view = await self._paths.queries.show_beside(ctx.person, made.path)
        await self._alongside.stand(ctx, view.path.server)

    async def of_message(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card that a message about a request opens, and close the message."""
        path = await self._paths.requests.read(ctx.person, id, ctx.now)
        try:
            return await self._one(ctx, id)
        except NotYours:
            return await self._listed(ctx, path)

    # -- their own place ------------------------------------------------------------------------

    async def leaving(self, ctx: InteractionContext) -> None:
        """Say what stopping means. For everybody: also somebody under 18 can stop."""
        place = await self._paths.beside.place(ctx.person, ctx.argument)
        country = self._services.servers.country(place.server)
        await ctx.show(cards.leaving(self._library, ctx.argument, country).within(country))

    async def leave(self, ctx: InteractionContext) -> None:
        await self._paths.beside.leave(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.left())

    async def stay(self, ctx: InteractionContext) -> None:
        place = await self._paths.beside.stay(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.stayed(place.path))

    async def term(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card of the question after six months."""
        place = await self._paths.beside.place(ctx.person, id)
        return cards.term(place.id, place.path)

    # -- inside ---------------------------------------------------------------------------------

    async def _listed(self, ctx: InteractionContext, path: str) -> Card:
        try:
            view = await self._paths.queries.show(ctx.person, path, ctx.now)
        except NotYours:
            other = await self._paths.queries.show_beside(ctx.person, path)
            return cards.requests(self._library, path, other.requests)
        return cards.asked_of_me(view)

    async def _one(self, ctx: InteractionContext, id: str) -> Card:
        return cards.request(self._library, await self._paths.queries.request(ctx.person, id))


def _kind(kind: str) -> RequestKind:
    if kind not in set(RequestKind):
        raise NotYours
    return RequestKind(kind)
