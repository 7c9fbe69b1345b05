"""The Discord that each test's bot connects to."""

from collections.abc import AsyncIterator

import pytest

from tests.wire.client import Wire, wire


@pytest.fixture
async def discord() -> AsyncIterator[Wire]:
    async with wire() as there:
        yield there
