"""The handlers from `/pair start` until the pair runs, for the starter and for the person who is asked."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.errors import NoPartner, NoSuchSchedule, NotAPerson, PairClosed, PairUnwritten, ZoneUnknown
from bot.pairs.models import About, Pair, PairState, PairText
from bot.pairs.queries import PairDraft
from bot.pairs.schedule import Cadence, PairSchedule
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.picked import Picked, picked
from cogs.pair import cards as pair_cards
from cogs.pair import forms
from cogs.pair.start import cards
from cogs.shared import zones
from cogs.shared.alongside.handlers import Alongside

Chosen = Callable[[PairSchedule, str], PairSchedule]


class ProposalHandlers:
    """No message is sent here: a proposal waits until the partner opens `/pair` or `/inbox`."""

    def __init__(self, services: Services, called: Callable[[ServerId], str]) -> None:
        """`called` returns a server's name; empty if it is not known."""
        self._services = services
        self._called = called
        self._library = services.library
        self._pairs = services.pairs
        self._proposals = services.pairs.proposals
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pairs.new": self.new,
            "pairs.draft": self.draft,
            "pairs.partner": self.partner,
            "pairs.before": self.before,
            "pairs.form": self.form,
            "pairs.write": self.write,
            "pairs.take_back": self.take_back,
            "pairs.decline": self.decline,
        }.items():
            services.router.handle(verb, handler)

    async def begin(
        self,
        ctx: InteractionContext,
        server: ServerId,
        schedule: PairSchedule,
        whom: Picked | None,
        zone: str = "",
        *,
        whole: bool,
    ) -> None:
        """Begin a draft by `/pair start`. If the `whole` schedule was given, its selects are skipped."""
        if whom is not None and whom.bot:
            raise NotAPerson
        discord_user = None if whom is None else whom.user
        meant = zones.meant(zone) if zone else ""
        drafted = await self._proposals.begin(ctx.person, server, schedule, discord_user, ctx.now, zone=meant)
        await ctx.show(self._first(drafted, whole=whole))

    async def new(self, ctx: InteractionContext) -> None:
        """Handle `Ask someone to keep at it with me` of a plan.

        The plan's text becomes the aim of a new draft.
        """
        shown = await self._services.plans.show(ctx.person, ctx.argument)
        server, aim = shown.plan.server, shown.words.action
        if ctx.server is None:
            await ctx.add(cards.only_in_a_server("" if server is None else self._called(server)))
            return
        drafted = await self._proposals.begin(ctx.person, ctx.server, PairSchedule(), None, ctx.now, aim=aim)
        await ctx.add(self._first(drafted))

    async def draft(self, ctx: InteractionContext) -> None:
        """Show the schedule of a draft, with its selects."""
        drafted = await self._proposals.draft(ctx.person, ctx.argument)
        card = self._near(cards.draft(drafted), drafted.pair) if drafted.mine else self._first(drafted)
        await ctx.show(card)

    async def partner(self, ctx: InteractionContext) -> None:
        whom = picked(ctx)
        if whom.bot:
            raise NotAPerson
        await ctx.show(cards.draft(await self._proposals.pick(ctx.person, ctx.argument, whom.user, ctx.now)))

    async def choose(self, ctx: InteractionContext, chosen: Chosen) -> None:
        """Take a choice in one of the selects for a draft's schedule."""
        drafted = await self._proposals.draft(ctx.person, ctx.argument)
        schedule = chosen(drafted.pair.schedule, ctx.chosen[0] if ctx.chosen else "")
        drafted = await self._proposals.choose(ctx.person, ctx.argument, schedule)
        await ctx.show(cards.draft(drafted))

    async def before(self, ctx: InteractionContext) -> None:
        drafted = await self._proposals.draft(ctx.person, ctx.argument)
        if drafted.pair.partner is None:
            raise NoPartner(ctx.argument)
        await ctx.show(self._first(drafted, whole=True))

    async def form(self, ctx: InteractionContext) -> None:
        drafted = await self._proposals.draft(ctx.person, ctx.argument)
        if drafted.pair.partner is None:
            raise NoPartner(ctx.argument)
        await ctx.ask(forms.pair(self._library, drafted, ctx.word or drafted.about or ""))

    async def write(self, ctx: InteractionContext) -> None:
        """Take the form. Store the text first and check it afterwards, so that nothing is lost."""
        id, typed = ctx.argument, ctx.typed
        words = PairText(*(typed.get(key, "") for key in ("aim", "signs", "words", "zone")))
        pair = await self._proposals.sent(ctx.person, id, words)
        if pair is None:
            about = About(ctx.word) if ctx.word in set(About) else None
            await self._proposals.write(ctx.person, id, words, zones.meant(words.zone), about)
            drafted = await self._proposals.draft(ctx.person, id)
            await self._still_here(drafted)
            try:
                pair = await self._proposals.send(ctx.person, id, ctx.now)
            except (PairUnwritten, ZoneUnknown) as refused:
                # The text is kept and `Edit` opens it again, so the card doesn't have to show it.
                await ctx.show(cards.to_edit(refused))
                await self._alongside.stand(ctx, drafted.pair.server)
                return
        await ctx.show(await self._sent(ctx, pair))
        await self._alongside.stand(ctx, pair.server)

    async def _sent(self, ctx: InteractionContext, pair: Pair) -> Card:
        """Return the card of a proposal that waits for the partner now, or of a pair that runs now."""
        if pair.state is PairState.PROPOSED:
            return await self.waiting(ctx, pair, fresh=True)
        view = await self._pairs.queries.show(ctx.person, pair.id, ctx.now)
        return self._near(pair_cards.begun(view), pair)

    async def take_back(self, ctx: InteractionContext) -> None:
        try:
            gone = await self._proposals.take_back(ctx.person, ctx.argument, ctx.now)
        except AlreadyDone:
            # The partner has accepted meanwhile, so the pair runs, and can be ended like any other.
            view = await self._pairs.queries.show(ctx.person, ctx.argument, ctx.now)
            await ctx.show(self._near(pair_cards.begun(view), view.pair))
            return
        if gone.starts_on is not None:
            raise PairClosed
        await ctx.show(cards.gone(gone))

    async def decline(self, ctx: InteractionContext) -> None:
        pair = await self._proposals.decline(ctx.person, ctx.argument)
        await ctx.show(cards.declined(await self._name_of(ctx, pair, pair.starter)))

    async def waiting(self, ctx: InteractionContext, pair: Pair, *, fresh: bool = False) -> Card:
        """Return the card of a proposal, for its starter or for the person who is asked."""
        if pair.starter == ctx.person:
            name = await self._name_of(ctx, pair, pair.other(ctx.person))
            return self._near(cards.proposed(pair, name, fresh=fresh), pair)
        drafted = await self._proposals.draft(ctx.person, pair.id)
        await self._still_here(drafted)
        return self._first(drafted)

    async def _name_of(self, ctx: InteractionContext, pair: Pair, whom: PersonId) -> str:
        called = await self._services.people.called(ctx.person, pair.server, whom, pair.asked_at)
        return called or ""

    async def _still_here(self, drafted: PairDraft) -> None:
        """Check that the starter is still in the server.

        Nobody should accept a pair with somebody who left.
        """
        pair = drafted.pair
        if drafted.mine:
            return
        if not await self._services.membership.still_here(pair.server, pair.starter):
            raise PairClosed

    def _first(self, drafted: PairDraft, *, whole: bool = False) -> Card:
        return self._near(cards.before(self._library, drafted, whole=whole), drafted.pair)

    def _near(self, card: Card, pair: Pair) -> Card:
        return card.within(self._services.servers.country(pair.server))


def cadence(schedule: PairSchedule, chosen: str) -> PairSchedule:
    if chosen not in set(Cadence):
        raise NoSuchSchedule
    return schedule.every(Cadence(chosen))


def day(schedule: PairSchedule, chosen: str) -> PairSchedule:
    return replace(schedule, day=_number(chosen))


def minute(schedule: PairSchedule, chosen: str) -> PairSchedule:
    return replace(schedule, minute=_number(chosen))


def weeks(schedule: PairSchedule, chosen: str) -> PairSchedule:
    return replace(schedule, weeks=_number(chosen))


def _number(chosen: str) -> int:
    if not chosen.isdecimal():
        raise NotYours
    return int(chosen)
