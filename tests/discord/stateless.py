"""Helpers for features that need no database: they run the bot with its files, and then without them."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from simcord import MemberActor

from bot import logs
from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.reading import buttons_of
from bot.demo.client.screen import Closed, Screen
from bot.ids import ServerId
from bot.servers.models import Server
from bot.settings import Settings
from bot.ui.components import Tone
from tests.database_file import open_file

CHIEF = Tone.CHIEF.value.value
NO_SUCH = "There is nothing here for you to open"


@asynccontextmanager
async def acting(state: Path, country: str = "") -> AsyncIterator[DemoClient]:
    """Open the pretend server with its files in `state` and this country, if any."""
    async with demo_client(Settings(_env_file=None, state_dir=state)) as demo:
        if country:
            await demo.bot.services.servers.keep(Server(ServerId(demo.server.id), country=country))
        yield demo


def dump(state: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with open_file(state / "plumbline.db") as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(book.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


@asynccontextmanager
async def nothing_is_stored(demo: DemoClient, state: Path) -> AsyncIterator[None]:
    """Assert that the database is the same before and after."""
    await demo.settle()
    before = dump(state)
    assert before
    yield
    await demo.settle()
    assert dump(state) == before


@contextmanager
def without_a_database(demo: DemoClient, state: Path) -> Iterator[None]:
    """Delete the file and make every read or write of a row fail."""
    for file in state.glob("plumbline.db*"):
        file.unlink()
    held = vars(demo.bot.db)
    held.update(read=_gone, write=_gone)
    yield
    del held["read"], held["write"]


@contextmanager
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Collect every log line of ours and of discord.py at DEBUG; loggers with a fixed level keep it."""
    lines: list[str] = []
    heard = (*logs.OURS, "discord")
    levels = {**logs._NEVER_BELOW, **dict.fromkeys(heard, logging.DEBUG)}
    caplog.clear()
    with ExitStack() as held:
        for name, level in levels.items():
            held.enter_context(caplog.at_level(level, name))
        yield lines
    lines += [one.getMessage() for one in caplog.records if one.name.startswith(heard)]


@contextmanager
def nobody_is_logged(caplog: pytest.LogCaptureFixture, *members: MemberActor) -> Iterator[None]:
    """Assert that no log line written inside contains the name or id of any of them."""
    with everything_logged(caplog) as lines:
        yield
    named = re.compile("|".join(rf"\b{one}\b" for member in members for one in (member.name, member.id)))
    assert not [line for line in lines if named.search(line)]


def fits(screen: Screen) -> bool:
    """Return whether Discord accepts the card: 4,000 characters, 40 components, each custom_id once."""
    return (
        len(screen.text) <= 4000
        and _components(screen.message.components) <= 40
        and len(set(screen.custom_ids)) == len(screen.custom_ids)
        and all(len(one) <= 100 for one in screen.custom_ids)
    )


async def closes(screen: Screen) -> bool:
    """Press `Close`, and return whether the card is gone."""
    with pytest.raises(Closed):
        await screen.press("Close")
    return True


def marked(screen: Screen) -> list[str]:
    """Return the labels of the buttons that mark the page one is on."""
    return [one["label"] for one in buttons_of(screen.message) if one["style"] == CHIEF]


def _components(part: Any) -> int:
    """Return the number of components, including nested ones."""
    if isinstance(part, list):
        return sum(_components(one) for one in part)
    if isinstance(part, dict):
        return int("type" in part) + sum(_components(one) for one in part.values() if isinstance(one, list))
    return 0


async def _gone(_verb: object) -> Any:
    raise ConnectionError
