"""A vault on a real file, and the cell of one text."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.tables import installation
from bot.vault.deletion_file import Batch, Entry, Kind
from bot.vault.keyring import Keyring
from bot.vault.sealing import Cell, Vault
from bot.vault.tables import data_keys, deletion_marks

ROBIN = PersonId("robin")
CELL = Cell("ask:1", ROBIN, "asks", "what", "1")


@pytest.fixture
def ring() -> Keyring:
    return Keyring.fresh()


@pytest.fixture
def vault(ring: Keyring) -> Vault:
    return Vault(ring)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "plumbline.db")
    await database.open()
    await database.migrate(data_keys.create)
    await database.migrate(deletion_marks.create)
    await database.migrate(_about_itself)
    yield database
    await database.close()


def _about_itself(connection: Connection) -> None:
    installation.create(connection)
    connection.execute(insert(installation).values(id=1, works_with="0001"))


def entries(batch: Batch) -> list[Entry]:
    """Return the lines of a batch that stand in the deletion log before its transaction is committed."""
    return [
        Entry(Kind.BEGUN, batch.id),
        *(Entry(Kind.KEY, one) for one in sorted(batch.keys)),
        *(Entry(Kind.PERSON, one) for one in sorted(batch.persons)),
    ]
