"""The data keys: they say nothing about anybody, but each belongs to an author."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of
from bot.storage.tx import Tx
from bot.vault.sealing import Vault
from bot.vault.tables import LEDGER, data_keys


class VaultPrivacy:
    """Comes last, since the other slices may still have to open something."""

    tables: Sequence[HeldTable] = (HeldTable(data_keys, ledger_of(LEDGER, data_keys)),)

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        """Drop every key of theirs, so that what they sealed can't be opened any more."""
        await self._vault.drop_author(tx, person)
