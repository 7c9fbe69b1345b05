"""`town`: real services on a real file; its verbs are in tests.unit.talks.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.talks.fixtures import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Ana can ask Bo, Cy and Di."""
    opened = Town(tmp_path / "town.db")
    await opened.open()
    for friend in ("Bo", "Cy", "Di"):
        await opened.tie("Ana", friend)
    await opened.read_all("Ana")
    yield opened
    await opened.close()
