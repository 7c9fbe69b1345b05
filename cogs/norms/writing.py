"""The handlers for concerns and suggestions: choosing the readers, writing, sending and taking back."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.norms.errors import StandsNoMore
from bot.norms.note import NoteKind, NoteState
from bot.norms.queries import Letter
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.inbox import InboxEntry
from cogs.norms import forms, strings
from cogs.norms.cards import write as cards
from cogs.norms.reading import NormReading, server_of


class NoteWriting:
    """Handlers with which a member writes to moderators."""

    def __init__(self, services: Services, reading: NormReading) -> None:
        self._services = services
        self._notes = services.norms.notes
        self._reading = reading

    def register(self, services: Services) -> None:
        for verb, handler in {
            "norms.concern": self.concern,
            "norms.suggest": self.suggest,
            "norms.note": self.note,
            "norms.readers": self.readers,
            "norms.write": self.write,
            "norms.written": self.written,
            "norms.send": self.send,
            "norms.send_bare": self.send_bare,
            "norms.move": self.move,
            "norms.take_back": self.take_back,
            "norms.sent": self.sent,
        }.items():
            services.router.handle(verb, handler)
        services.inbox.lists(self.waiting)

    # -- beginning ------------------------------------------------------------------------------

    async def concern(self, ctx: InteractionContext) -> None:
        put = await self._services.norms.queries.see(ctx.person, ctx.argument)
        try:
            await self._begin(ctx, put.version.server, NoteKind.CONCERN, put.version.id)
        except StandsNoMore:
            await self._reading.late(ctx, ctx.argument)

    async def suggest(self, ctx: InteractionContext) -> None:
        await self._begin(ctx, server_of(ctx.argument), NoteKind.SUGGESTION, None)

    async def _begin(
        self, ctx: InteractionContext, server: ServerId, kind: NoteKind, version: str | None
    ) -> None:
        letter = await self._notes.begin(ctx.person, server, kind, version, ctx.now)
        await self._show(ctx, await self._with_those_there(ctx, letter))

    # -- a draft --------------------------------------------------------------------------------

    async def note(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self._notes.open(ctx.person, ctx.argument))

    async def readers(self, ctx: InteractionContext) -> None:
        letter = await self._notes.read_by(ctx.person, ctx.argument, ctx.chosen)
        refused = letter.note.state is NoteState.DRAFT and not letter.ticked & set(ctx.chosen)
        await self._show(ctx, letter, strings.NOBODY_TICKED if refused else "")

    async def write(self, ctx: InteractionContext) -> None:
        letter = await self._notes.open(ctx.person, ctx.argument)
        if letter.note.state is not NoteState.DRAFT:
            await self._show(ctx, letter)
            return
        await ctx.ask(forms.write(self._services.library, letter))

    async def written(self, ctx: InteractionContext) -> None:
        """Take the form. Store the text first and check it afterwards, so that nothing is lost."""
        text = ctx.typed.get(forms.TEXT, "")
        letter = await self._notes.write(ctx.person, ctx.argument, text, ctx.now)
        if letter.note.state is NoteState.DRAFT:
            await self._show(ctx, letter)
        else:
            await ctx.show(cards.too_late(letter, text))

    async def send(self, ctx: InteractionContext) -> None:
        await self._send(ctx, text=True)

    async def send_bare(self, ctx: InteractionContext) -> None:
        await self._send(ctx, text=False)

    async def _send(self, ctx: InteractionContext, *, text: bool) -> None:
        before = await self._notes.open(ctx.person, ctx.argument)
        # Discord doesn't announce that somebody left. After this check, those who left are sent nothing.
        await self._with_those_there(ctx, before)
        try:
            letter = await self._notes.send(ctx.person, ctx.argument, ctx.now, text=text)
        except StandsNoMore:
            letter = before
        await self._show(ctx, letter, fresh=True)

    async def move(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self._notes.move(ctx.person, ctx.argument))

    # -- what was sent --------------------------------------------------------------------------

    async def take_back(self, ctx: InteractionContext) -> None:
        note, in_again = await self._notes.take_back(ctx.person, ctx.argument, ctx.now)
        await ctx.show(
            cards.gone(note, in_again=in_again).within(self._services.servers.country(note.server))
        )

    async def sent(self, ctx: InteractionContext) -> None:
        server = server_of(ctx.argument)
        page = int(ctx.word) if ctx.word.isdecimal() else 0
        found = await self._notes.mine(ctx.person, server)
        await ctx.show(cards.sent(server, found, page).within(self._services.servers.country(server)))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[InboxEntry]:
        """Return the drafts of their notes that have text."""
        return [
            InboxEntry(strings.INBOX_DRAFT.format(what=cards.what(note, version)), to("norms.note", note.id))
            for note, version in await self._notes.mine(person)
            if note.state is NoteState.DRAFT
        ]

    # -- inside ---------------------------------------------------------------------------------

    async def _with_those_there(self, ctx: InteractionContext, letter: Letter) -> Letter:
        """Return the note, after checking which of its readers still moderate, each of them once a day."""
        if letter.note.state is not NoteState.DRAFT:
            return letter
        moderates, server = self._services.membership.still_moderates, letter.note.server
        unsure = await self._services.servers.to_ask_about(server, letter.readers, ctx.now)
        if all(await asyncio.gather(*(moderates(server, one) for one in unsure))):
            return letter
        return await self._notes.open(ctx.person, letter.note.id)

    async def _show(
        self, ctx: InteractionContext, letter: Letter, notice: str = "", *, fresh: bool = False
    ) -> None:
        card = cards.letter(letter, notice, fresh=fresh)
        await ctx.show(card.within(self._services.servers.country(letter.note.server)))
