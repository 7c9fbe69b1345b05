"""`town`: real services on a real file with the real schema; its verbs are in tests.unit.reminders.town."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest

from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.unit.norms.town import MEMORY
from tests.unit.reminders.town import Town


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a file with the whole schema stands, made once."""
    return tmp_path_factory.mktemp("reminders") / "schema.db"


@pytest.fixture
async def town(schema: Path) -> AsyncIterator[Town]:
    if not schema.exists():
        db = Database(schema)
        await upgrade(db)
        await db.close()
    with TemporaryDirectory(dir=MEMORY) as place:
        path = Path(place) / "town.db"
        copyfile(schema, path)
        opened = Town(path)
        await opened.open()
        await opened.settle_in()
        yield opened
        await opened.close()
