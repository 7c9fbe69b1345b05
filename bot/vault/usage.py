"""Which keys of the keyring a database still needs, for `plumbline keys` and for backups."""

from pathlib import Path

from msgspec import Struct

from bot.storage.file_keys import is_under
from bot.storage.source import Source
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


def uses(ring: Keyring, source: Source, file: Path | None) -> list[KeyUse]:
    """Return what each key opens in the database, if there is one. Raises WrongKey and StorageUnavailable.

    file: the database's, if it is in one.
    """
    counted = usage_store.wrapped_by(source) if source.there else {}
    return [
        KeyUse(
            name,
            name == ring.current,
            name in ring.retired,
            counted.get(name, 0),
            file is not None and source.there and is_under(file, ring.file_key(name)),
        )
        for name in sorted(ring.keys, key=int)
    ]


def fits(source: Source, ring: Keyring) -> bool:
    """Whether the keyring opens what is sealed in the database. Raises WrongKey and StorageUnavailable.

    A single data key that is damaged doesn't count: it opens nothing in the original either.
    """
    return usage_store.fits(source, ring)
