"""What partners write, encrypted.

Each pair has two cases in the vault, because its texts are deleted at its end and its notes seven days later.
"""

import json

from msgspec.structs import asdict

from bot.ids import PersonId
from bot.pairs import check_in_store, side_store
from bot.pairs.check_in import CheckIn
from bot.pairs.models import PairText, Side
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedPairs:
    """Seals and opens the texts of pairs, with a separate key for each author."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal_words(self, tx: Tx, side: Side, words: PairText) -> bytes:
        """Seal a partner's text. `side.written` must already count this writing."""
        return await self._vault.seal(tx, words_cell(side), json.dumps(asdict(words)))

    async def words(self, tx: Tx, side: Side) -> PairText:
        """Return a partner's text; empty if there is none or it was deleted."""
        text = await self._vault.unseal(tx, words_cell(side), await side_store.words(tx, side.id))
        return PairText() if text is None else PairText(**json.loads(text))

    async def forget_words(self, tx: Tx, pair: str, author: PersonId | None = None) -> None:
        """Destroy the texts of one author, or of both."""
        await self._vault.drop(tx, pair, author)

    async def seal_note(self, tx: Tx, one: CheckIn, text: str) -> bytes:
        """Seal a note. `one.written` must already count this writing."""
        return await self._vault.seal(tx, note_cell(one), text)

    async def note(self, tx: Tx, one: CheckIn) -> str:
        return await self._vault.unseal(tx, note_cell(one), await check_in_store.note(tx, one.id)) or ""

    async def forget_notes(self, tx: Tx, pair: str, author: PersonId | None = None) -> None:
        """Destroy the notes of one author, or of both."""
        await self._vault.drop(tx, _notes(pair), author)


def _notes(pair: str) -> str:
    return f"{pair}/notes"


def words_cell(side: Side) -> Cell:
    """Return the place of a partner's text."""
    return Cell(side.pair, side.person, "pair_sides", "words", side.id, side.written)


def note_cell(one: CheckIn) -> Cell:
    """Return the place of a note."""
    return Cell(_notes(one.pair), one.person, "check_ins", "note", one.id, one.written)
