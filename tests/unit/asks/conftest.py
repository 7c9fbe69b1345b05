"""The fixture `harness`: the real services with a real database. See tests.unit.asks.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.asks.fixtures import Harness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    """Let Ana ask Bo, Cy, Di and Ed, and let Bo ask Ana. The time is noon on a Wednesday, in UTC."""
    opened = Harness(tmp_path / "test.db")
    await opened.open()
    for friend in ("Bo", "Cy", "Di", "Ed"):
        await opened.tie("Ana", friend)
    await opened.tie("Bo", "Ana")
    for name in ("Ana", "Bo"):
        await opened.read_all(name)
    yield opened
    await opened.close()
