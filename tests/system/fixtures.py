"""A test harness: five friends on one server, and the real services on a real file."""

import asyncio
import random
import shutil
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from bot.app import Plumbline, build
from bot.delivery.dm_dispatcher import DmDispatcher
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, SearchPage
from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.settings import Settings
from bot.vault.keyring import Keyring
from tests.system.places import Row, place

T = TypeVar("T")

KEYS, DELETIONS = "keys.json", "deletions.log"
SERVER = ServerId(700)
NAMES = ("ana", "bo", "cy", "dee", "eve")
BEGINNING = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


class Post:
    """A DmGateway that accepts every message and remembers it."""

    def __init__(self) -> None:
        self.brought: list[OutboxMessage] = []
        self.closed: list[OutboxMessage] = []
        """The messages that were edited to say that they have closed."""

    async def reaches(self, person: PersonId) -> bool:
        return True

    async def open(self, person: PersonId) -> None:
        return None

    async def whisper(self, message: OutboxMessage) -> Delivered:
        self.brought.append(message)
        return Delivered(len(self.brought))

    async def find(self, message: OutboxMessage, before: int | None = None) -> SearchPage:
        return SearchPage()

    async def close(self, message: OutboxMessage) -> Delivered:
        self.closed.append(message)
        return Delivered(message.message_id or 0)


class Harness:
    """The running bot on files that stay, and a clock that `pass_time` moves."""

    def __init__(self, state: Path, seed: int, blank: Path | None = None) -> None:
        self.place = place(Settings(_env_file=None, state_dir=state, key_file=state / KEYS))
        if blank is not None:
            for name in (KEYS, DELETIONS):
                shutil.copy(blank / name, state)
            self.place.take(blank)
        elif not (state / KEYS).exists():
            Keyring.fresh().save(state / KEYS)
        self._runner = asyncio.Runner()
        self._chance = random.Random(seed)
        self.now = BEGINNING
        self.post = Post()
        self.bot: Plumbline
        self.people: dict[str, PersonId] = {}
        self.away: set[str] = set()
        self._known: dict[str, PersonId] = {}
        self.start()
        self.place.open()

    # -- the services ---------------------------------------------------------------------------

    @property
    def services(self) -> Services:
        return self.bot.services

    def run(self, act: Awaitable[T]) -> T:
        async def whole() -> T:
            return await act

        return self._runner.run(whole())

    def start(self) -> None:
        async def begin() -> None:
            self.bot = build(self.place.settings, now=lambda: self.now, shard_count=1)
            await self.bot.__aenter__()
            await self.bot.open_database()
            await self.bot.services.boundaries.start(self.now)
            await self.bot.load_cogs()
            self.services.dm_deletions.start()

        self.run(begin())

    def restart(self) -> None:
        """Build everything again on the same files, so that nothing is left in memory."""
        self.run(self.bot.close())
        self._known.clear()
        self.start()

    def close(self) -> None:
        self.place.close()
        self.run(self.bot.close())
        self._runner.close()

    def random(self) -> SimpleNamespace:
        """Return a replacement for the module `random` that repeats itself at each replay of an example."""
        return SimpleNamespace(SystemRandom=lambda: self._chance)

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Read rows directly, without the services."""
        return self.place.rows(statement, values)

    def change(self, statement: str, *values: Any) -> None:
        """Change rows directly, without the services."""
        self.place.change(statement, values)

    # -- keys and copies ------------------------------------------------------------------------

    def rotate_keys(self) -> None:
        """Add a wrapping key, as the operator does, and start again: the bot wraps every data key with it."""
        keys = self.place.settings.key_path
        Keyring.load(keys).rotated().save(keys)
        # At the start the file is encrypted with the new key, which needs it alone.
        self.place.close()
        self.restart()
        self.place.open()

        async def wrapped() -> None:
            while await self.bot.db.write(self.services.vault.rewrap):
                pass

        self.run(wrapped())

    def back_up(self, target: Path) -> None:
        # A database on a server is copied only while nobody uses it. The next use connects again.
        self.run(self.bot.db.adapter.close())
        self.place.back_up(target)

    def restore(self, source: Path) -> None:
        """Replace the database with a backup, as the operator does while the bot is stopped."""
        self.place.close()
        self.run(self.bot.close())
        self.place.restore(source)
        self._known.clear()
        self.start()
        self.place.open()

    # -- people ---------------------------------------------------------------------------------

    def discord_user(self, name: str) -> DiscordUser:
        here = None if name in self.away else SERVER
        return DiscordUser(1000 + NAMES.index(name), name.capitalize(), here)

    def meet(self, name: str) -> PersonId:
        """Register the person as the router does; once is enough while their name stays the same."""
        if name not in self._known:
            self._known[name] = self.run(self.services.people.meet(self.discord_user(name), self.now))
            self.people[name] = self._known[name]
        return self._known[name]

    def leave(self, name: str) -> None:
        self.do(name, lambda h, me, now: h.people.leave(me, SERVER, now))
        self.away.add(name)
        self._known.pop(name, None)

    def erase(self, name: str) -> PersonId:
        """Erase everything about them; return the id by which they were known until now."""
        person = self.meet(name)
        self.do(name, lambda h, me, now: h.privacy.erase(me, now))
        del self._known[name], self.people[name]
        return person

    def come_back(self, name: str) -> None:
        self.away.remove(name)
        self._known.pop(name, None)
        self.meet(name)

    def do(self, name: str, act: Callable[[Services, PersonId, datetime], Awaitable[T]]) -> T | None:
        """Let `name` do it, a second after the last action. Return None if the rules refuse it."""
        self.now += timedelta(seconds=1)
        person = self.meet(name)
        try:
            return self.run(act(self.services, person, self.now))
        except Refusal:
            return None

    def pod(self, owner: str, member: str) -> None:
        """Let `member` agree to be asked by `owner`."""
        sent = self.do(
            owner, lambda h, me, now: h.pods.invitations.invite(me, SERVER, self.discord_user(member), now)
        )
        if sent is not None:
            self.do(member, lambda h, me, now: h.pods.invitations.accept(me, sent.id, now))

    # -- time -----------------------------------------------------------------------------------

    def pass_time(self, span: timedelta) -> None:
        """Let time pass; each timer runs at the time at which it is due."""
        until = self.now + span
        while True:
            due = self.run(self.services.agenda.next_due())
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            self.run(self.services.agenda.run_due(self.now))
        self.now = until

    def deliver(self) -> Sequence[OutboxMessage]:
        """Deliver messages with the real DmDispatcher. Return the ones it sent this time."""
        before = len(self.post.brought)

        async def round_trip() -> None:
            dispatcher = DmDispatcher(
                self.bot.db, self.services.outbox, self.post, lambda: self.now, 1e6, 10_000,
                still_here=_everybody_is, wait_until=self.services.preferences.wait_until,
            )  # fmt: skip
            await dispatcher.start()
            await dispatcher.idle()
            await dispatcher.stop(1)
            self.services.outbox.on_waiting = None

        self.run(round_trip())
        return self.post.brought[before:]


async def _everybody_is(_server: ServerId, _person: PersonId) -> bool:
    return True


def four_friends(state: Path) -> Path:
    """Make a file to start from: four of the five use the bot, and some can ask each other."""
    Keyring.fresh().save(state / KEYS)
    harness = Harness(state, 0)
    for name in NAMES[:-1]:
        harness.meet(name)
    for owner, member in (("ana", "bo"), ("bo", "ana"), ("ana", "cy"), ("cy", "bo"), ("ana", "dee")):
        harness.pod(owner, member)
    harness.close()
    return state
