"""A pretend Discord for the courier, on a loop whose time jumps, and a courier at work between the two."""

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
from bot.delivery.message import OutboxMessage
from bot.delivery.outbox import Outbox
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.ids import PersonId, ServerId
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.clockwork import now
from tests.store.conftest import make_tables

NONCES_LAST = timedelta(minutes=3)
HERE = ServerId(7)


@dataclass(slots=True)
class Message:
    id: int
    person: PersonId
    line_id: str
    nonce: str
    at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """The answer is lost at once, and the message taken only after this long."""

    after: timedelta


@dataclass
class Discord:
    """Takes messages, drops repeats of a nonce, and fails as it is told to."""

    latency: Callable[[], float] = lambda: 0.0
    messages: list[Message] = field(default_factory=list)
    requests: list[tuple[float, str, str]] = field(default_factory=list)
    """When, what, and about which line or person."""
    channels: set[PersonId] = field(default_factory=set)
    everybody_reached: bool = True
    closed_dms: set[PersonId] = field(default_factory=set)
    left: set[PersonId] = field(default_factory=set)
    answers: deque[Outcome | Exception | Late | str] = field(default_factory=deque)
    """What the next messages meet: an outcome, an error, "lost" (taken, the answer dropped), or "early"."""
    opening_answers: deque[Refused | Missing | Retry] = field(default_factory=deque)
    finding_answers: deque[Uncertain] = field(default_factory=deque)
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

    async def whisper(self, line: OutboxMessage) -> Outcome:
        assert await self.reaches(line.person)
        answer = self.answers.popleft() if self.answers else None
        if answer == "early":
            # Whoever is cut off while it waits for the answer has told it all the same.
            self._take(line)
        await self._request("whisper", line.id)
        if isinstance(answer, Late):
            asyncio.get_running_loop().call_later(answer.after.total_seconds(), self._take, line)
            return Uncertain()
        if line.person in self.closed_dms:
            return Refused()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered | Refused | Missing | Retry | Uncertain):
            return answer
        message = self._take(line)
        return Uncertain() if answer == "lost" else Delivered(message.id)

    async def find(self, line: OutboxMessage) -> Delivered | Uncertain | None:
        await self._request("find", line.id)
        if self.finding_answers:
            return self.finding_answers.popleft()
        assert line.tried_at is not None
        found = [m for m in self.messages if m.line_id == line.id and m.at >= line.tried_at]
        return Delivered(found[0].id) if found else None

    async def close(self, line: OutboxMessage) -> Outcome:
        await self._request("close", line.id)
        if self.closing_answers:
            return self.closing_answers.popleft()
        assert line.message_id is not None
        self.messages[line.message_id].closed = True
        return Delivered(line.message_id)

    async def still_here(self, server: ServerId, person: PersonId) -> bool:
        await self._request("member", person)
        return person not in self.left

    def _take(self, line: OutboxMessage) -> Message:
        before = self._under.get(line.nonce)
        if before is not None and now() - before.at < NONCES_LAST:
            return before
        message = Message(len(self.messages), line.person, line.id, line.nonce, now())
        self._under[line.nonce] = message
        self.messages.append(message)
        return message

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

    def told(self, line_id: str) -> int:
        return sum(message.line_id == line_id for message in self.messages)


@dataclass
class Office:
    """A courier with its outbox, its database and its alarm."""

    db: Database
    discord: Discord
    quiet: dict[PersonId, datetime] = field(default_factory=dict)
    outbox: Outbox = field(default_factory=Outbox)
    rate: float = 45
    new_a_minute: int = 6

    def __post_init__(self) -> None:
        self.courier = DmDispatcher(
            self.db,
            self.outbox,
            self.discord,
            now,
            self.rate,
            self.new_a_minute,
            still_here=self.discord.still_here,
            wait_until=self._wait_until,
        )
        self.wakeup = Wakeup(Agenda(self.db), now, [self.courier])

    def open(self) -> None:
        self.courier.start()
        self.wakeup.start()

    async def close(self, drain: float = 10) -> None:
        await self.wakeup.stop()
        await self.courier.stop(drain)

    async def tell(self, person: str, subject: str = "ask", kind: str = "asked", **how: Any) -> str:
        return await self.db.write(
            lambda tx: self.outbox.tell(tx, PersonId(person), kind, subject, now(), **how)
        )

    async def tell_many(self, persons: Iterable[str], kind: str = "asked", **how: Any) -> list[str]:
        """A line to each, in one transaction."""
        lines = [OutboxMessage.to(PersonId(person), kind, "ask", now(), **how) for person in persons]
        await self.db.write(lambda tx: self.outbox.tell_all(tx, lines))
        return [line.id for line in lines]

    async def line(self, line_id: str) -> OutboxMessage | None:
        return await self.db.read(lambda tx: self.outbox.get(tx, line_id))

    async def closes(self, subject: str = "ask") -> None:
        await self.db.write(lambda tx: self.outbox.close(tx, subject, now()))

    async def _wait_until(self, _tx: Tx, person: PersonId, at: datetime) -> datetime | None:
        until = self.quiet.get(person)
        return until if until is not None and until > at else None


@asynccontextmanager
async def office(path: Path, discord: Discord | None = None, **how: Any) -> AsyncIterator[Office]:
    """An office on a new file, or on the one that an earlier office left; open for business."""
    db = Database(path / "plumbline.db")
    await db.open()
    await db.migrate(make_tables)
    made = Office(db, discord or Discord(), **how)
    made.open()
    try:
        yield made
    finally:
        await made.close()
        await db.close()


def some_latency(seed: int = 1, least: float = 0.05, most: float = 0.3) -> Callable[[], float]:
    chance = random.Random(seed)
    return lambda: chance.uniform(least, most)
