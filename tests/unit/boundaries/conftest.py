"""`town`: real services on a real file; its verbs are in tests.unit.pods.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.pods.fixtures import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = Town(tmp_path / "town.db")
    await opened.open()
    yield opened
    await opened.close()
