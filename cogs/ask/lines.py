"""The lines of asks: how each reads in a DM, what it opens, and how it stands in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks import kinds
from bot.asks.model import Kind
from bot.delivery.line import Line
from bot.house import House
from bot.ids import PersonId
from bot.ui import when
from bot.ui.inbox import Describer, Entry
from bot.ui.press import Press
from bot.ui.route import to
from bot.ui.sender import Whisper
from cogs.ask import words
from cogs.ask.answer.room import Answer
from cogs.ask.cards import start as cards
from cogs.ask.cards.wait import pause
from cogs.ask.wait import Wait


class Lines:
    """Hangs every kind of line on the sender and on the inbox."""

    def __init__(self, house: House, wait: Wait, answer: Answer) -> None:
        self._house = house
        self._wait = wait
        self._answer = answer
        for kind, whisper, opener, sentence in (
            (kinds.ASKED_LINE, Whisper.ASKED, self.asked, words.IN_ASKED),
            (kinds.AGAIN_LINE, Whisper.READY, self.asked, words.IN_AGAIN),
            (kinds.CAME_LINE, Whisper.READY, self.of_asking, words.IN_CAME),
            (kinds.CANT_LINE, Whisper.CHANGED, self.of_asking, words.IN_CANT),
            (kinds.OVER_LINE, Whisper.READY, self.status, words.IN_OVER),
            (kinds.NOBODY_LINE, Whisper.CHANGED, self.status, words.IN_NOBODY),
            (kinds.UNREAD_LINE, Whisper.READY, self.status, words.IN_UNREAD),
            (kinds.PAUSED_LINE, Whisper.CHANGED, self.paused, words.IN_PAUSED),
        ):
            house.sender.renders(kind, whisper)
            house.inbox.opens(kind, opener, _describer(sentence))
        house.inbox.lists(self.waiting)

    async def asked(self, press: Press, line: Line) -> None:
        await self._answer.open(press, line.subject)

    async def status(self, press: Press, line: Line) -> None:
        await press.add(await self._wait.card(press, line.subject))

    async def of_asking(self, press: Press, line: Line) -> None:
        """The line's subject is the asking: the ask is found by it."""
        status = await self._house.asks.status_of(press.person, line.subject, press.now)
        await press.add(await self._wait.card(press, status.ask.id))

    async def paused(self, press: Press, line: Line) -> None:
        """The talk screen, with what had come one press away."""
        status = await self._house.asks.status(press.person, line.subject, press.now)
        country = self._house.servers.country(status.ask.server)
        ask, saw = status.ask, status.ask.kind is Kind.SAW
        until = await self._house.asks.until(press.person, ask.id)
        lead = f"{pause(status, until)}\n\n{words.PAUSED_THEY}"
        came = ask.id if status.came else ""
        library = self._house.library
        await press.add(cards.talk(library, country, ask.server, saw=saw, lead=lead, came=came))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[Entry]:
        """Drafts with words in them, and asks whose text is kept and of which no line is listed."""
        lines = await self._house.db.read(lambda tx: self._house.outbox.listed(tx, person))
        told = {line.subject for line in lines}
        drafts = [
            Entry(words.IN_DRAFT.format(until=when.day(until)), to("asks.draft", one.id))
            for one, until in await self._house.drafts.written(person)
            if until is not None
        ]
        sent = [
            Entry(words.IN_ANSWERS.format(day=when.day(one.sent_at)), to("asks.show", one.id))
            for one in await self._house.asks.held(person)
            if one.sent_at is not None and one.id not in told
        ]
        return [*drafts, *sent]


def _describer(sentence: str) -> Describer:
    def describe(_line: Line, other: str) -> str:
        return sentence.format(name=other or words.SOMEONE)

    return describe
