"""What members write to moderators, encrypted with a separate key for each note."""

from bot.norms import note_store
from bot.norms.note import Note
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedNotes:
    """Seals and opens the texts of notes."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, note: Note, text: str) -> bytes:
        """Seal a text. `note.written` must already count this writing."""
        return await self._vault.seal(tx, note_cell(note), text)

    async def text(self, tx: Tx, note: Note) -> str:
        """Return what its author wrote; empty if there is nothing or it was deleted."""
        return await self._vault.unseal(tx, note_cell(note), await note_store.text(tx, note.id)) or ""

    async def forget(self, tx: Tx, id: str) -> None:
        """Destroy the key, so that the text can never be opened again."""
        await self._vault.drop(tx, id)


def note_cell(note: Note) -> Cell:
    """Return the place of a note's text."""
    return Cell(note.id, note.person, "norm_notes", "text", note.id, note.written)
