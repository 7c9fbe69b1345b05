"""Steps 3 and 4 of an ask: the form, the preview, and `Send`."""

import asyncio

from bot.asks.models import AskKind, AskText
from bot.asks.queries import Preview
from bot.asks.wait import Wait
from bot.errors import NotYours
from bot.servers.errors import NewHere
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.ask import forms
from cogs.ask.cards import wait, write
from cogs.ask.newcomers import Newcomers
from cogs.shared.alongside.handlers import Alongside


class WriteHandlers:
    """Handlers for a draft, until it is sent or discarded."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._drafts = services.asks.drafts
        self._asks = services.asks
        self._membership = services.membership
        self._newcomers = Newcomers(services.membership)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in (
            ("asks.write", self.write),
            ("asks.rewrite", self.rewrite),
            ("asks.edit", self.edit),
            ("asks.draft", self.draft),
            ("asks.preview", self.preview),
            ("asks.pick", self.pick),
            ("asks.wait", self.wait),
            ("asks.send", self.send),
            ("asks.discard", self.discard),
        ):
            services.router.handle(verb, handler)

    async def write(self, ctx: InteractionContext) -> None:
        """Take the form that opened empty.

        Store the text first and check it afterwards, so that nothing is lost.
        """
        kind, words = _typed(ctx)
        draft = await self._drafts.write(ctx.person, ctx.argument, kind, words, ctx.now)
        await self._show(ctx, draft)
        await self._alongside.stand(ctx, draft.ask.server)

    async def rewrite(self, ctx: InteractionContext) -> None:
        """Take the form that opened with the earlier text in it."""
        kind, words = _typed(ctx)
        draft = await self._drafts.rewrite(ctx.person, ctx.argument, kind, words, ctx.now)
        await self._show(ctx, draft)
        await self._alongside.stand(ctx, draft.ask.server)

    async def edit(self, ctx: InteractionContext) -> None:
        opened = await self._drafts.open(ctx.person, ctx.argument, ctx.now)
        if opened.ask.kind is None:
            raise NotYours
        await ctx.ask(forms.write(self._library, opened.ask, opened.ask.kind, opened.words, ""))

    async def draft(self, ctx: InteractionContext) -> None:
        """Open a draft from `/inbox`."""
        await self._show(ctx, await self._drafts.preview(ctx.person, ctx.argument, ctx.now))

    async def preview(self, ctx: InteractionContext) -> None:
        draft = await self._drafts.preview(ctx.person, ctx.argument, ctx.now)
        await self._show(ctx, draft, int(ctx.word) if ctx.word.isdecimal() else 0)

    async def pick(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self._drafts.pick(ctx.person, ctx.argument, ctx.chosen, ctx.now))

    async def wait(self, ctx: InteractionContext) -> None:
        if ctx.word not in set(Wait):
            raise NotYours
        draft = await self._drafts.wait(ctx.person, ctx.argument, Wait(ctx.word), ctx.now)
        await self._show(ctx, draft)

    async def send(self, ctx: InteractionContext) -> None:
        server, picked = await self._drafts.picked(ctx.person, ctx.argument)
        # Discord doesn't announce that somebody left. After this check, people who left can no longer be
        # asked.
        await asyncio.gather(*(self._membership.still_here(server, one) for one in picked))
        joined_at = await self._newcomers.joined_at(ctx, server)
        try:
            sent = await self._asks.send(ctx.person, ctx.argument, ctx.now, joined_at)
        except NewHere as refused:
            # New members didn't have to wait yet when this draft was begun, so it is kept and can be sent
            # later.
            draft = await self._drafts.preview(ctx.person, ctx.argument, ctx.now)
            await ctx.show(write.too_soon(draft, refused.at))
            return
        await ctx.show(wait.sent(sent))

    async def discard(self, ctx: InteractionContext) -> None:
        await self._drafts.discard(ctx.person, ctx.argument, ctx.now)
        await ctx.show(write.discarded())

    async def _show(self, ctx: InteractionContext, draft: Preview, page: int = 0) -> None:
        whole = draft.words.complete
        await ctx.show(write.preview(draft, page) if whole else write.unwritten(draft.ask))


def _typed(ctx: InteractionContext) -> tuple[AskKind, AskText]:
    if ctx.word not in set(AskKind):
        raise NotYours
    typed = ctx.typed
    return AskKind(ctx.word), AskText(typed.get("what", ""), typed.get("felt", ""), typed.get("asking", ""))
