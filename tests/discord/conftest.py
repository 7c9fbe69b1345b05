"""`theatre`: the whole bot on the pretend server, fresh for each test; its verbs are in bot.stage.theatre."""

from collections.abc import AsyncIterator

import pytest

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.stage.theatre import Theatre, stage


@pytest.fixture
async def theatre() -> AsyncIterator[Theatre]:
    async with stage() as opened:
        yield opened
