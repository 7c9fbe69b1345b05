"""What people want, encrypted: one key for somebody's terms, another for the copy of their carrier."""

import json

from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.terms import carrying_store, store
from bot.terms.models import Carrying, OwnTerms, TermsText, Want
from bot.vault.sealing import Cell, Vault


class SealedTerms:
    """Seals and opens terms, and the copies that carriers can read."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, own: OwnTerms, text: TermsText) -> bytes:
        """Seal the terms. `own.written` must already count this writing."""
        return await self._vault.seal(tx, content_cell(own), written(text))

    async def text(self, tx: Tx, own: OwnTerms) -> TermsText:
        """Return what they wrote; nothing if its key was dropped."""
        return read(await self._vault.unseal(tx, content_cell(own), await store.content(tx, own.id)))

    async def forget(self, tx: Tx, own: OwnTerms) -> None:
        """Destroy the key, so that the text can never be opened again."""
        await self._vault.drop(tx, _case(own.id))

    async def give(self, tx: Tx, carrying: Carrying, text: TermsText) -> None:
        """Make the copy that the carrier can read. `carrying.given` must already say which writing it is."""
        sealed = await self._vault.seal(tx, given_cell(carrying), written(text))
        await carrying_store.give(tx, carrying.id, sealed)

    async def given(self, tx: Tx, carrying: Carrying) -> TermsText:
        """Return what the carrier can read; nothing if there is nothing, or its key was dropped."""
        if not carrying.readable:
            return TermsText()
        sealed = await carrying_store.content(tx, carrying.id)
        return read(await self._vault.unseal(tx, given_cell(carrying), sealed))

    async def take_away(self, tx: Tx, carrying: Carrying) -> None:
        """Destroy the carrier's copy with its key."""
        await self._vault.drop(tx, _case(carrying.id))
        await carrying_store.give(tx, carrying.id, None)


def written(text: TermsText) -> str:
    return json.dumps({"wants": text.wants, "words": text.words})


def read(stored: str | None) -> TermsText:
    if stored is None:
        return TermsText()
    held = json.loads(stored)
    return TermsText.of((Want(want) for want in held["wants"]), held["words"])


def content_cell(own: OwnTerms) -> Cell:
    """Return the place of the terms that somebody keeps."""
    return Cell(_case(own.id), own.author, "terms", "content", own.id, own.written)


def given_cell(carrying: Carrying) -> Cell:
    """Return the place of the copy that a carrier can read. It is its author's."""
    return Cell(
        _case(carrying.id),
        PersonId(carrying.author),
        "carryings",
        "content",
        carrying.id,
        carrying.given or 0,
    )


def _case(id: str) -> str:
    return f"terms:{id}"
