"""`harness`: real services on a real file. Its methods are in tests.unit.pods.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.pods.fixtures import Harness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened = Harness(tmp_path / "test.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def lawful(tmp_path: Path) -> AsyncIterator[Harness]:
    """Yield a harness on the schema that is used in production, with its triggers."""
    opened = Harness(tmp_path / "lawful.db")
    await opened.open()
    yield opened
    await opened.close()
