"""`demo`: the whole bot on the pretend server, fresh for each test, driven by the demo client."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.demo.client.client import DemoClient, demo_client


@pytest.fixture
async def demo() -> AsyncIterator[DemoClient]:
    async with demo_client() as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_went_wrong(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test on any logged error, because the bot itself hides errors behind a sentence or a retry."""
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not [f"{one.name}: {one.getMessage()}" for one in errors if one.name.startswith("bot.")]
