"""The pretend server for walks through the whole bot, with its files where a test can read them."""

import fcntl
import logging
import os
import pickle
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.demo.client.client import demo_client
from bot.settings import Settings
from bot.vault.keyring import Keyring
from tests.system.walk import Walk

if TYPE_CHECKING:
    from tests.system.walk_record import Record


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave these tests out of coverage: code that only they reach has no test of its own."""
    item.add_marker(pytest.mark.uncounted)


@asynccontextmanager
async def walking(state: Path, *, twice: bool = False) -> AsyncIterator[Walk]:
    """Open a server with everybody on it, and the bot's files in `state`."""
    settings = Settings(_env_file=None, state_dir=state, key_file=state / "keys.json")
    if not settings.key_path.exists():
        Keyring.fresh().save(settings.key_path)
    async with demo_client(settings) as demo:
        walk = Walk(demo, twice=twice)
        await walk.gather()
        yield walk


@pytest.fixture(autouse=True)
def nothing_went_wrong(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The bot answers an error with a sentence or tries again; here any error in the log fails the test."""
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not [f"{one.name}: {one.getMessage()}" for one in errors if one.name.startswith("bot.")]


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> "Record":
    """Walk through everything once, for all the tests (in all processes) that only look at the result."""
    from tests.system.walk_record import walked

    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    kept = place / "walk.pickle"
    with (place / "walk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder = tmp_path_factory.mktemp("walk")
            (folder / "state").mkdir()
            kept.write_bytes(pickle.dumps(walked(folder / "state", folder / "log")))
    return cast("Record", pickle.loads(kept.read_bytes()))
