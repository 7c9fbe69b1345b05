"""`town`: its verbs are in tests.unit.insights.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.unit.insights.fixtures import Town
from tests.unit.pairs.fixtures import MEMORY


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    with TemporaryDirectory(dir=MEMORY) as place:
        opened = Town(Path(place) / "town.db")
        await opened.open()
        await opened.insights.start(opened.now)
        yield opened
        await opened.close()
