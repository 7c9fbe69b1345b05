"""The lines of asks: how each reads in a DM, what it opens, and how it stands in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.asks import course
from bot.asks.model import DRAFT_KEPT
from bot.delivery.line import Line
from bot.house import House
from bot.ids import PersonId
from bot.ui.inbox import Describer, Entry
from bot.ui.press import Press
from bot.ui.route import to
from bot.ui.sender import Whisper
from cogs.ask import words
from cogs.ask.answer import Answer
from cogs.ask.cards import start as cards
from cogs.ask.wait import Wait


class Lines:
    """Hangs every kind of line on the sender and on the inbox."""

    def __init__(self, house: House, wait: Wait, answer: Answer) -> None:
        self._house = house
        self._wait = wait
        self._answer = answer
        for kind, whisper, opener, sentence in (
            (course.ASKED_LINE, Whisper.ASKED, self.asked, words.IN_ASKED),
            (course.AGAIN_LINE, Whisper.READY, self.asked, words.IN_AGAIN),
            (course.CAME_LINE, Whisper.READY, self.status, words.IN_CAME),
            (course.OVER_LINE, Whisper.READY, self.status, words.IN_OVER),
            (course.UNREAD_LINE, Whisper.READY, self.status, words.IN_UNREAD),
            (course.CANT_LINE, Whisper.CHANGED, self.cannot, words.IN_CANT),
            (course.PAUSED_LINE, Whisper.CHANGED, self.paused, words.IN_PAUSED),
        ):
            house.sender.renders(kind, whisper)
            house.inbox.opens(kind, opener, _describer(sentence))
        house.inbox.lists(self.waiting)

    async def asked(self, press: Press, line: Line) -> None:
        await self._answer.open(press, line.subject)

    async def status(self, press: Press, line: Line) -> None:
        await self._wait.show_ask(press, line.subject)

    async def cannot(self, press: Press, line: Line) -> None:
        """The line's subject is the asking: the ask is found by it."""
        status = await self._house.asks.status_of(press.person, line.subject, press.now)
        await self._wait.show_ask(press, status.ask.id)

    async def paused(self, press: Press, line: Line) -> None:
        """The talk screen, with what had come one press away."""
        status = await self._house.asks.status(press.person, line.subject, press.now)
        country = self._house.servers.country(status.ask.server)
        came = status.came > 0
        await press.show(cards.talk(self._house.library, country, status.ask, lead=words.PAUSED, came=came))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[Entry]:
        """What is no line: drafts with words in them, and asks whose text is still kept."""
        drafts = [
            Entry(
                words.IN_DRAFT.format(until=discord.utils.format_dt(one.made_at + DRAFT_KEPT, "D")),
                to("asks.draft", one.id),
            )
            for one in await self._house.drafts.written(person)
        ]
        sent = [
            Entry(
                words.IN_ANSWERS.format(day=discord.utils.format_dt(one.sent_at, "D")),
                to("asks.show", one.id),
            )
            for one in await self._house.asks.held(person)
            if one.sent_at is not None
        ]
        return [*drafts, *sent]


def _describer(sentence: str) -> Describer:
    def describe(_line: Line, other: str) -> str:
        return sentence.format(name=other or words.SOMEONE)

    return describe
