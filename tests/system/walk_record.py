"""The record of one walk through everything: what was sent, stored and logged."""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simcord.types import HttpLogEntry

from bot import logs
from tests.database_file import decrypted, open_file
from tests.system import path_journeys
from tests.system.conftest import walking
from tests.system.journeys import WAYS
from tests.system.walk import Walk

Files = dict[str, bytes]
Counts = dict[str, int]


@dataclass
class Record:
    """`files` holds the content of every file, by time; `clear` the same with the database decrypted.

    `users` holds who was answered, by interaction.
    """

    canaries: dict[str, str] = field(default_factory=dict)
    typed_into: set[tuple[str, str]] = field(default_factory=set)
    """The fields into which a canary was typed: each by the verb of its form and its name."""
    accounts: dict[str, int] = field(default_factory=dict)
    channels: dict[int, int] = field(default_factory=dict)
    """The channel of each person's direct messages, by account."""
    requests: list[HttpLogEntry] = field(default_factory=list)
    users: dict[str, int] = field(default_factory=dict)
    files: dict[str, Files] = field(default_factory=dict)
    clear: dict[str, Files] = field(default_factory=dict)
    cells: set[str | bytes] = field(default_factory=set)
    """Every text and every sealed cell that was in any table before all was deleted."""
    rows: dict[str, Counts] = field(default_factory=dict)
    """How many rows each table had, by time."""
    keys: set[str] = field(default_factory=set)
    """The cases for which a data key was left at the end."""
    verbs: frozenset[str] = frozenset()
    """Every verb that the router has a handler for."""
    log: str = ""
    kept_out: int = 0
    """How many records were made at DEBUG. None of them may be written."""


def walked(state: Path, log: Path) -> Record:
    """Do the whole walk with full logging, and then let everything be deleted when its time is over."""
    record = Record()
    with log.open("w") as told, everything_logged(told) as made:
        asyncio.run(_walk(state, record))
    record.kept_out = made[logging.DEBUG]
    record.log = log.read_text()
    _keep_files(record, "closed", state)
    return record


async def _walk(state: Path, record: Record) -> None:
    async with walking(state) as walk:
        for way in WAYS:
            await way(walk)
            await walk.demo.settle()
            _keep_files(record, f"after {way.__name__}", state)
            record.rows[f"after {way.__name__}"] = rows(state)
        await walk.demo.restart()
        _keep_files(record, "restarted", state)
        record.cells = cells(state)
        await forgotten(walk)
        _keep_files(record, "forgotten", state)
        record.rows["forgotten"] = rows(state)
        record.keys = keys(state)
        _remember(walk, record)


async def forgotten(walk: Walk) -> None:
    """End the questions about the two plans and the path, and wait until all that was written is deleted."""
    await walk.press(await walk.entry("ana", "You wrote that something would be"), "Stop asking")
    await walk.press(await walk.press(await walk.slash("hal", "plan"), "Open"), "Stop asking")
    await path_journeys.the_end(walk)
    await walk.demo.skip(days=31)


def _remember(walk: Walk, record: Record) -> None:
    backend = walk.demo.env.backend
    record.verbs = walk.demo.bot.services.router.verbs
    record.canaries = walk.canaries
    record.typed_into = walk.typed_into
    record.accounts = {user.name: user.id for user in backend.users.values()}
    record.channels = dict(backend.dm_channels)
    record.requests = list(walk.demo.requests)
    record.users = {str(id): one.user_id for id, one in backend.interactions.items()}


def _keep_files(record: Record, when: str, state: Path) -> None:
    record.files[when] = files(state)
    record.clear[when] = decrypted(record.files[when], state / "keys.json")


@contextmanager
def everything_logged(to: Any) -> Iterator[Counter[int]]:
    """Log like `plumbline run` at DEBUG, with every other logger at DEBUG too. Count the records by level."""
    made: Counter[int] = Counter()

    class Counts(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            made[record.levelno] += 1

    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.stderr, sys.excepthook, sys.unraisablehook)
    levels = {name: logging.getLogger(name).level for name in (*logs.OURS, *logs._NEVER_BELOW)}
    root.handlers = []
    sys.stderr = to
    try:
        logs.begin("DEBUG", "text")
        # As if somebody had wanted to know more: what these log must not be written even then.
        for name in ("", *logs._NEVER_BELOW):
            logging.getLogger(name).setLevel(logging.DEBUG)
        root.addHandler(Counts())
        yield made
    finally:
        root.handlers, level, sys.stderr, sys.excepthook, sys.unraisablehook = before
        root.setLevel(level)
        logging.captureWarnings(False)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def files(state: Path) -> Files:
    """Return the content of every file in the bot's directory, including the journal of the database."""
    return {path.name: path.read_bytes() for path in sorted(state.rglob("*")) if path.is_file()}


def rows(state: Path) -> Counts:
    """Return how many rows each table has."""
    with open_file(state / "plumbline.db") as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: book.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def cells(state: Path) -> set[str | bytes]:
    """Return the different texts and blobs in all tables."""
    with open_file(state / "plumbline.db") as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for name in tables for row in book.execute(f'SELECT * FROM "{name}"')]
        return {cell for row in rows for cell in row if isinstance(cell, str | bytes)}


def keys(state: Path) -> set[str]:
    """Return the cases that have data keys: `person:<id>`, `plan:<id>`, or the id of an ask."""
    with open_file(state / "plumbline.db") as book:
        return {case for (case,) in book.execute('SELECT "case" FROM data_keys')}
