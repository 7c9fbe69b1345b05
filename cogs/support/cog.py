"""`/support`, and the stateless verbs behind `Support`, `Think it through` and `Contact?`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.errors import NotYours
from bot.guidance.library import WORLD, Library
from bot.guidance.lines import Country, Door
from bot.ids import ServerId
from bot.ui.door import Door as Entrance
from bot.ui.look import Card
from bot.ui.press import Interaction, Press
from cogs.support import cards, words

if TYPE_CHECKING:
    from bot.app import Plumbline

CountryOf = Callable[[ServerId | None], str | None]
"""The country that a server has set, from memory."""


class Support(commands.Cog):
    """Touches no row and knows nobody: the server's country comes from memory, all else from the press."""

    def __init__(self, entrance: Entrance, library: Library, country_of: CountryOf) -> None:
        self._entrance = entrance
        self._library = library
        self._country_of = country_of

    async def cog_load(self) -> None:
        """Answer the verbs; an entry verb answers with a new card, the others change their own."""
        for verb, handler in (
            ("support.open", self.open),
            ("support.home", self.home),
            ("support.door", self.door),
            ("support.under18", self.under_18),
            ("support.countries", self.countries),
            ("support.country", self.country),
            ("think.open", self.think),
            ("think.page", self.think_page),
            ("contact.open", self.contact),
            ("contact.back", self.contact_back),
            ("contact.choose", self.choose),
        ):
            self._entrance.on(verb, handler, stateless=True)

    @app_commands.command(name=words.COMMAND, description=words.DESCRIPTION)
    async def support(self, interaction: Interaction) -> None:
        await self.open(self._entrance.pass_by(interaction))

    async def open(self, press: Press) -> None:
        """The four doors, beside the card on which `Support` was pressed."""
        await press.add(self._home(self._given(press)))

    async def home(self, press: Press) -> None:
        await press.show(self._home(self._named(press.argument)))

    async def door(self, press: Press) -> None:
        page = self._library.support(self._named(press.argument).code, self._door(press.word))
        await press.show(cards.door(self._library.support_texts, page, press.now))

    async def under_18(self, press: Press) -> None:
        """Lines for somebody under 18, on a new card; the country may be given, else it is the server's."""
        country = self._named(press.argument) if press.argument else self._here(press)
        page = self._library.under_18(country.code)
        await press.add(cards.under_18(self._library.support_texts, page, press.now))

    async def countries(self, press: Press) -> None:
        back_to = press.word if press.word == cards.HOME else self._door(press.word)
        card = cards.change(self._named(press.argument), back_to, self._library.countries())
        await press.show(card)

    async def country(self, press: Press) -> None:
        """A country was chosen: back to where they were, in it."""
        country = self._named(press.chosen[0] if press.chosen else "")
        if press.argument == cards.HOME:
            await press.show(self._home(country))
            return
        page = self._library.support(country.code, self._door(press.argument))
        await press.show(cards.door(self._library.support_texts, page, press.now))

    async def think(self, press: Press) -> None:
        await press.add(cards.think(self._library.think, 1))

    async def think_page(self, press: Press) -> None:
        numbers = {str(number): number for number in range(1, len(self._library.think.pages) + 1)}
        if press.argument not in numbers:
            raise NotYours
        await press.show(cards.think(self._library.think, numbers[press.argument]))

    async def contact(self, press: Press) -> None:
        await press.add(cards.contact(self._library.contact, self._given(press)))

    async def contact_back(self, press: Press) -> None:
        await press.show(cards.contact(self._library.contact, self._named(press.argument)))

    async def choose(self, press: Press) -> None:
        try:
            chosen = self._library.contact.choice(press.argument)
        except KeyError:
            raise NotYours from None
        await press.show(cards.turn(chosen, self._named(press.word)))

    def _home(self, country: Country) -> Card:
        return cards.home(self._library.support_texts, country, self._library.countries())

    def _here(self, press: Press) -> Country:
        return self._library.country(self._country_of(press.server))

    def _given(self, press: Press) -> Country:
        """The country that the card knew; help is never refused: one not in the list is as good as none."""
        known = self._library.country(press.argument)
        return self._here(press) if known.code == WORLD else known

    def _named(self, code: str) -> Country:
        if code not in self._library.by_code:
            raise NotYours
        return self._library.country(code)

    def _door(self, word: str) -> Door:
        try:
            return Door(word)
        except ValueError:
            raise NotYours from None


async def setup(bot: "Plumbline") -> None:
    house = bot.house
    await bot.add_cog(Support(house.door, house.library, house.servers.country))
