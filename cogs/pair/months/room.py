"""What one takes along: one's own months, as a picture and in words, and a file for one's own calendar."""

import asyncio

from bot.services import Services
from bot.ui.look import Attached, Card
from bot.ui.press import Press
from cogs.pair import calendar_file
from cogs.pair import words as pair_words
from cogs.pair.months import cards, picture


class Months:
    """Only ever one's own."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pairs = services.pairs

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pairs.file": self.file,
            "pairs.history": self.history,
            "pairs.move": self.move,
        }.items():
            services.router.handle(verb, handler)

    async def file(self, press: Press) -> None:
        view = await self._pairs.queries.show(press.person, press.argument, press.now)
        written = calendar_file.schedule(view, press.now)
        if written is None:
            await press.add(Card(pair_words.NO_FILE_TITLE, pair_words.NO_FILE))
            return
        text = pair_words.FILE_TEXT.format(title=pair_words.EVENT)
        await press.add(Card(pair_words.FILE_TITLE, text, attached=Attached(pair_words.FILE_NAME, written)))

    async def history(self, press: Press) -> None:
        back = int(press.word) if press.word.isdecimal() else 0
        id = press.chosen[0] if press.chosen else press.argument
        shown = await self._pairs.history.months(press.person, id, back)
        if not shown.check_ins:
            await press.show(cards.nothing())
            return
        # Drawing takes a while, and must hold up nobody else.
        png = await asyncio.to_thread(picture.drawn, shown)
        card = cards.months(shown, back, png)
        await press.show(card.within(self._services.servers.country(shown.pair.server)))

    async def move(self, press: Press) -> None:
        """The check-ins follow a zone that was set meanwhile."""
        await self._pairs.zones.move(press.person)
        await press.show(Card(pair_words.ZONES_TITLE, pair_words.ZONES_MOVED))
