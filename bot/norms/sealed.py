"""What members write to moderators, sealed under a key of each note's own."""

from bot.norms import note_store
from bot.norms.note import Note
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedNotes:
    """Seals and opens the texts of concerns and suggestions."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, note: Note, text: str) -> bytes:
        """For the row as it will be: `note.written` already counts this writing."""
        return await self._vault.seal(tx, _cell(note), text)

    async def text(self, tx: Tx, note: Note) -> str:
        """What its author wrote; empty where nothing was, or where it has gone."""
        return await self._vault.unseal(tx, _cell(note), await note_store.text(tx, note.id)) or ""

    async def forget(self, tx: Tx, id: str) -> None:
        """Forget the key: what was written can never be opened again."""
        await self._vault.drop(tx, id)


def _cell(note: Note) -> Cell:
    return Cell(note.id, note.person, "norm_notes", "text", note.id, note.written)
