"""`harness`: real services on a real file. Its methods are in tests.unit.talks.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.talks.fixtures import Harness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    """Ana can ask Bo, Cy and Di."""
    opened = Harness(tmp_path / "test.db")
    await opened.open()
    for friend in ("Bo", "Cy", "Di"):
        await opened.tie("Ana", friend)
    await opened.read_all("Ana")
    yield opened
    await opened.close()
