"""The handlers of `Report`, and of every press on its cards."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId
from bot.reports.errors import PassageGone
from bot.reports.models import Passage, PassageKind
from bot.reports.queries import ReportView
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.inbox import InboxEntry
from cogs.report import cards, forms, strings


class ReportHandlers:
    """What somebody can do who reports something. They can see their own reports alone."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._reports = services.reports
        self._library = services.library

    def register(self, services: Services) -> None:
        for verb, handler in {
            "reports.begin": self.begin,
            "reports.go": self.go,
            "reports.draft": self.draft,
            "reports.pick": self.pick,
            "reports.readers": self.readers,
            "reports.write": self.write,
            "reports.written": self.written,
            "reports.send": self.send,
            "reports.discard": self.discard,
        }.items():
            services.router.handle(verb, handler)
        services.inbox.lists(self.waiting)

    async def begin(self, ctx: InteractionContext) -> None:
        """Say what a report is, on a new card, so that the passage stays on theirs. Nothing is stored yet."""
        found = await self._reports.look(ctx.person, _kind(ctx), ctx.argument)
        if isinstance(found, Passage):
            people = self._services.people
            name = await people.called(ctx.person, found.server, found.author, found.at) or ""
            server = self._services.server_lookup.name(found.server)
            await ctx.add(
                cards.begin(found, name, server).within(self._services.servers.country(found.server))
            )
        else:
            await ctx.add(self._near(cards.report(await self._opened(ctx, found.report.id)), found))

    async def go(self, ctx: InteractionContext) -> None:
        view = await self._reports.begin(ctx.person, _kind(ctx), ctx.argument, ctx.now)
        await self._show(ctx, await self._opened(ctx, view.report.id))

    async def draft(self, ctx: InteractionContext) -> None:
        """Show a report, sent or not, or another page of it."""
        view = await self._opened(ctx, ctx.argument)
        number = int(ctx.word) if ctx.word.isdecimal() else 0
        await ctx.show(self._near(cards.report(view, number=number), view))

    async def pick(self, ctx: InteractionContext) -> None:
        view = await self._reports.pick(ctx.person, ctx.argument, ctx.chosen, ctx.now)
        refused = view.report.draft and not {key for key, _ in view.texts} & set(ctx.chosen)
        await self._show(ctx, view, strings.NO_TEXT_TICKED if refused else "")

    async def readers(self, ctx: InteractionContext) -> None:
        view = await self._reports.read_by(ctx.person, ctx.argument, ctx.chosen)
        refused = view.report.draft and not view.ticked & set(ctx.chosen)
        await self._show(ctx, view, strings.NOBODY_TICKED if refused else "")

    async def write(self, ctx: InteractionContext) -> None:
        view = await self._reports.open(ctx.person, ctx.argument)
        if not view.report.draft:
            await self._show(ctx, view)
            return
        await ctx.ask(forms.reason(self._library, view))

    async def written(self, ctx: InteractionContext) -> None:
        text = ctx.typed.get(forms.REASON, "")
        view = await self._reports.write(ctx.person, ctx.argument, text, ctx.now)
        if view.report.draft:
            await self._show(ctx, view)
        else:
            await ctx.show(self._near(cards.too_late(view, text), view))

    async def send(self, ctx: InteractionContext) -> None:
        # Discord doesn't announce everything. After this check, nobody who has left or lost the role gets it.
        await self._opened(ctx, ctx.argument, sure=True)
        try:
            view = await self._reports.send(ctx.person, ctx.argument, ctx.now)
        except PassageGone:
            view = await self._reports.open(ctx.person, ctx.argument)
        await self._show(ctx, view)

    async def discard(self, ctx: InteractionContext) -> None:
        """Delete a draft, or take back what was sent."""
        report = await self._reports.take_back(ctx.person, ctx.argument, ctx.now)
        country = self._services.servers.country(report.server)
        await ctx.show(cards.taken_back(report).within(country))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[InboxEntry]:
        """Return the reports that they haven't sent. It isn't said there what they are about."""
        unsent = await self._reports.unsent(person)
        return [InboxEntry(strings.INBOX_DRAFT, to("reports.draft", one.id)) for one in unsent]

    # -- inside ---------------------------------------------------------------------------------

    async def _opened(self, ctx: InteractionContext, id: str, *, sure: bool = False) -> ReportView:
        """Return a report, after checking which of those named in a draft still moderate.

        Discord is asked about each of them once a day, or now if it must be sure.
        """
        view = await self._reports.open(ctx.person, id)
        if not view.report.draft:
            return view
        moderates, server = self._services.membership.still_moderates, view.report.server
        unsure = await self._services.servers.to_ask_about(server, list(view.readers), ctx.now)
        unsure = list(view.readers) if sure else unsure
        if all(await asyncio.gather(*(moderates(server, one) for one in unsure))):
            return view
        return await self._reports.open(ctx.person, id)

    async def _show(self, ctx: InteractionContext, view: ReportView, notice: str = "") -> None:
        await ctx.show(self._near(cards.report(view, notice), view))

    def _near(self, card: Card, view: ReportView) -> Card:
        return card.within(self._services.servers.country(view.report.server))


def _kind(ctx: InteractionContext) -> PassageKind:
    if ctx.word not in set(PassageKind):
        raise NotYours
    return PassageKind(ctx.word)
