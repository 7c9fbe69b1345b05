"""What people write for a night, encrypted: one key for each card, another for the card that is kept."""

import json

from msgspec.structs import asdict

from bot.nights import card_store, member_store
from bot.nights.models import KeptCard, Member, NightCard
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedNights:
    """Seals and opens cards."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, member: Member, card: NightCard) -> bytes:
        """Seal a card. `member.written` must already count this writing."""
        return await self._vault.seal(tx, content_cell(member), written(card))

    async def card(self, tx: Tx, member: Member) -> NightCard:
        """Return what they wrote; a blank card if there is none, or its key was dropped."""
        sealed = await member_store.content(tx, member.id)
        return read(await self._vault.unseal(tx, content_cell(member), sealed))

    async def forget(self, tx: Tx, member: Member) -> None:
        """Destroy the key, so that the card can never be opened again."""
        await self._vault.drop(tx, _case(member.id))

    async def seal_kept(self, tx: Tx, kept: KeptCard, card: NightCard) -> bytes:
        return await self._vault.seal(tx, kept_cell(kept), written(card))

    async def kept(self, tx: Tx, kept: KeptCard) -> NightCard:
        sealed = await card_store.content(tx, kept.id)
        return read(await self._vault.unseal(tx, kept_cell(kept), sealed))

    async def forget_kept(self, tx: Tx, kept: KeptCard) -> None:
        await self._vault.drop(tx, _case(kept.id))


def written(card: NightCard) -> str:
    return json.dumps(asdict(card))


def read(stored: str | None) -> NightCard:
    return NightCard() if stored is None else NightCard(**json.loads(stored))


def content_cell(member: Member) -> Cell:
    """Return the place of somebody's card in a night."""
    return Cell(_case(member.id), member.person, "night_members", "content", member.id, member.written)


def kept_cell(kept: KeptCard) -> Cell:
    """Return the place of the card that somebody keeps."""
    return Cell(_case(kept.id), kept.person, "night_cards", "content", kept.id, kept.written)


def _case(id: str) -> str:
    return f"night:{id}"
