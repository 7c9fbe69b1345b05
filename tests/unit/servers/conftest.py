"""`town`: real services on a real file; its verbs are in tests.unit.pods.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.unit.pods.fixtures import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = Town(tmp_path / "town.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def lawful(tmp_path: Path) -> AsyncIterator[Town]:
    """A town on the schema as it is in use, its triggers included."""
    path = tmp_path / "lawful.db"
    db = Database(path)
    await upgrade(db)
    await db.close()
    opened = Town(path)
    await opened.open()
    yield opened
    await opened.close()
