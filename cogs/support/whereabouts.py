"""Whose country a press is about, knowing nobody: a card may say it, else the server does."""

from collections.abc import Callable

from bot.content.helplines import Country
from bot.content.library import WORLD, Library
from bot.errors import NotYours
from bot.ids import ServerId
from bot.ui.context import InteractionContext

CountryOf = Callable[[ServerId | None], str | None]
"""The country that a server has set, from memory."""


class Whereabouts:
    """Reads no row."""

    def __init__(self, library: Library, country_of: CountryOf) -> None:
        self._library = library
        self._country_of = country_of

    def here(self, ctx: InteractionContext) -> Country:
        """That of the server stood in; where none is known, the one for everywhere else."""
        return self._library.country(self._country_of(ctx.server))

    def given(self, ctx: InteractionContext) -> Country:
        """The country that the card knew; help is never refused: one not in the list is as good as none."""
        known = self._library.country(ctx.argument)
        return self.here(ctx) if known.code == WORLD else known

    def named(self, code: str) -> Country:
        """The country of that code; raises NotYours where there is none."""
        if code not in self._library.by_code:
            raise NotYours
        return self._library.country(code)
