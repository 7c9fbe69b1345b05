"""Find the country of a press without knowing the person: the card says it, or else the server does."""

from collections.abc import Callable

from bot.content.helplines import Country
from bot.content.library import WORLD, Library
from bot.errors import NotYours
from bot.ids import ServerId
from bot.ui.context import InteractionContext

CountryOf = Callable[[ServerId | None], str | None]
"""Returns the country that a server has set, from memory; None if it has set none."""


class Whereabouts:
    """Finds countries without the database."""

    def __init__(self, library: Library, country_of: CountryOf) -> None:
        self._library = library
        self._country_of = country_of

    def here(self, ctx: InteractionContext) -> Country:
        """Return the country of the current server, or the one for everywhere else if that is unknown."""
        return self._library.country(self._country_of(ctx.server))

    def given(self, ctx: InteractionContext) -> Country:
        """Return the country that the card names, or else the server's.

        An unknown code is not refused, because help is never refused.
        """
        known = self._library.country(ctx.argument)
        return self.here(ctx) if known.code == WORLD else known

    def named(self, code: str) -> Country:
        """Return the country of that code. Raises NotYours if there is none."""
        if code not in self._library.by_code:
            raise NotYours
        return self._library.country(code)
