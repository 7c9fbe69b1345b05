"""Statements about a database that no bot needs to have open: which keys it needs, and whether they fit."""

from bot.ids import PersonId
from bot.storage.source import Rows, Source
from bot.vault.keyring import Keyring
from bot.vault.sealing import Vault
from bot.vault.store import DataKey

_TABLE = "data_keys"
_COUNTED = "SELECT ring_key, count(*) FROM data_keys GROUP BY ring_key"
_ALL = 'SELECT "case", author, ring_key, wrapped FROM data_keys'


def wrapped_by(source: Source) -> dict[str, int]:
    """Return how many data keys each key of the keyring wraps. Raises WrongKey and StorageUnavailable."""
    return source.look(_counted) if source.has(_TABLE) else {}


def fits(source: Source, ring: Keyring) -> bool:
    """Whether the keyring opens what is sealed there."""
    vault = Vault(ring)

    def opens(rows: Rows) -> bool:
        if not _counted(rows).keys() <= ring.keys.keys():
            return False
        sealed = rows(_ALL)
        return not sealed or any(
            vault.data_key(DataKey(case, PersonId(author), (name, wrapped))) is not None
            for case, author, name, wrapped in sealed
        )

    return not source.has(_TABLE) or source.look(opens)


def _counted(rows: Rows) -> dict[str, int]:
    return dict(rows(_COUNTED))
