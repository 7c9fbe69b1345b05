"""Which keys of the keyring a database file still needs, for `plumbline keys` and for backups."""

from pathlib import Path

from msgspec import Struct

from bot.storage.file_keys import FileKeys, is_under
from bot.vault import usage_store
from bot.vault.keyring import Keyring


class KeyUse(Struct, frozen=True):
    """One key of the keyring, and what it opens in the database."""

    name: str
    current: bool
    retired: bool
    data_keys: int
    has_file: bool

    @property
    def needed(self) -> bool:
        return bool(self.data_keys) or self.has_file


def uses(ring: Keyring, database: Path, keys: FileKeys) -> list[KeyUse]:
    """Return what each key opens in the database, if there is one. Raises WrongKey and StorageUnavailable."""
    there = database.is_file()
    counted = usage_store.wrapped_by(database, keys) if there else {}
    return [
        KeyUse(
            name,
            name == ring.current,
            name in ring.retired,
            counted.get(name, 0),
            there and is_under(database, ring.file_key(name)),
        )
        for name in sorted(ring.keys, key=int)
    ]


def fits(path: Path, ring: Keyring, keys: FileKeys) -> bool:
    """Whether the keyring opens what is sealed in the file. Raises WrongKey and StorageUnavailable.

    A single data key that is damaged doesn't count: it opens nothing in the original either.
    """
    return usage_store.fits(path, ring, keys)
