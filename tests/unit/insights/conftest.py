"""`harness`: real services on a real file. Its methods are in tests.unit.insights.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.unit.insights.fixtures import Harness
from tests.unit.pairs.fixtures import MEMORY


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    with TemporaryDirectory(dir=MEMORY) as place:
        opened = Harness(Path(place) / "test.db")
        await opened.open()
        await opened.insights.start(opened.now)
        yield opened
        await opened.close()
