"""The handlers of talks, which call `services.talks`."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from discord.ext import commands

from bot.delivery.outbox import OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.people.labels import Name, alone
from bot.services import Services
from bot.talks.errors import CannotBeAsked, TalkClosed
from bot.talks.models import Did, Reply, TalkAbout, TalkState
from bot.talks.notifications import AGREED, ASKED, CANT, DID_YOU
from bot.talks.queries import Offered, TalkView
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import InboxEntry
from cogs.me.boundary.before import BeforeBoundary
from cogs.talk import cards, strings

if TYPE_CHECKING:
    from bot.app import Plumbline


class TalkCog(commands.Cog):
    """Handlers with which one person asks another one to talk in person. Nothing is typed."""

    def __init__(self, bot: "Plumbline") -> None:
        self._services = bot.services
        self._talks = bot.services.talks
        self._library = bot.services.library
        self._before = BeforeBoundary(bot.services)

    def register(self, services: Services) -> None:
        router, dm_gateway, inbox = services.router, services.dm_gateway, services.inbox
        for verb, handler in {
            "talks.open": self.open,
            "talks.ask": self.ask,
            "talks.show": self.show,
            "talks.take_back": self.take_back,
            "talks.answer": self.answer,
            "talks.never": self.never,
            "talks.did": self.did,
        }.items():
            router.handle(verb, handler)
        router.explains(TalkClosed, lambda _: Card(strings.CLOSED_TITLE, strings.CLOSED))
        router.explains(CannotBeAsked, lambda refused: cards.cannot(refused.server, refused.about))
        for kind, whisper, opener, text in (
            (ASKED, Whisper.ASKED, self.open_asked, strings.IN_ASKED),
            (AGREED, Whisper.READY, self.open_mine, strings.IN_AGREED),
            (CANT, Whisper.CHANGED, self.open_mine, strings.IN_CANT),
            (DID_YOU, Whisper.READY, self.open_mine, strings.IN_DID_YOU),
        ):
            dm_gateway.renders(kind, whisper)
            inbox.opens(kind, opener, partial(_entry, text))
        inbox.lists(self.waiting)

    # -- the asker ------------------------------------------------------------------------------

    async def open(self, ctx: InteractionContext) -> None:
        """Handle `Ask someone to talk` on any card: show the talk on a new card."""
        if ctx.argument and not ctx.argument.isdecimal():
            raise NotYours
        here = ServerId(int(ctx.argument)) if ctx.argument else ctx.server
        view = await self._talks.look(ctx.person, here, ctx.now)
        if view.talk is not None:
            view = await self._seen(ctx, view.talk.id)
        await ctx.add(self._card(ctx, view, _about(ctx)))

    async def ask(self, ctx: InteractionContext) -> None:
        """Ask the person who was chosen."""
        if not ctx.chosen or not ctx.argument.isdecimal():
            raise NotYours
        server, person = ServerId(int(ctx.argument)), PersonId(ctx.chosen[0])
        about = _about(ctx) or TalkAbout.HARD
        # Discord doesn't announce that somebody left. After this check, people who left are not in the pod.
        await self._services.membership.still_here(server, person)
        view = await self._talks.ask(ctx.person, server, person, ctx.now, about)
        await ctx.show(self._card(ctx, view))

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(self._card(ctx, await self._seen(ctx, ctx.argument)))

    async def take_back(self, ctx: InteractionContext) -> None:
        view = await self._talks.take_back(ctx.person, ctx.argument, ctx.now)
        over = view.talk is not None and view.talk.state is TalkState.CLOSED
        await ctx.show(self._near(cards.taken_back(view), view) if over else self._card(ctx, view))

    async def did(self, ctx: InteractionContext) -> None:
        """Take the answer to whether they got to talk."""
        if ctx.word not in list(Did):
            raise NotYours
        did = Did(ctx.word)
        view = await self._talks.tell(ctx.person, ctx.argument, did, ctx.now)
        later = view.talk is not None and view.talk.state in (TalkState.AGREED, TalkState.CLOSED)
        not_yet = did is Did.NOT_YET and later
        await ctx.show(self._near(cards.not_yet(view), view) if not_yet else self._card(ctx, view))

    # -- the person who is asked ----------------------------------------------------------------

    async def answer(self, ctx: InteractionContext) -> None:
        if ctx.word not in list(Reply):
            raise NotYours
        shown = await self._talks.answer(ctx.person, ctx.argument, Reply(ctx.word), ctx.now)
        await ctx.show(self._offered(shown))

    async def never(self, ctx: InteractionContext) -> None:
        """Show what the asker can notice of a boundary, as `/boundary` does. The next press sets it."""
        try:
            shown = await self._talks.offered(ctx.person, ctx.argument)
        except TalkClosed:
            await ctx.show(cards.never_anyway())
            return
        card = await self._before.of(ctx, shown.asker, shown.request.asked_at)
        await ctx.show(card.within(self._services.servers.country(shown.server)))

    async def open_asked(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        shown = await self._talks.offered(ctx.person, message.subject)
        if not await self._services.membership.still_here(shown.server, shown.asker):
            raise TalkClosed
        await ctx.add(self._offered(shown))

    # -- what waits -----------------------------------------------------------------------------

    async def open_mine(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(self._card(ctx, await self._seen(ctx, message.subject)))

    async def waiting(self, person: PersonId, now: datetime) -> Sequence[InboxEntry]:
        """Return an entry for their talk, if no message about it is listed."""
        view = await self._talks.of(person, now)
        if view is None or view.talk is None:
            return []
        return [InboxEntry(cards.waits(view), to("talks.show", view.talk.id))]

    # -- inside ---------------------------------------------------------------------------------

    async def _seen(self, ctx: InteractionContext, id: str) -> TalkView:
        """Return their talk.

        If somebody has agreed to it, check first that this person is still in the server.
        """
        view = await self._talks.show(ctx.person, id, ctx.now)
        agreed = view.talk is not None and view.talk.state is TalkState.AGREED
        if view.talk is None or not agreed:
            return view
        if await self._services.membership.still_here(view.server, view.talk.current.person):
            return view
        return await self._talks.show(ctx.person, id, ctx.now)

    def _card(self, ctx: InteractionContext, view: TalkView, about: TalkAbout | None = None) -> Card:
        """Return the asker's card. `about` is what the screen says on which they pressed, if it does."""
        known = TalkAbout.HARD if view.talk is None else view.talk.about
        me = alone(Name(ctx.interaction.user.display_name, ctx.interaction.user.name))
        country = self._services.servers.country(view.server)
        return self._near(cards.asker(self._library, view, me, country, ctx.now, about or known), view)

    def _offered(self, shown: Offered) -> Card:
        country = self._library.country(self._services.servers.country(shown.server))
        return self._near(cards.offered(self._library, shown, country), shown)

    def _near(self, card: Card, of: TalkView | Offered) -> Card:
        return card.within(self._services.servers.country(of.server))


def _about(ctx: InteractionContext) -> TalkAbout | None:
    """Return what the talk is about, as the button says. Buttons of version 0.1 don't say it."""
    if ctx.word and ctx.word not in list(TalkAbout):
        raise NotYours
    return TalkAbout(ctx.word) if ctx.word else None


def _entry(sentence: str, _line: OutboxMessage, other: str) -> str:
    """Return the text of an entry. `other` is the other person's label, escaped."""
    return sentence.format(name=other)


async def setup(bot: "Plumbline") -> None:
    cog = TalkCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
