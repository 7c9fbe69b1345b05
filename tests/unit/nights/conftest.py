"""The fixture `harness`: the real services with a real database. See tests.unit.nights.fixtures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.nights.fixtures import Harness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened = Harness(tmp_path / "test.db")
    await opened.open()
    yield opened
    await opened.close()
