"""What can be reported: each slice says how its passages are read."""

from collections.abc import Awaitable, Callable, Mapping

from bot.ids import PersonId
from bot.reports.models import Passage, PassageKind
from bot.storage.tx import Tx
from bot.text import is_blank

Reader = Callable[[Tx, PersonId, str], Awaitable[Passage | None]]
"""Returns the passage in that row, if it is kept, was meant for this person, and was shown to them."""


class Passages:
    """The readers of all kinds of passages. `bot/wiring.py` names them, one row for each slice."""

    def __init__(self) -> None:
        self._readers: dict[PassageKind, Reader] = {}

    def read_by(self, readers: Mapping[PassageKind, Reader]) -> None:
        """Register how passages of these kinds are read. Raises ValueError if a kind has a reader already."""
        if twice := self._readers.keys() & readers.keys():
            raise ValueError(f"two readers for {', '.join(twice)}")
        self._readers |= readers

    @property
    def kinds(self) -> frozenset[PassageKind]:
        return frozenset(self._readers)

    async def read(self, tx: Tx, by: PersonId, kind: PassageKind, row: str) -> Passage | None:
        """Return a passage without its blank texts; None if they can't report it, or if it was deleted.

        Something that consisted of texts and has lost them all is gone.
        """
        found = await self._readers[kind](tx, by, row)
        if found is None or found.author == by:
            return None
        texts = tuple((key, text) for key, text in found.texts if not is_blank(text))
        if found.texts and not texts:
            return None
        return Passage(found.kind, found.row, found.server, found.author, found.at, texts)
