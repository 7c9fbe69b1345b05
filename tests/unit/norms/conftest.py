"""`town`: real services on a real file with the real schema; its verbs are in tests.unit.norms.fixtures."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.norms.fixtures import Town, settled


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with settled(Town) as opened:
        yield opened
