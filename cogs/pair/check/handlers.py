"""The handlers of check-ins: the question, the answers, and what is shared."""

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.check_in import ANSWERS, CheckInStatus, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.queries import CheckInView
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.ask.cards import start as ask_cards
from cogs.pair import forms
from cogs.pair.check import cards, strings
from cogs.shared.alongside.handlers import Alongside


class CheckInHandlers:
    """Handlers for a question to one person. The partner learns only what is shared."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._library = services.library
        self._check_ins = services.pairs.check_ins
        self._sharing = services.pairs.sharing
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pairs.check": self.check,
            "pairs.mark": self.mark,
            "pairs.tonight": self.tonight,
            "pairs.hurt": self.hurt,
            "pairs.note": self.note,
            "pairs.noted": self.noted,
            "pairs.share": self.share,
            "pairs.keep": self.keep,
            "pairs.notes": self.notes,
            "pairs.unshare": self.unshare,
            "pairs.wish": self.wish,
            "pairs.answer": self.answer,
            "pairs.shared": self.shared,
            "pairs.renew": self.renew,
        }.items():
            services.router.handle(verb, handler)

    # -- the person who is asked ----------------------------------------------------------------

    async def check(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.card(ctx, ctx.argument, again=ctx.word == "again"))

    async def card(self, ctx: InteractionContext, id: str, *, again: bool = False) -> Card:
        """Return the question, or what was answered. With `again`, return the question in any case."""
        shown = await self._check_ins.open(ctx.person, id, ctx.now)
        one = shown.check_in
        if again or one.status is None:
            return await self._question(ctx, shown)
        if one.status is CheckInStatus.SLIPPED and one.shared_at is None:
            # Whether somebody was hurt is not stored, so the question comes again before a note can be
            # written.
            return self._near(cards.hurt(self._library, shown), shown)
        return await self._answered(ctx, shown)

    async def mark(self, ctx: InteractionContext) -> None:
        """Take an answer. Before one that something went wrong, ask whether somebody was hurt."""
        if ctx.word not in ANSWERS:
            raise NotYours
        status = CheckInStatus(ctx.word)
        if status is CheckInStatus.SLIPPED:
            shown = await self._check_ins.open(ctx.person, ctx.argument, ctx.now)
            await ctx.show(self._near(cards.hurt(self._library, shown), shown))
            return
        shown = await self._check_ins.mark(ctx.person, ctx.argument, status, ctx.now)
        await ctx.show(await self._answered(ctx, shown))

    async def tonight(self, ctx: InteractionContext) -> None:
        """Ask again this evening. After a second press, show what holds now."""
        shown = await self._check_ins.ask_tonight(ctx.person, ctx.argument, ctx.now)
        at = shown.check_in.waits_until(ctx.now)
        if at is None:
            await ctx.show(await self._stands(ctx, shown))
        else:
            await ctx.show(self._near(cards.tonight(shown, at), shown))

    async def hurt(self, ctx: InteractionContext) -> None:
        """Take the answer to whether somebody was hurt.

        If it is yes, store nothing and lead to talking in person. Only after a no, the check-in is answered:
        so `slipped` never stands for harm.
        """
        if ctx.word == "no":
            slipped = CheckInStatus.SLIPPED
            shown = await self._check_ins.mark(ctx.person, ctx.argument, slipped, ctx.now)
            await ctx.show(await self._answered(ctx, shown))
            return
        shown = await self._check_ins.open(ctx.person, ctx.argument, ctx.now)
        country = self._services.servers.country(shown.check_in.server)
        await ctx.show(ask_cards.talk(self._library, country, shown.check_in.server))

    async def note(self, ctx: InteractionContext) -> None:
        shown = await self._check_ins.open(ctx.person, ctx.argument, ctx.now)
        if shown.check_in.status is None:
            raise NotYours
        await ctx.ask(forms.note(self._library, shown))

    async def noted(self, ctx: InteractionContext) -> None:
        text = ctx.typed.get("note", "")
        shown = await self._check_ins.note(ctx.person, ctx.argument, text, ctx.now)
        await ctx.show(await self._answered(ctx, shown))
        await self._alongside.stand(ctx, shown.check_in.server)

    async def share(self, ctx: InteractionContext) -> None:
        await self._both_here(ctx)
        shown = await self._check_ins.share(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._answered(ctx, shown))

    async def keep(self, ctx: InteractionContext) -> None:
        shown = await self._check_ins.keep(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._answered(ctx, shown, kept=True))

    async def notes(self, ctx: InteractionContext) -> None:
        """Show a person's own notes, also after a round, and until seven days after the end of the pair."""
        number = int(ctx.word) if ctx.word.isdecimal() else 0
        shown = await self._services.pairs.history.notes(ctx.person, ctx.argument, number)
        await ctx.show(Card(strings.NOTES_TITLE, strings.NO_NOTES) if shown is None else cards.own(shown))

    async def unshare(self, ctx: InteractionContext) -> None:
        shown = await self._check_ins.keep(ctx.person, ctx.argument, ctx.now)
        own = await self._services.pairs.history.notes(ctx.person, shown.check_in.pair, 0)
        await ctx.show(Card(strings.NOTES_TITLE, strings.NO_NOTES) if own is None else cards.own(own))

    async def wish(self, ctx: InteractionContext) -> None:
        await self._both_here(ctx)
        shown = await self._check_ins.wish(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._stands(ctx, shown))

    async def renew(self, ctx: InteractionContext) -> None:
        pair = await self._sharing.pair_of(ctx.person, ctx.argument)
        await self._services.pairs.changes.renew(ctx.person, pair.id, ctx.now)
        shown = await self._check_ins.open(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self._stands(ctx, shown))

    async def about_talking(self, ctx: InteractionContext, id: str) -> None:
        """Show what the partner has answered to `I'd like to talk`."""
        shown = await self._check_ins.look(ctx.person, id)
        await ctx.add(self._near(cards.about_talking(shown), shown))

    # -- the partner ----------------------------------------------------------------------------

    async def open_wish(self, ctx: InteractionContext, id: str) -> None:
        shown = await self._sharing.wished(ctx.person, id)
        await self._here(shown.check_in.server, shown.check_in.person)
        card = cards.wished(self._library, shown)
        await ctx.add(card.within(self._services.servers.country(shown.check_in.server)))

    async def answer(self, ctx: InteractionContext) -> None:
        if ctx.word not in (Wish.LATER, Wish.NOT_NOW):
            raise NotYours
        shown = await self._sharing.answer(ctx.person, ctx.argument, Wish(ctx.word), ctx.now)
        card = cards.wished(self._library, shown)
        await ctx.show(card.within(self._services.servers.country(shown.check_in.server)))

    async def shared(self, ctx: InteractionContext) -> None:
        number = int(ctx.word) if ctx.word.isdecimal() else 0
        await ctx.show(await self._shared(ctx, ctx.argument, number))

    async def open_shared(self, ctx: InteractionContext, id: str) -> None:
        pair = await self._sharing.pair_of(ctx.person, id)
        await ctx.add(await self._shared(ctx, pair.id, 0))

    async def _shared(self, ctx: InteractionContext, pair: str, number: int) -> Card:
        view = await self._services.pairs.queries.show(ctx.person, pair, ctx.now)
        await self._here(view.pair.server, view.pair.other(ctx.person))
        shown = await self._sharing.shared(ctx.person, pair, number, ctx.now)
        return cards.shared(self._library, shown).within(self._services.servers.country(view.pair.server))

    # -- inside ---------------------------------------------------------------------------------

    async def _stands(self, ctx: InteractionContext, shown: CheckInView) -> Card:
        """Return the card after a press that is no answer: it shows the answer so far, or the question."""
        question = shown.check_in.status is None
        return await (self._question if question else self._answered)(ctx, shown)

    async def _question(self, ctx: InteractionContext, shown: CheckInView) -> Card:
        shown = await self._heard(ctx, shown)
        return self._near(cards.asked(self._library, shown, ctx.now), shown)

    async def _answered(self, ctx: InteractionContext, shown: CheckInView, *, kept: bool = False) -> Card:
        shown = await self._heard(ctx, shown)
        return self._near(cards.answered(self._library, shown, kept=kept), shown)

    async def _heard(self, ctx: InteractionContext, shown: CheckInView) -> CheckInView:
        """Record that a card shows now what the partner has answered to a wish, if nothing told it before.

        Return the check-in as it is then: a boundary may have been set meanwhile.
        """
        return await self._check_ins.hear(ctx.person, shown.check_in.id, ctx.now) if shown.untold else shown

    async def _both_here(self, ctx: InteractionContext) -> None:
        pair = await self._sharing.pair_of(ctx.person, ctx.argument)
        await self._here(pair.server, pair.other(ctx.person))

    async def _here(self, server: ServerId, other: PersonId) -> None:
        """Check that the partner is still in the server.

        Discord doesn't announce leaving, which ends the pair.
        """
        if not await self._services.membership.still_here(server, other):
            raise PairClosed

    def _near(self, card: Card, shown: CheckInView) -> Card:
        return card.within(self._services.servers.country(shown.check_in.server))
