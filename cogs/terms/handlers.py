"""Presses on the cards of what somebody keeps: change it, ask a carrier, let them read it, take it back."""

from bot.content.models import FormName
from bot.errors import NotYours
from bot.services import Services
from bot.terms.errors import AlreadyKept, NotAPerson, NotHere, Yourself
from bot.terms.models import TermsText
from bot.terms.queries import TermsView
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.picked import Picked, aimed_at, picked
from cogs.shared.alongside.handlers import Alongside
from cogs.terms import cards, forms, strings, wording


class TermsHandlers:
    """Translates presses to `services.terms`, for the author."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._terms = services.terms
        self._texts = services.library.terms
        self._form = services.library.form(FormName.TERMS)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "terms.keep": self.keep,
            "terms.carry": self.carry,
            "terms.home": self.home,
            "terms.text": self.text,
            "terms.change": self.change,
            "terms.rewants": self.rewants,
            "terms.rewords": self.rewords,
            "terms.rewrote": self.rewrote,
            "terms.remove": self.remove,
            "terms.removed": self.removed,
            "terms.choose": self.choose,
            "terms.chosen": self.chosen,
            "terms.ask": self.ask,
            "terms.withdraw": self.withdraw,
            "terms.before": self.before,
            "terms.let": self.let,
            "terms.came": self.came,
            "terms.tells": self.tells,
        }.items():
            services.router.handle(verb, handler)

    # -- keeping --------------------------------------------------------------------------------

    async def keep(self, ctx: InteractionContext) -> None:
        """Keep the words that stand on the card, only for them."""
        view = await self._keep(ctx, carried=False)
        if view is not None:
            await ctx.show(cards.home(view, strings.KEPT_NOW))

    async def carry(self, ctx: InteractionContext) -> None:
        """Keep the words that stand on the card, and let them choose who carries them."""
        view = await self._keep(ctx, carried=True)
        if view is not None:
            await ctx.show(await self._choose(ctx, view))

    async def home(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.home_card(ctx))

    async def home_card(self, ctx: InteractionContext, notice: str = "") -> Card:
        return cards.home(await self._terms.show(ctx.person, ctx.now), notice)

    async def text(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.text(await self._terms.show(ctx.person, ctx.now)))

    async def change(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.change(await self._terms.show(ctx.person, ctx.now), self._texts))

    async def rewants(self, ctx: InteractionContext) -> None:
        """Open the form for what was chosen. The select is shown again behind it."""
        view = await self._terms.show(ctx.person, ctx.now)
        form = forms.rewrite(self._form, wording.chosen(ctx.chosen), view.text.words)
        await ctx.ask(form, cards.change(view, self._texts))

    async def rewords(self, ctx: InteractionContext) -> None:
        view = await self._terms.show(ctx.person, ctx.now)
        await ctx.ask(forms.rewrite(self._form, view.text.wants, view.text.words))

    async def rewrote(self, ctx: InteractionContext) -> None:
        text = TermsText.of(wording.wants_of(ctx.argument), ctx.typed.get(forms.FIELD, ""))
        view = await self._terms.rewrite(ctx.person, text, ctx.now)
        await ctx.show(cards.home(view, strings.CHANGED_NOW))
        await self._alongside.stand(ctx, None)

    async def remove(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.delete(await self._terms.show(ctx.person, ctx.now)))

    async def removed(self, ctx: InteractionContext) -> None:
        await self._terms.remove(ctx.person, ctx.now)
        await ctx.show(cards.deleted())

    # -- a carrier ------------------------------------------------------------------------------

    async def choose(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._choose(ctx, await self._terms.show(ctx.person, ctx.now)))

    async def chosen(self, ctx: InteractionContext) -> None:
        """Say who was chosen. They are asked by the next press."""
        whom = _somebody_else(picked(ctx))
        await ctx.show(cards.chosen(whom, await self._terms.show(ctx.person, ctx.now)))

    async def ask(self, ctx: InteractionContext) -> None:
        """Ask the account that the button names, if Discord finds it in this server.

        Anybody can send any id. What comes depends on who is a member, and not on who has used the bot.
        """
        if ctx.server is None or not ctx.argument.isdecimal():
            raise NotYours
        await self._terms.show(ctx.person, ctx.now)
        member = await self._services.membership.member(ctx.server, int(ctx.argument))
        if member is None:
            raise NotHere
        whom = _somebody_else(aimed_at(ctx, member))
        await ctx.show(
            cards.asked(await self._terms.carriers.ask(ctx.person, ctx.server, whom.user, ctx.now))
        )

    async def withdraw(self, ctx: InteractionContext) -> None:
        """Take it back from whoever was asked, at once, and say so as its author could see it before."""
        one = await self._terms.carriers.withdraw(ctx.person, ctx.argument, ctx.now)
        notice = strings.TAKEN_BEFORE
        if one.waits or one.agreed:
            notice = cards.line(strings.NOT_ASKED if one.waits else strings.TAKEN_BACK, one)
        await ctx.show(await self.home_card(ctx, notice))

    async def before(self, ctx: InteractionContext) -> None:
        """Show what the carrier will read, before it goes to them."""
        one = await self._terms.carriers.before(ctx.person, ctx.argument, ctx.now)
        view = await self._terms.show(ctx.person, ctx.now)
        first, *others = cards.before(view, one, self._texts)
        await ctx.show(first)
        for card in others:
            await ctx.add(card)

    async def let(self, ctx: InteractionContext) -> None:
        if not ctx.word.isdecimal():
            raise NotYours
        one = await self._terms.carriers.before(ctx.person, ctx.argument, ctx.now)
        carrying = one.carrying
        if not await self._services.membership.still_here(carrying.server, carrying.carrier):
            # They have left since, so that the two may share another server, or nobody carries it any more.
            one = await self._terms.carriers.before(ctx.person, ctx.argument, ctx.now)
        await self._terms.carriers.let(ctx.person, one.carrying.id, int(ctx.word), ctx.now)
        await ctx.show(await self.home_card(ctx, strings.LET_NOW))

    async def came(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.came_card(ctx, ctx.argument))

    async def came_card(self, ctx: InteractionContext, carrying: str) -> Card:
        one, outcome = await self._terms.carriers.see_what_came(ctx.person, carrying, ctx.now)
        return cards.came(one, outcome, one.carrying.came_at)

    async def tells(self, ctx: InteractionContext) -> None:
        """Choose whether a message comes when the carrier has said how it went."""
        if ctx.word not in (cards.ON, cards.OFF):
            raise NotYours
        view = await self._terms.tell_me(ctx.person, ctx.now, tells=ctx.word == cards.ON)
        await ctx.show(cards.home(view))

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(self, ctx: InteractionContext, *, carried: bool) -> TermsView | None:
        """Keep what stands on the card. If they keep something else already, show a card that says so."""
        text = wording.shown_again(ctx.shown, wording.wants_of(ctx.argument))
        if text.blank:
            await ctx.show(cards.nothing())
            return None
        try:
            return await self._terms.keep(ctx.person, text, ctx.now, instead=ctx.word == cards.INSTEAD)
        except AlreadyKept:
            await ctx.show(cards.other_kept(text, carried=carried))
            return None

    async def _choose(self, ctx: InteractionContext, view: TermsView) -> Card:
        """Let them choose somebody. This works only in a server."""
        if ctx.server is not None:
            return cards.choose(view, self._texts, ctx.now)
        common = await self._services.people.servers_of(ctx.person)
        name = self._services.server_lookup.name(common[0]) if len(common) == 1 else ""
        return cards.only_in_a_server(self._texts, name)


def _somebody_else(whom: Picked) -> Picked:
    if whom.bot:
        raise NotAPerson
    if whom.self:
        raise Yourself
    return whom
