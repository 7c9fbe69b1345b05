"""`/told`, knowing nobody and storing nothing."""

from bot.errors import NotYours
from bot.guidance.told import Told
from bot.ui.door import Door
from bot.ui.press import Press
from cogs.support.told import cards
from cogs.support.whereabouts import Whereabouts


class ToldRoom:
    """Three doors; behind each, short cards."""

    def __init__(self, entrance: Door, told: Told, whereabouts: Whereabouts) -> None:
        self._told = told
        self._whereabouts = whereabouts
        entrance.on("told.open", self.open, stateless=True)
        entrance.on("told.home", self.home, stateless=True)
        entrance.on("told.page", self.page, stateless=True)

    async def open(self, press: Press) -> None:
        """The doors, on a new card."""
        await press.add(cards.home(self._told, self._whereabouts.given(press)))

    async def home(self, press: Press) -> None:
        await press.show(cards.home(self._told, self._whereabouts.named(press.argument)))

    async def page(self, press: Press) -> None:
        door, tab = cards.place(press.argument)
        try:
            hearing = self._told.door(door)
            chosen = hearing.tab(tab)
        except KeyError:
            raise NotYours from None
        await press.show(cards.page(hearing, chosen, self._whereabouts.named(press.word)))
