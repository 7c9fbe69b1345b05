"""Sealed text: encrypted with the key of its case and author, and bound to its place in the database."""

import os
import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.vault import store
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.store import DataKey, SealedText, with_key

__all__ = ["PERSON_CASE", "Cell", "SealedText", "Vault", "with_key"]

PERSON_CASE = "person:"
"""The beginning of a case's name that ends with a person's id.

It is for texts that this person, or others about them, keep outside any ask or pair.
"""

_NONCE = 12
_BLOCK = 256
_KEY_BYTES = 32


class Cell(Struct, frozen=True):
    """The place of a sealed text in the database. It can't be opened with the Cell of any other place."""

    case: str
    author: PersonId
    table: str
    column: str
    row: str
    revision: int = 0

    @property
    def bound(self) -> bytes:
        parts = (self.case, self.author, self.table, self.column, self.row, str(self.revision))
        return "\x1f".join(parts).encode()


class Vault:
    """Seals and opens text with data keys. They are in the database, wrapped by the keyring."""

    def __init__(self, ring: Keyring, deletions: DeletionLog | None = None) -> None:
        """Without a deletion log, no copy of the database may be made that could be restored."""
        self._ring = ring
        self._deletions = deletions

    @property
    def ring(self) -> Keyring:
        return self._ring

    def use(self, ring: Keyring) -> None:
        """Use another keyring from now on. It must open everything that this one opened."""
        self._ring = ring

    def finger(self, *parts: str) -> bytes:
        return self._ring.finger("\x1f".join(parts))

    async def seal(self, tx: Tx, cell: Cell, text: str) -> bytes:
        data_key = await self._key(tx, cell) or await self._new_key(tx, cell)
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(data_key).encrypt(nonce, _padded(text.encode()), cell.bound)

    async def unseal(self, tx: Tx, cell: Cell, sealed: bytes | None) -> str | None:
        """Return the text; None if there is none or its key was dropped."""
        data_key = None if sealed is None else await self._key(tx, cell)
        return _opened(data_key, cell, sealed)

    def open(self, cell: Cell, sealed: SealedText) -> str | None:
        """Return a text that was read together with its key; None if either is gone."""
        if sealed.text is None or sealed.key is None:
            return None
        return _opened(self._ring.unwrap(*sealed.key, _owner(cell.case, cell.author)), cell, sealed.text)

    async def drop(self, tx: Tx, case: str, author: PersonId | None = None) -> None:
        """Delete the key of one author in a case, or the keys of all.

        What they sealed can never be opened again, and a backup that is restored deletes them again.
        """
        self._log_dropped(tx, await store.drop(tx, case, author))

    def erase_person(self, tx: Tx, person: PersonId) -> None:
        """Have a backup that is restored erase this person again. Their keys are dropped with `drop`."""
        if self._deletions is not None:
            self._deletions.person(tx, person)

    def data_key(self, one: DataKey) -> bytes | None:
        """Return a data key as it is used; None if it is damaged, so that it opens nothing."""
        try:
            return self._ring.unwrap(*one.wrapped, _owner(one.case, one.author))
        except InvalidTag:
            return None

    async def drop_author(self, tx: Tx, author: PersonId) -> None:
        """Delete every key of this author. Nothing that they sealed anywhere can be opened again."""
        self._log_dropped(tx, await store.drop_author(tx, author))

    async def rewrap(self, tx: Tx, most: int = 500) -> int:
        """Wrap data keys of older wrapping keys with the current one; return how many were done."""
        found = await store.under(tx, self._ring.older, most) if self._ring.older else []
        done = [again for one in found if (again := self._rewrapped(one)) is not None]
        await store.rewrap(tx, done)
        return len(done)

    async def under_older_keys(self, tx: Tx) -> int:
        """Return how many data keys are wrapped with other keys than the current one."""
        counted = await store.counted(tx)
        return sum(counted.get(name, 0) for name in self._ring.older)

    async def opens_with(self, tx: Tx, ring: Keyring) -> bool:
        """Whether a keyring has every key that wraps a data key, and finds the same rows as this one."""
        same = ring.finger_key == self._ring.finger_key
        return same and set(await store.counted(tx)) <= ring.keys.keys()

    def _log_dropped(self, tx: Tx, dropped: Iterable[DataKey]) -> None:
        if self._deletions is not None:
            for one in dropped:
                if (key := self.data_key(one)) is not None:
                    self._deletions.key(tx, one.case, one.author, key)

    def _rewrapped(self, one: DataKey) -> DataKey | None:
        key = self.data_key(one)
        return (
            None if key is None else one._replace(wrapped=self._ring.wrap(key, _owner(one.case, one.author)))
        )

    async def _key(self, tx: Tx, cell: Cell) -> bytes | None:
        found = await store.find(tx, cell.case, cell.author)
        return None if found is None else self._ring.unwrap(*found, _owner(cell.case, cell.author))

    async def _new_key(self, tx: Tx, cell: Cell) -> bytes:
        data_key = os.urandom(_KEY_BYTES)
        await store.add(tx, cell.case, cell.author, self._ring.wrap(data_key, _owner(cell.case, cell.author)))
        return data_key


def _opened(data_key: bytes | None, cell: Cell, sealed: bytes | None) -> str | None:
    if sealed is None or data_key is None:
        return None
    return _unpadded(AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], cell.bound)).decode()


def _owner(case: str, author: PersonId) -> bytes:
    return f"{case}\x1f{author}".encode()


def _padded(text: bytes) -> bytes:
    padded = struct.pack(">I", len(text)) + text
    return padded + bytes(-len(padded) % _BLOCK)


def _unpadded(padded: bytes) -> bytes:
    (length,) = struct.unpack(">I", padded[:4])
    return padded[4 : 4 + length]
