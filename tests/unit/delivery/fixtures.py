"""A pretend Discord, and a running DmDispatcher that delivers to it, on a loop with a virtual clock."""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.dm_dispatcher import DmDispatcher
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Failure, Missing, Outcome, Refused, Retry, SearchPage, Uncertain
from bot.ids import PersonId, ServerId
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.databases import database
from tests.virtual_clock import now

NONCES_LAST = timedelta(minutes=3)
HERE = ServerId(7)


@dataclass(slots=True)
class Message:
    id: int
    person: PersonId
    outbox_id: str
    nonce: str
    at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """Discord loses its answer at once, and accepts the message only after this long."""

    after: timedelta


@dataclass
class Discord:
    """Accepts messages, ignores a repeated nonce, and fails when a test tells it to."""

    latency: Callable[[], float] = lambda: 0.0
    messages: list[Message] = field(default_factory=list)
    requests: list[tuple[float, str, str]] = field(default_factory=list)
    """For each request: when it was made, of which sort it was, and about which message or person."""
    channels: set[PersonId] = field(default_factory=set)
    everybody_reached: bool = True
    closed_dms: set[PersonId] = field(default_factory=set)
    left: set[PersonId] = field(default_factory=set)
    answers: deque[Outcome | Exception | Late | str] = field(default_factory=deque)
    """What happens to the next messages: an outcome, an error, "lost" (accepted, no answer) or "early"."""
    opening_answers: deque[Refused | Missing | Retry] = field(default_factory=deque)
    finding_answers: deque[SearchPage | Failure] = field(default_factory=deque)
    closing_answers: deque[Outcome] = field(default_factory=deque)
    _under: dict[str, Message] = field(default_factory=dict)
    """The last message under each nonce."""
    in_flight: int = 0
    most_in_flight: int = 0

    async def reaches(self, person: PersonId) -> bool:
        return self.everybody_reached or person in self.channels

    async def open(self, person: PersonId) -> Refused | Missing | Retry | None:
        await self._request("open", person)
        if self.opening_answers:
            return self.opening_answers.popleft()
        self.channels.add(person)
        return None

    async def whisper(self, message: OutboxMessage) -> Outcome:
        assert await self.reaches(message.person)
        answer = self.answers.popleft() if self.answers else None
        if answer == "early":
            # Discord has the message even if the dispatcher is stopped while it waits for the answer.
            self._take(message)
        await self._request("whisper", message.id)
        if isinstance(answer, Late):
            asyncio.get_running_loop().call_later(answer.after.total_seconds(), self._take, message)
            return Uncertain()
        if message.person in self.closed_dms:
            return Refused()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered | Refused | Missing | Retry | Uncertain):
            return answer
        taken = self._take(message)
        return Uncertain() if answer == "lost" else Delivered(taken.id)

    async def find(
        self, message: OutboxMessage, before: int | None = None
    ) -> Delivered | SearchPage | Failure:
        await self._request("find", message.id)
        if self.finding_answers:
            return self.finding_answers.popleft()
        assert message.tried_at is not None
        found = [m for m in self.messages if m.outbox_id == message.id and m.at >= message.tried_at]
        return Delivered(found[0].id) if found else SearchPage()

    async def close(self, message: OutboxMessage) -> Outcome:
        await self._request("close", message.id)
        if self.closing_answers:
            return self.closing_answers.popleft()
        assert message.message_id is not None
        self.messages[message.message_id].closed = True
        return Delivered(message.message_id)

    async def still_here(self, server: ServerId, person: PersonId) -> bool:
        await self._request("member", person)
        return person not in self.left

    def _take(self, message: OutboxMessage) -> Message:
        before = self._under.get(message.nonce)
        if before is not None and now() - before.at < NONCES_LAST:
            return before
        taken = Message(len(self.messages), message.person, message.id, message.nonce, now())
        self._under[message.nonce] = taken
        self.messages.append(taken)
        return taken

    async def _request(self, what: str, about: str) -> None:
        self.requests.append((asyncio.get_running_loop().time(), what, about))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(self.latency())
        finally:
            self.in_flight -= 1

    def made(self, what: str) -> list[float]:
        return [at for at, made, _ in self.requests if made == what]

    def told(self, outbox_id: str) -> int:
        return sum(message.outbox_id == outbox_id for message in self.messages)


@dataclass
class DmHarness:
    """A DmDispatcher with its outbox, its database and its Wakeup."""

    db: Database
    discord: Discord
    quiet: dict[PersonId, datetime] = field(default_factory=dict)
    outbox: Outbox = field(default_factory=Outbox)
    rate: float = 45
    new_a_minute: int = 6

    def __post_init__(self) -> None:
        self.dispatcher = DmDispatcher(
            self.db,
            self.outbox,
            self.discord,
            now,
            self.rate,
            self.new_a_minute,
            still_here=self.discord.still_here,
            wait_until=self._wait_until,
        )
        self.wakeup = Wakeup(Agenda(self.db), now, [self.dispatcher])

    async def open(self) -> None:
        await self.dispatcher.start()
        self.wakeup.start()

    async def close(self, drain: float = 10) -> None:
        await self.wakeup.stop()
        await self.dispatcher.stop(drain)

    async def tell(self, person: str, subject: str = "ask", kind: str = "asked", **how: Any) -> str:
        return await self.db.write(
            lambda tx: self.outbox.tell(tx, PersonId(person), kind, subject, now(), **how)
        )

    async def tell_many(self, persons: Iterable[str], kind: str = "asked", **how: Any) -> list[str]:
        """Write a message to each of them, in one transaction."""
        messages = [OutboxMessage.to(PersonId(person), kind, "ask", now(), **how) for person in persons]
        await self.db.write(lambda tx: self.outbox.tell_all(tx, messages))
        return [message.id for message in messages]

    async def message(self, outbox_id: str) -> OutboxMessage | None:
        return await self.db.read(lambda tx: self.outbox.get(tx, outbox_id))

    async def closes(self, subject: str = "ask") -> None:
        await self.db.write(lambda tx: self.outbox.close(tx, subject, now()))

    async def _wait_until(self, _tx: Tx, person: PersonId, at: datetime) -> datetime | None:
        until = self.quiet.get(person)
        return until if until is not None and until > at else None


@asynccontextmanager
async def dm_harness(path: Path, discord: Discord | None = None, **how: Any) -> AsyncIterator[DmHarness]:
    """Start a DmHarness on a new file, or on the file of an earlier one."""
    db = database(path / "plumbline.db")
    await db.open()
    made = DmHarness(db, discord or Discord(), **how)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
        await db.close()


def some_latency(seed: int = 1, least: float = 0.05, most: float = 0.3) -> Callable[[], float]:
    chance = random.Random(seed)
    return lambda: chance.uniform(least, most)
