"""`harness`: real services on the real schema. Its methods are in tests.unit.reports.fixtures."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.reports.fixtures import Harness, settled


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    async with settled(Harness) as opened:
        yield opened
