"""`town`: real services on a real file with the real schema; its verbs are in tests.unit.reminders.town."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.norms.town import settled
from tests.unit.reminders.town import Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with settled(Town) as opened:
        yield opened
