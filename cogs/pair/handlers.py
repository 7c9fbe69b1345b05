"""Handlers for a running pair: show, change, pause and end it."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.pairs.errors import PairClosed
from bot.pairs.models import PairState
from bot.pairs.queries import PairView
from bot.services import Services
from bot.ui import labels
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.router import Handler
from cogs.pair import cards, strings
from cogs.pair.months import cards as months_cards
from cogs.pair.start import cards as start_cards
from cogs.pair.start.handlers import Chosen, ProposalHandlers, cadence, day, minute, weeks

CHANGE = "change"
"""The word of a select that belongs to a schedule change, and not to a draft."""


class PairHandlers:
    """What either partner can do at any time."""

    def __init__(self, services: Services, start: ProposalHandlers) -> None:
        self._services = services
        self._start = start
        self._pairs = services.pairs
        self._changes = services.pairs.changes
        self._pauses = services.pairs.pauses
        self._verbs: dict[str, Handler] = {
            "pairs.show": self.show,
            "pairs.mine": self.mine,
            "pairs.change": self.change,
            "pairs.put": self.put,
            "pairs.untake": self.untake,
            "pairs.agree": self.agree,
            "pairs.as_is": self.as_is,
            "pairs.pausing": self.pausing,
            "pairs.pause": self.pause,
            "pairs.resume": self.resume,
            "pairs.ending": self.ending,
            "pairs.end": self.end,
        }

    def register(self, services: Services) -> None:
        for verb, chosen in {
            "pairs.cadence": cadence, "pairs.day": day, "pairs.late_day": day,
            "pairs.at": minute, "pairs.weeks": weeks,
        }.items():  # fmt: skip
            services.router.handle(verb, self._chooses(chosen))
        for verb, handler in self._verbs.items():
            services.router.handle(verb, handler)

    def does(self, verb: str) -> Handler:
        """Return the handler of this verb's button, for a command that does the same."""
        return self._verbs[verb]

    async def which(self, ctx: InteractionContext, verb: str, *, past: bool = False) -> str | None:
        """Return the id of the only pair that may be meant.

        If there are several or none, show that and return None.
        """
        find = self._pairs.queries.past if past else self._pairs.queries.of
        found = await find(ctx.person, ctx.server)
        if verb not in ("pairs.show", "pairs.history"):
            found = [(pair, who) for pair, who in found if pair.state is PairState.RUNNING]
        if len(found) == 1:
            return found[0][0].id
        if not found:
            await ctx.show(months_cards.nothing() if past else Card(strings.NONE_TITLE, strings.NONE))
            return None
        told = []
        for pair, who in found:
            waits = strings.WAITS_FOR if pair.starter == ctx.person else strings.ASKS_YOU
            sentence = strings.WITH if pair.state is not PairState.PROPOSED else waits
            told.append((pair.id, sentence.format(name=labels.within(who))))
        await ctx.show(start_cards.which(told, verb))
        return None

    # -- looking --------------------------------------------------------------------------------

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.card(ctx, _meant(ctx)))

    async def card(self, ctx: InteractionContext, id: str, title: str = "") -> Card:
        """Return the card of a running pair, or of a proposal that waits."""
        for pair, _ in await self._pairs.queries.of(ctx.person, None):
            if pair.id == id and pair.state is PairState.PROPOSED:
                return await self._start.waiting(ctx, pair)
        view = await self._view(ctx, id)
        return self._near(cards.pair(view, title=title), view)

    async def mine(self, ctx: InteractionContext) -> None:
        view = await self._view(ctx, ctx.argument)
        await ctx.show(self._near(cards.pair(view, mine=True), view))

    # -- schedule changes -----------------------------------------------------------------------

    async def change(self, ctx: InteractionContext) -> None:
        view = await self._changes.begin(ctx.person, _meant(ctx), ctx.now)
        await ctx.show(self._near(cards.change(view), view))

    async def put(self, ctx: InteractionContext) -> None:
        await self._view(ctx, ctx.argument)
        view = await self._changes.put(ctx.person, ctx.argument, ctx.now)
        agreed = view.change is None
        await ctx.show(self._near(cards.pair(view) if agreed else cards.change(view), view))

    async def untake(self, ctx: InteractionContext) -> None:
        view = await self._changes.take_back(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.pair(view), view))

    async def agree(self, ctx: InteractionContext) -> None:
        """Accept the change that the card showed.

        If the partner has suggested another one since, show that first.
        """
        view = await self._view(ctx, ctx.argument)
        if view.offered is not None and ctx.word != cards.as_of(view.offered):
            await ctx.show(self._near(cards.pair(view), view))
            return
        await self._settle(ctx, self._changes.agree)

    async def as_is(self, ctx: InteractionContext) -> None:
        await self._settle(ctx, self._changes.keep_as_is)

    async def _settle(self, ctx: InteractionContext, answer: Callable[..., Awaitable[PairView]]) -> None:
        """Answer the partner's change.

        If none waits any more, as after a second press, show the current state.
        """
        await self._view(ctx, ctx.argument)
        with suppress(PairClosed):
            await answer(ctx.person, ctx.argument, ctx.now)
        view = await self._pairs.queries.show(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(cards.pair(view, title=strings.SETTLED_TITLE), view))

    def _chooses(self, chosen: Chosen) -> Handler:
        async def choose(ctx: InteractionContext) -> None:
            if ctx.word != CHANGE:
                await self._start.choose(ctx, chosen)
                return
            view = await self._changes.begin(ctx.person, ctx.argument, ctx.now)
            now = view.pair.schedule if view.change is None else view.change.schedule
            schedule = chosen(now, ctx.chosen[0] if ctx.chosen else "")
            view = await self._changes.choose(ctx.person, ctx.argument, schedule, ctx.now)
            await ctx.show(self._near(cards.change(view), view))

        return choose

    # -- pausing and ending ---------------------------------------------------------------------

    async def pausing(self, ctx: InteractionContext) -> None:
        view = await self._view(ctx, _meant(ctx))
        await ctx.show(self._near(cards.pausing(view), view))

    async def pause(self, ctx: InteractionContext) -> None:
        days = int(ctx.word) if ctx.word.isdecimal() else 0
        view = await self._pauses.pause(ctx.person, ctx.argument, days, ctx.now)
        await ctx.show(self._near(cards.pair(view), view))

    async def resume(self, ctx: InteractionContext) -> None:
        view = await self._pauses.resume(ctx.person, _meant(ctx), ctx.now)
        await ctx.show(self._near(cards.pair(view), view))

    async def ending(self, ctx: InteractionContext) -> None:
        view = await self._view(ctx, _meant(ctx))
        await ctx.show(self._near(cards.ending(view), view))

    async def end(self, ctx: InteractionContext) -> None:
        await self._pairs.end(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.ended(await self._ended_with(ctx, ctx.argument), own=True))

    async def ended(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card about a pair that has ended, for the partner who is told so."""
        return cards.ended(await self._ended_with(ctx, id))

    async def lapsed(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card about a proposal that nobody answered."""
        return cards.lapsed(await self._ended_with(ctx, id))

    # -- inside ---------------------------------------------------------------------------------

    async def _ended_with(self, ctx: InteractionContext, id: str) -> str:
        return await self._pairs.queries.ended_with(ctx.person, id)

    async def _view(self, ctx: InteractionContext, id: str) -> PairView:
        """Return a pair, after checking that the partner is still in the server: leaving ends the pair."""
        view = await self._pairs.queries.show(ctx.person, id, ctx.now)
        if not await self._services.membership.still_here(view.pair.server, view.pair.other(ctx.person)):
            view = await self._pairs.queries.show(ctx.person, id, ctx.now)
        if view.unread:
            await self._pairs.saw(ctx.person, id)
        return view

    def _near(self, card: Card, view: PairView) -> Card:
        return card.within(self._services.servers.country(view.pair.server))


def _meant(ctx: InteractionContext) -> str:
    """Return the id of the pair in the button, or of the one that was chosen from several."""
    return ctx.chosen[0] if ctx.chosen else ctx.argument
