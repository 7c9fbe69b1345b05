"""Finds the failpoints while a scenario runs, and keeps for each what a crash there would leave.

The files of the state directory are copied at that instant, with the journal of the database. So one run
of the scenario finds all points, and each of them is then tried alone.
"""

import copy
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from msgspec import structs

from bot.storage import sqlite
from bot.storage.sqlite import OpenFile, SqliteAdapter
from bot.storage.tx import Tx
from tests.crash import snapshot
from tests.crash.failpoints.discord import Discord

Dump = tuple[str, ...]
_CHANGES = ("rename", "replace", "unlink", "fsync")
"""The functions of `os` around which there is a point. Those of Path call them."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What a crash at one point leaves.

    committed: all rows that were committed by then.
    """

    number: int
    name: str
    state: Path
    now: datetime
    discord: Discord
    committed: Dump


@dataclass
class Points:
    """Collects the crashes. `wanted` says which of the points are kept, by their number."""

    state: Path
    kept: Path
    now: Callable[[], datetime]
    discord: Discord = field(default_factory=Discord)
    wanted: Callable[[int], bool] = lambda _number: True
    crashes: list[Crash] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    committed: Dump = ()

    def reach(self, name: str) -> None:
        """Keep what a crash at this point would leave."""
        self.found[name] += 1
        number = self.found.total()
        if not self.wanted(number):
            return
        place = self.kept / f"{number:05}"
        place.mkdir()
        snapshot.copy(self.state, place)
        self.crashes.append(
            Crash(number, name, place, self.now(), copy.deepcopy(self.discord), self.committed)
        )

    def commit(self, file: OpenFile) -> None:
        """Commit, and remember what is committed from then on."""
        file.raw.commit()
        self.committed = dumped(file.raw.execute)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Reach a point before and after each BEGIN, COMMIT, callback, rename, unlink and fsync meanwhile."""
        self.discord.reach = self.reach
        with (
            mock.patch.object(SqliteAdapter, "_open", _opens(self)),
            mock.patch.object(Tx, "committed", _calls_back(self)),
            _watched_files(self),
        ):
            yield


def dumped(execute: Callable[[str], Any]) -> Dump:
    """Return every row of every table as text."""
    tables = [name for (name,) in map(tuple, execute("SELECT name FROM sqlite_master WHERE type = 'table'"))]
    return tuple(
        f"{table}: {tuple(row)!r}" for table in sorted(tables) for row in execute(f'SELECT * FROM "{table}"')
    )


class Watched:
    """An aiosqlite connection that begins and commits in the event loop's thread, with points around that.

    In a thread of its own a commit could run while the files are snapshot_of for another point.
    """

    def __init__(self, file: OpenFile, points: Points) -> None:
        self._file = file
        self._points = points

    async def execute(self, statement: str) -> Any:
        if not statement.startswith("BEGIN"):
            return await self._file.threaded.execute(statement)
        self._points.reach("before BEGIN")
        self._file.raw.execute(statement)
        self._points.reach("after BEGIN")
        return None

    async def commit(self) -> None:
        self._points.reach("before COMMIT")
        self._points.commit(self._file)
        self._points.reach("after COMMIT")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file.threaded, name)


def _opens(points: Points) -> Callable[..., Any]:
    plain = sqlite.SqliteAdapter._open

    async def opened(adapter: SqliteAdapter, *how: Any) -> OpenFile:
        file = await plain(adapter, *how)
        return structs.replace(file, threaded=Watched(file, points))

    return opened


def _calls_back(points: Points) -> Callable[[Tx], None]:
    plain = Tx.committed

    def watched(call: Callable[[], None]) -> Callable[[], None]:
        def calls() -> None:
            points.reach("before a callback")
            call()
            points.reach("after a callback")

        return calls

    def committed(tx: Tx) -> None:
        tx._afterwards = [watched(call) for call in tx._afterwards]
        plain(tx)

    return committed


@contextmanager
def _watched_files(points: Points) -> Iterator[None]:
    with ExitStack() as patches:
        for name in _CHANGES:
            patches.enter_context(mock.patch.object(os, name, _around(points, name, getattr(os, name))))
        yield


def _around(points: Points, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    def around(file: Any, *more: Any, **how: Any) -> Any:
        if not _inside(points.state, file):
            return plain(file, *more, **how)
        points.reach(f"before {name}")
        done = plain(file, *more, **how)
        points.reach(f"after {name}")
        return done

    return around


def _inside(state: Path, file: Any) -> bool:
    """Whether a path, or what a file descriptor is open on, is in the state directory."""
    path = Path(f"/proc/self/fd/{file}").readlink() if isinstance(file, int) else Path(file)
    return path.absolute().is_relative_to(state.absolute())
