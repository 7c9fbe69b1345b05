"""Statements about a file that no bot needs to have open: which keys it needs, and whether they fit."""

from pathlib import Path

from bot.ids import PersonId
from bot.storage.copies import examined
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys
from bot.vault.keyring import Keyring
from bot.vault.sealing import Vault
from bot.vault.store import DataKey

_TABLE = "SELECT count(*) FROM sqlite_master WHERE name = 'data_keys'"
_COUNTED = "SELECT ring_key, count(*) FROM data_keys GROUP BY ring_key"
_ALL = 'SELECT "case", author, ring_key, wrapped FROM data_keys'


def wrapped_by(path: Path, keys: FileKeys | None) -> dict[str, int]:
    """Return how many data keys each key of the keyring wraps. Raises WrongKey and StorageUnavailable."""
    return examined(path, _counted, keys)


def fits(path: Path, ring: Keyring, keys: FileKeys | None) -> bool:
    """Whether the keyring opens what is sealed in the file."""
    vault = Vault(ring)

    def opens(connection: sqlite.Connection) -> bool:
        if not _has_keys(connection):
            return True
        if not _counted(connection).keys() <= ring.keys.keys():
            return False
        rows = connection.execute(_ALL).fetchall()
        return not rows or any(
            vault.data_key(DataKey(case, PersonId(author), (name, wrapped))) is not None
            for case, author, name, wrapped in rows
        )

    return examined(path, opens, keys)


def _counted(connection: sqlite.Connection) -> dict[str, int]:
    return dict(connection.execute(_COUNTED).fetchall()) if _has_keys(connection) else {}


def _has_keys(connection: sqlite.Connection) -> bool:
    return bool(connection.execute(_TABLE).fetchone()[0])
