"""Steps 3 and 4: the form, the preview, and `Send`."""

import asyncio

from bot.asks.model import Kind, Words
from bot.asks.queries import Preview
from bot.asks.wait import Wait
from bot.errors import NotYours
from bot.servers.model import NewHere
from bot.services import Services
from bot.ui.press import Press
from cogs.ask import forms
from cogs.ask.cards import wait, write
from cogs.ask.newcomers import Newcomers
from cogs.shared.alongside.room import Alongside


class Write:
    """A draft, until it is sent or discarded."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._drafts = services.asks.drafts
        self._asks = services.asks
        self._presence = services.presence
        self._newcomers = Newcomers(services.presence)
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

    async def write(self, press: Press) -> None:
        """The form came in: it is kept first, and looked at then."""
        kind, words = _typed(press)
        draft = await self._drafts.write(press.person, press.argument, kind, words, press.now)
        await self._show(press, draft)
        await self._alongside.stand(press, draft.ask.server)

    async def rewrite(self, press: Press) -> None:
        """The same, from a form in which words stood already."""
        kind, words = _typed(press)
        draft = await self._drafts.rewrite(press.person, press.argument, kind, words, press.now)
        await self._show(press, draft)
        await self._alongside.stand(press, draft.ask.server)

    async def edit(self, press: Press) -> None:
        opened = await self._drafts.open(press.person, press.argument, press.now)
        if opened.ask.kind is None:
            raise NotYours
        await press.ask(forms.write(self._library, opened.ask, opened.ask.kind, opened.words, ""))

    async def draft(self, press: Press) -> None:
        """From the inbox: go on where it was left."""
        await self._show(press, await self._drafts.preview(press.person, press.argument, press.now))

    async def preview(self, press: Press) -> None:
        draft = await self._drafts.preview(press.person, press.argument, press.now)
        await self._show(press, draft, int(press.word) if press.word.isdecimal() else 0)

    async def pick(self, press: Press) -> None:
        await self._show(
            press, await self._drafts.pick(press.person, press.argument, press.chosen, press.now)
        )

    async def wait(self, press: Press) -> None:
        if press.word not in set(Wait):
            raise NotYours
        draft = await self._drafts.wait(press.person, press.argument, Wait(press.word), press.now)
        await self._show(press, draft)

    async def send(self, press: Press) -> None:
        server, picked = await self._drafts.picked(press.person, press.argument)
        # Leaving is not announced: whoever has left can no longer be asked when this returns.
        await asyncio.gather(*(self._presence.still_here(server, one) for one in picked))
        joined_at = await self._newcomers.joined_at(press, server)
        try:
            sent = await self._asks.send(press.person, press.argument, press.now, joined_at)
        except NewHere as refused:
            # They began before anybody was kept waiting: what they typed is theirs to send later.
            draft = await self._drafts.preview(press.person, press.argument, press.now)
            await press.show(write.too_soon(draft, refused.at))
            return
        await press.show(wait.sent(sent))

    async def discard(self, press: Press) -> None:
        await self._drafts.discard(press.person, press.argument, press.now)
        await press.show(write.discarded())

    async def _show(self, press: Press, draft: Preview, page: int = 0) -> None:
        whole = draft.words.complete
        await press.show(write.preview(draft, page) if whole else write.unwritten(draft.ask))


def _typed(press: Press) -> tuple[Kind, Words]:
    if press.word not in set(Kind):
        raise NotYours
    typed = press.typed
    return Kind(press.word), Words(typed.get("what", ""), typed.get("felt", ""), typed.get("asking", ""))
