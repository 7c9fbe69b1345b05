"""What askers and answerers wrote, encrypted with a separate key for each author in each ask."""

import json

from msgspec.structs import asdict

from bot.asks import recipient_store, store
from bot.asks.models import Answer, Ask, AskRecipient, AskText
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, SealedText, Vault


class SealedAsks:
    """Seals and opens the texts of asks. Their case in the vault is the ask's id."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal_words(self, tx: Tx, ask: Ask, words: AskText) -> bytes:
        """Seal the asker's text. `ask.written` must already count this writing."""
        return await self._vault.seal(tx, words_cell(ask), json.dumps(asdict(words)))

    async def words(self, tx: Tx, ask: Ask) -> AskText:
        """Return what the asker wrote; empty if there is nothing, or if it has been destroyed."""
        sealed, _ = await store.sealed(tx, ask.id)
        return self.open_words(ask, sealed)

    def open_words(self, ask: Ask, sealed: SealedText) -> AskText:
        """Return the same from a text that was read already."""
        text = self._vault.open(words_cell(ask), sealed)
        return AskText() if text is None else AskText(**json.loads(text))

    async def seal_message(self, tx: Tx, ask: Ask, message: str) -> bytes:
        return await self._vault.seal(tx, message_cell(ask), message)

    async def message(self, tx: Tx, ask: Ask) -> str:
        """Return the message that the draft began with; empty if it is no longer kept."""
        _, sealed = await store.sealed(tx, ask.id)
        return self._vault.open(message_cell(ask), sealed) or ""

    async def seal_answer(self, tx: Tx, asking: AskRecipient, answer: Answer) -> bytes:
        """Seal an answer. `asking.written` must already count this writing."""
        return await self._vault.seal(tx, answer_cell(asking), json.dumps(asdict(answer)))

    async def answer(self, tx: Tx, asking: AskRecipient) -> Answer:
        sealed = await recipient_store.sealed(tx, asking.id)
        text = await self._vault.unseal(tx, answer_cell(asking), sealed)
        return Answer() if text is None else Answer(**json.loads(text))

    async def forget_answer(self, tx: Tx, asking: AskRecipient) -> None:
        """Destroy what an answerer has written, since they won't answer."""
        await self._vault.drop(tx, asking.ask, asking.answerer)

    async def forget_words(self, tx: Tx, ask: Ask) -> None:
        """Destroy what the asker wrote."""
        await self._vault.drop(tx, ask.id, ask.asker)

    async def destroy(self, tx: Tx, ask: str) -> None:
        """Destroy the keys of everyone who wrote in the ask."""
        await self._vault.drop(tx, ask)


def words_cell(ask: Ask) -> Cell:
    """Return the place of an asker's text."""
    return Cell(ask.id, ask.asker, "asks", "words", ask.id, ask.written)


def message_cell(ask: Ask) -> Cell:
    """Return the place of the message that a draft began with."""
    return Cell(ask.id, ask.asker, "asks", "message", ask.id)


def answer_cell(asking: AskRecipient) -> Cell:
    """Return the place of an answer."""
    return Cell(asking.ask, asking.answerer, "askings", "words", asking.id, asking.written)
