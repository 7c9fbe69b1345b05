"""`town`: real services on a real file; its verbs are in tests.unit.pairs.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.unit.pairs.fixtures import MEMORY, Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    with TemporaryDirectory(dir=MEMORY) as place:
        opened = Town(Path(place) / "town.db")
        await opened.open()
        yield opened
        await opened.close()
