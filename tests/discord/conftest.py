"""`theatre`: the whole bot on the pretend server, fresh for each test; its verbs are in bot.stage.theatre."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.stage.theatre import Theatre, stage


@pytest.fixture
async def theatre() -> AsyncIterator[Theatre]:
    async with stage() as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_goes_wrong_unseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The door turns every error into a sentence; here it must not have had to."""
    yield
    troubles = [
        one
        for one in caplog.get_records("call")
        if one.name.startswith("bot") and one.levelno >= logging.ERROR
    ]
    assert not troubles, [one.getMessage() for one in troubles]
