"""Steps 1 and 2 of an ask: what comes before the form, and what leads to other help."""

from datetime import datetime

from bot.asks.models import Ask, AskKind, AskState
from bot.asks.queries import Beginning
from bot.content.helplines import SupportTopic
from bot.errors import NotYours
from bot.ids import ServerId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.ask import forms
from cogs.ask.cards import start as cards
from cogs.ask.newcomers import Newcomers
from cogs.shared.support import cards as support
from cogs.shared.support import helplines

CHECKED = (AskKind.OFF, AskKind.PUSHED, AskKind.SAW)
"""The kinds for which a checklist of facts decides whether they go to friends in writing."""


class StartHandlers:
    """Handlers that lead from `/ask` to the form, or to other help."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._library = services.library
        self._drafts = services.asks.drafts
        self._servers = services.servers
        self._preferences = services.preferences
        self._plans = services.plans
        self._newcomers = Newcomers(services.membership)

    def register(self, services: Services) -> None:
        for verb, handler in (
            ("asks.agree", self.agree),
            ("asks.minor", self.minor),
            ("asks.back", self.back),
            ("asks.kind", self.kind),
            ("asks.facts", self.facts),
            ("asks.may_tell", self.may_tell),
            ("asks.check", self.check),
        ):
            services.router.handle(verb, handler)

    async def begin(self, ctx: InteractionContext, server: ServerId, message: str = "") -> None:
        """Begin `/ask`: show what they must know first, or ask directly what it is about."""
        beginning = await self._begin(ctx, server, message, await self._newcomers.joined_at(ctx, server))
        await ctx.show(self._first(beginning))
        if beginning.consented:
            await self._show_long(ctx, message)

    async def agree(self, ctx: InteractionContext) -> None:
        version, (seen, _, days) = self._library.before.version, ctx.word.partition("-")
        if seen != str(version) or not days.isdecimal():
            await self._show_again(ctx)
            return
        opened = await self._drafts.agree(ctx.person, ctx.argument, version, int(days), ctx.now)
        await ctx.show(cards.kinds(opened.ask, opened.around))
        await self._show_long(ctx, opened.message)

    async def minor(self, ctx: InteractionContext) -> None:
        """Record that they are under 18. Then show what there is for them, and helplines.

        It can't be undone for a day. So if that would end something of theirs, ask once more.
        """
        opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
        if ctx.word != "sure" and await self._anything_open(ctx):
            await ctx.show(cards.sure_under_18(opened.ask))
            return
        ask = await self._drafts.lead_away(ctx.person, ctx.argument, ctx.now)
        await self._preferences.say_minor(ctx.person, ctx.now)
        text = self._library.under18.card
        country = self._servers.country(ask.server)
        await ctx.show(Card(text.title, text.body).within(country))
        page = self._library.under_18(country)
        local = self._servers.local.of(ctx.server)
        await ctx.add(support.under_18(self._library.support_texts, page, ctx.now, local))

    async def back(self, ctx: InteractionContext) -> None:
        """Ask again what the ask is about."""
        opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.kinds(opened.ask, opened.around))

    async def kind(self, ctx: InteractionContext) -> None:
        """Go where the chosen kind leads.

        Five kinds lead to a form, and three of these by the checklist first.
        """
        kind = ctx.chosen[0] if ctx.chosen else ""
        if kind == AskKind.SAID:
            await self._form(ctx, AskKind.SAID)
            return
        if kind in CHECKED or kind == AskKind.NAMED:
            opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
            named = kind == AskKind.NAMED
            await ctx.show(cards.did_they_say(opened.ask) if named else cards.facts(opened.ask, kind))
            return
        ask = await self._drafts.lead_away(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._elsewhere(kind, ask, ctx))
        if kind == "unsafe":
            await ctx.add(self._right_now(ask, ctx))

    async def facts(self, ctx: InteractionContext) -> None:
        """Open the form if `None of these` is the only choice.

        Any other choice leads to talking in person.
        """
        if ctx.word in CHECKED and tuple(ctx.chosen) == ("none",):
            await self._form(ctx, AskKind(ctx.word))
            return
        ask = await self._drafts.lead_away(ctx.person, ctx.argument, ctx.now)
        saw = ctx.word == AskKind.SAW
        lead = cards.gravest(self._library, ctx.chosen, saw=saw)
        await ctx.show(self._talk(ask, AskKind.SAW if saw else None, lead))

    async def may_tell(self, ctx: InteractionContext) -> None:
        if ctx.word == "yes":
            await self._form(ctx, AskKind.NAMED)
            return
        ask = await self._drafts.lead_away(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.ask_them_first(self._library, self._servers.country(ask.server), ask))

    async def check(self, ctx: InteractionContext) -> None:
        """Handle `It happened again` of a plan: ask what it is about, in a new draft.

        A plan doesn't know which ask it was made from, and its owner may be a friend or a witness. So the
        checklist about what somebody did themselves comes only after they have said that.
        """
        plan = await self._plans.happened_again(ctx.person, ctx.argument, ctx.now)
        if plan.server is None:
            raise NotYours
        beginning = await self._begin(ctx, plan.server)
        known = beginning.consented
        kinds = cards.kinds(beginning.ask, beginning.around)
        await ctx.show(kinds if known else self._first(beginning))

    # -- inside ---------------------------------------------------------------------------------

    async def _show_again(self, ctx: InteractionContext) -> None:
        """Show the current text before the first ask, to somebody who pressed on an older one."""
        opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
        beginning = await self._begin(ctx, opened.ask.server, opened.message)
        await ctx.show(cards.before_you_write(self._library, beginning))

    async def _begin(
        self, ctx: InteractionContext, server: ServerId, message: str = "", joined_at: datetime | None = None
    ) -> Beginning:
        version = self._library.before.version
        return await self._drafts.begin(ctx.person, server, version, ctx.now, message, joined_at)

    def _first(self, beginning: Beginning) -> Card:
        if not beginning.consented:
            return cards.before_you_write(self._library, beginning)
        if beginning.written is not None:
            return cards.still_here(beginning.written, beginning.ask)
        return cards.kinds(beginning.ask, beginning.around)

    async def _anything_open(self, ctx: InteractionContext) -> bool:
        """Whether something of theirs would end, if they said that they are under 18."""
        services, me = self._services, ctx.person
        if any(ask.state is not AskState.CLOSED for ask in await services.asks.kept(me)):
            return True
        if await services.asks.drafts.written(me) or await services.plans.of_owner(me):
            return True
        if await services.pairs.queries.of(me, None) or await services.talks.of(me, ctx.now):
            return True
        pods = [
            await services.pods.show(me, server, ctx.now) for server in await services.people.servers_of(me)
        ]
        return any(pod.members or pod.owners or pod.sent for pod in pods)

    async def _form(self, ctx: InteractionContext, kind: AskKind) -> None:
        """Open the form, and reset the select behind it: Discord ignores choosing the same option again."""
        opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
        behind = {
            AskKind.SAID: cards.kinds(opened.ask, opened.around),
            AskKind.NAMED: cards.did_they_say(opened.ask),
        }.get(kind, cards.facts(opened.ask, kind))
        form = forms.write(self._library, opened.ask, kind, opened.words, opened.message)
        await ctx.ask(form, behind)

    async def _show_long(self, ctx: InteractionContext, message: str) -> None:
        if len(message) > self._library.form(AskKind.SAID).field("what").most:
            for card in cards.message(message):
                await ctx.add(card)

    def _talk(self, ask: Ask, kind: AskKind | None, reason: str) -> Card:
        country, lead = self._servers.country(ask.server), f"{reason} {self._library.talk.unsent}".lstrip()
        return cards.talk(self._library, country, ask.server, kind=kind, lead=lead, back_to=ask)

    def _right_now(self, ask: Ask, ctx: InteractionContext) -> Card:
        page = self._library.support(self._servers.country(ask.server), SupportTopic.NOW)
        local = self._servers.local.of(ctx.server)
        return support.topic(self._library.support_texts, page, ctx.now, local)

    def _elsewhere(self, kind: str, ask: Ask, ctx: InteractionContext) -> Card:
        country = self._servers.country(ask.server)
        match kind:
            case "sexual":
                return self._talk(ask, None, self._library.talk.sexual)
            case "hurt":
                return cards.accused(self._library, ask).within(country)
            case "unsafe":
                return cards.unsafe(self._library, country, ask)
            case "minor":
                text = self._library.talk.under_18.filled(emergency=f"**{self._library.emergency(country)}**")
                page = self._library.under_18(country)
                small = f"{page.closing}\n{support.whose(page.country)}"
                return cards.under_18(text, helplines.listed(page, ctx.now), ask, small).within(country)
            case _:
                raise NotYours
