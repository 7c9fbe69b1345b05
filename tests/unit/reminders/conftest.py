"""Every test of reminders begins in the same place: see `tests.unit.reminders.fixtures`."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.norms.fixtures import settled
from tests.unit.reminders.fixtures import Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with settled(Town) as opened:
        yield opened
