"""Five friends, one server, and the services of a real house on a real file: what each of them can do."""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from bot.app import Plumbline, build
from bot.delivery.courier import Courier
from bot.delivery.line import Line
from bot.delivery.outcome import Sent
from bot.errors import Refusal
from bot.house import House
from bot.ids import PersonId, ServerId
from bot.people.model import Passer
from bot.settings import Settings
from bot.storage.migrate import upgrade
from bot.vault.keyring import Keyring

T = TypeVar("T")

DATABASE, KEYS = "plumbline.db", "keys.json"
SERVER = ServerId(700)
NAMES = ("ana", "bo", "cy", "dee", "eve")
BEGINNING = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


class Post:
    """Stands where Discord is: takes every line, and remembers what it was and when."""

    def __init__(self) -> None:
        self.brought: list[Line] = []

    async def reaches(self, person: PersonId) -> bool:
        return True

    async def open(self, person: PersonId) -> None:
        return None

    async def whisper(self, line: Line) -> Sent:
        self.brought.append(line)
        return Sent(len(self.brought))

    async def find(self, line: Line) -> None:
        return None

    async def close(self, line: Line) -> Sent:
        return Sent(line.message_id or 0)


class Town:
    """The house as it runs now, on files that stay; a clock that only `pass_time` moves far."""

    def __init__(self, state: Path, seed: int, blank: Path | None = None) -> None:
        self._settings = Settings(_env_file=None, state_dir=state, key_file=state / KEYS)
        if blank is not None:
            shutil.copy(blank / DATABASE, state)
            shutil.copy(blank / KEYS, state)
        self._runner = asyncio.Runner()
        self._chance = random.Random(seed)
        self.now = BEGINNING
        self.post = Post()
        self.bot: Plumbline
        self.people: dict[str, PersonId] = {}
        self.away: set[str] = set()
        self._known: dict[str, PersonId] = {}
        self.start()
        self.book = sqlite3.connect(self._settings.database_path, isolation_level=None)
        self.book.row_factory = sqlite3.Row

    # -- the house ------------------------------------------------------------------------------

    @property
    def house(self) -> House:
        return self.bot.house

    def run(self, act: Awaitable[T]) -> T:
        async def whole() -> T:
            return await act

        return self._runner.run(whole())

    def start(self) -> None:
        async def begin() -> None:
            self.bot = build(self._settings, now=lambda: self.now, shard_count=1)
            await self.bot.__aenter__()
            await upgrade(self.bot.house.db)
            await self.bot.load_cogs()

        self.run(begin())

    def restart(self) -> None:
        """The same files, under new objects: nothing that was kept in memory alone is left."""
        self.run(self.bot.close())
        self._known.clear()
        self.start()

    def close(self) -> None:
        self.book.close()
        self.run(self.bot.close())
        self._runner.close()

    def random(self) -> SimpleNamespace:
        """In place of the module `random`: the same chances at each replay of an example."""
        return SimpleNamespace(SystemRandom=lambda: self._chance)

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """What stands in the file, read past all services."""
        return self.book.execute(statement, values).fetchall()

    # -- people ---------------------------------------------------------------------------------

    def passer(self, name: str) -> Passer:
        here = None if name in self.away else SERVER
        return Passer(1000 + NAMES.index(name), name.capitalize(), here)

    def meet(self, name: str) -> PersonId:
        """Who uses the bot is met first, as at the door; once is enough while they are called the same."""
        if name not in self._known:
            self._known[name] = self.run(self.house.people.meet(self.passer(name), self.now))
            self.people[name] = self._known[name]
        return self._known[name]

    def leave(self, name: str) -> None:
        self.do(name, lambda h, me, now: h.people.leave(me, SERVER, now))
        self.away.add(name)
        self._known.pop(name, None)

    def come_back(self, name: str) -> None:
        self.away.remove(name)
        self._known.pop(name, None)
        self.meet(name)

    def do(self, name: str, act: Callable[[House, PersonId, datetime], Awaitable[T]]) -> T | None:
        """`name` does it, a second after whatever was last; None where the rules refuse it."""
        self.now += timedelta(seconds=1)
        person = self.meet(name)
        try:
            return self.run(act(self.house, person, self.now))
        except Refusal:
            return None

    def pod(self, owner: str, member: str) -> None:
        """`member` agrees to be asked by `owner`."""
        sent = self.do(owner, lambda h, me, now: h.pods.invite(me, SERVER, self.passer(member), now))
        if sent is not None:
            self.do(member, lambda h, me, now: h.pods.accept(me, sent.id, now))

    # -- time -----------------------------------------------------------------------------------

    def pass_time(self, span: timedelta) -> None:
        """Whatever falls due on the way happens at its own time."""
        until = self.now + span
        while True:
            due = self.run(self.house.agenda.next_due())
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            self.run(self.house.agenda.run_due(self.now))
        self.now = until

    def deliver(self) -> Sequence[Line]:
        """The post goes, by the real courier; gives what it brought this time."""
        before = len(self.post.brought)

        async def round_trip() -> None:
            courier = Courier(
                self.house.db, self.house.outbox, self.post, lambda: self.now, 1e6, 10_000,
                still_here=_everybody_is, wait_until=self.house.preferences.wait_until,
            )  # fmt: skip
            courier.start()
            await courier.idle()
            await courier.stop(1)
            self.house.outbox.on_waiting = None

        self.run(round_trip())
        return self.post.brought[before:]


async def _everybody_is(_server: ServerId, _person: PersonId) -> bool:
    return True


def four_friends(state: Path) -> Path:
    """A file to begin from: four of the five have come, and some of them can ask each other."""
    Keyring.fresh().save(state / KEYS)
    town = Town(state, 0)
    for name in NAMES[:-1]:
        town.meet(name)
    for owner, member in (("ana", "bo"), ("bo", "ana"), ("ana", "cy"), ("cy", "bo"), ("ana", "dee")):
        town.pod(owner, member)
    town.close()
    return state
