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
