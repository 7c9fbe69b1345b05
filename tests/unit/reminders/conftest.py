"""`harness`: real services on the real schema. Its methods are in tests.unit.reminders.fixtures."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.norms.fixtures import settled
from tests.unit.reminders.fixtures import Harness


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    async with settled(Harness) as opened:
        yield opened
