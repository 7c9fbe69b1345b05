"""Concerns and suggestions: to whom, written, sent, taken back."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.norms.model import StandsNoMore
from bot.norms.note import NoteKind, NoteState
from bot.norms.queries import Letter
from bot.services import Services
from bot.ui.custom_id import to
from bot.ui.inbox import Entry
from bot.ui.press import Press
from cogs.norms import forms, words
from cogs.norms.cards import write as cards
from cogs.norms.reading import Reading, server_of


class Writing:
    """What a member tells those who run the server."""

    def __init__(self, services: Services, reading: Reading) -> None:
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

    async def concern(self, press: Press) -> None:
        put = await self._services.norms.queries.see(press.person, press.argument)
        try:
            await self._begin(press, put.version.server, NoteKind.CONCERN, put.version.id)
        except StandsNoMore:
            await self._reading.late(press, press.argument)

    async def suggest(self, press: Press) -> None:
        await self._begin(press, server_of(press.argument), NoteKind.SUGGESTION, None)

    async def _begin(self, press: Press, server: ServerId, kind: NoteKind, version: str | None) -> None:
        letter = await self._notes.begin(press.person, server, kind, version, press.now)
        await self._show(press, await self._with_those_there(press, letter))

    # -- a draft --------------------------------------------------------------------------------

    async def note(self, press: Press) -> None:
        await self._show(press, await self._notes.open(press.person, press.argument))

    async def readers(self, press: Press) -> None:
        letter = await self._notes.read_by(press.person, press.argument, press.chosen)
        refused = letter.note.state is NoteState.DRAFT and not letter.ticked & set(press.chosen)
        await self._show(press, letter, words.NOBODY_TICKED if refused else "")

    async def write(self, press: Press) -> None:
        letter = await self._notes.open(press.person, press.argument)
        if letter.note.state is not NoteState.DRAFT:
            await self._show(press, letter)
            return
        await press.ask(forms.write(self._services.library, letter))

    async def written(self, press: Press) -> None:
        """The form came in: it is kept first, and looked at then."""
        text = press.typed.get(forms.TEXT, "")
        letter = await self._notes.write(press.person, press.argument, text, press.now)
        if letter.note.state is NoteState.DRAFT:
            await self._show(press, letter)
        else:
            await press.show(cards.too_late(letter, text))

    async def send(self, press: Press) -> None:
        await self._send(press, text=True)

    async def send_bare(self, press: Press) -> None:
        await self._send(press, text=False)

    async def _send(self, press: Press, *, text: bool) -> None:
        before = await self._notes.open(press.person, press.argument)
        # Leaving is not announced: whoever has left is sent nothing when this returns.
        await self._with_those_there(press, before)
        try:
            letter = await self._notes.send(press.person, press.argument, press.now, text=text)
        except StandsNoMore:
            letter = before
        await self._show(press, letter, fresh=True)

    async def move(self, press: Press) -> None:
        await self._show(press, await self._notes.move(press.person, press.argument))

    # -- what was sent --------------------------------------------------------------------------

    async def take_back(self, press: Press) -> None:
        note = await self._notes.take_back(press.person, press.argument, press.now)
        await press.show(cards.gone(note).within(self._services.servers.country(note.server)))

    async def sent(self, press: Press) -> None:
        server = server_of(press.argument)
        page = int(press.word) if press.word.isdecimal() else 0
        found = await self._notes.mine(press.person, server)
        await press.show(cards.sent(server, found, page).within(self._services.servers.country(server)))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[Entry]:
        """Drafts with words of theirs in them."""
        return [
            Entry(words.INBOX_DRAFT.format(what=cards.what(note, version)), to("norms.note", note.id))
            for note, version in await self._notes.mine(person)
            if note.state is NoteState.DRAFT
        ]

    # -- inside ---------------------------------------------------------------------------------

    async def _with_those_there(self, press: Press, letter: Letter) -> Letter:
        """The letter, once it is known which of those who would read it are still in the server."""
        if letter.note.state is not NoteState.DRAFT:
            return letter
        here, server = self._services.presence.still_here, letter.note.server
        if all(await asyncio.gather(*(here(server, one) for one in letter.readers))):
            return letter
        return await self._notes.open(press.person, letter.note.id)

    async def _show(self, press: Press, letter: Letter, notice: str = "", *, fresh: bool = False) -> None:
        card = cards.letter(letter, notice, fresh=fresh)
        await press.show(card.within(self._services.servers.country(letter.note.server)))
