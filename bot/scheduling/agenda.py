"""The agenda: everything that is due at some time, in one table, handled in batches."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from msgspec import Struct

from bot.logs import get_logger, where
from bot.scheduling import store
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.storage.unavailable import StorageUnavailable

__all__ = ["PAUSES", "Agenda", "Handler", "Looping", "Parked"]

log = get_logger(__name__)

Handler = Callable[[Tx, Sequence[str], datetime], Awaitable[None]]
"""Handles due subjects of a kind, in the transaction that takes them off the agenda.

A handler may put its subjects on the agenda again.
"""

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait after each failed try of a subject. After the last one it is parked."""

_MOST_IN_ONE_RUN = 20
"""How often one run may put the same subject at a past time. After that it counts as a loop."""


class Looping(Exception):
    """A handler keeps putting its subject at times that are already past."""


class Parked(Struct, frozen=True):
    """A subject that failed at every try and is not tried again. `error` is the type of the last error."""

    kind: str
    subject: str
    error: str


class Agenda:
    """Timers of every kind. They have no payload: a handler reads the current state when it is due."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._handlers: dict[str, Handler] = {}
        self._batch = store.SHARED_BATCH if db.shared else store.BATCH
        self._running = asyncio.Lock()
        self._run: datetime | None = None
        self._again: Counter[tuple[str, str]] = Counter()
        self.on_earlier: Callable[[datetime], None] | None = None

    def on(self, kind: str, handler: Handler) -> None:
        """Register the handler of a kind. Raises ValueError if the kind has one already."""
        if kind in self._handlers:
            raise ValueError(f"{kind} has a handler already")
        self._handlers[kind] = handler

    async def put(self, tx: Tx, kind: str, subject: str, due_at: datetime) -> None:
        """Put a subject on the agenda. If it is on it already, move it to this time."""
        await self.put_all(tx, kind, {subject: due_at})

    async def put_all(self, tx: Tx, kind: str, due: Mapping[str, datetime]) -> None:
        """Put many subjects, in one statement. Raises Looping if a handler keeps putting past times."""
        if not due:
            return
        for subject, at in due.items():
            self._guard(kind, subject, at)
        await store.put(tx, kind, due)
        tx.afterwards(partial(self._announce, min(due.values())))

    async def drop(self, tx: Tx, kind: str, *subjects: str) -> None:
        """Take these subjects off the agenda, if they are on it."""
        if subjects:
            await store.drop(tx, kind, subjects)

    async def clear(self, tx: Tx, subject: str, kinds: Sequence[str]) -> None:
        """Take one subject off the agenda under all of these kinds, in one statement."""
        await store.clear(tx, subject, kinds)

    async def due_at(self, tx: Tx, kind: str, subject: str) -> datetime | None:
        """Return when the subject is due; None if it is not on the agenda or is parked."""
        return await store.due_at(tx, kind, subject)

    async def overdue(self, tx: Tx, kind: str, now: datetime) -> list[str]:
        """Return the subjects of a kind that are due and were not handled yet."""
        return await store.overdue(tx, kind, now)

    async def parked(self, tx: Tx) -> list[Parked]:
        """Return the parked subjects, for an operator to see."""
        return [Parked(row.kind, row.subject, row.parked) for row in await store.parked(tx)]

    async def next_due(self) -> datetime | None:
        """The earliest time at which something with a handler is due. It may be in the past."""
        return min((await self._earliest()).values(), default=None)

    async def earliest(self) -> tuple[str, datetime] | None:
        """Return the kind and the time of the timer that is due first, or has been for the longest."""
        return min((await self._earliest()).items(), key=itemgetter(1), default=None)

    async def run_due(self, now: datetime) -> int:
        """Handle all that is due, kind by kind in batches. Return how many subjects were handled."""
        async with self._running:
            self._run = now
            self._again.clear()
            try:
                return await self._run_all(now)
            finally:
                self._run = None

    # -- inside ---------------------------------------------------------------------------------

    async def _run_all(self, now: datetime) -> int:
        handled = 0
        while due := [kind for kind, at in (await self._earliest()).items() if at <= now]:
            for kind in due:
                handled += await self._run_batch(kind, now)
        return handled

    async def _earliest(self) -> dict[str, datetime]:
        kinds = tuple(self._handlers)
        return await self._db.read(lambda tx: store.earliest(tx, kinds))

    async def _run_batch(self, kind: str, now: datetime) -> int:
        subjects: list[str] = []
        try:
            await self._db.write(partial(self._take, kind, now, subjects))
        except StorageUnavailable:
            raise  # no subject is to blame, so none is delayed: all are tried again at the next wake-up
        except Exception as error:  # one subject that fails must not stop the timers of the others
            if not subjects:
                raise
            if len(subjects) > 1:
                return sum([await self._run_alone(kind, subject, now) for subject in subjects])
            await self._leave_alone(kind, subjects[0], now, error)
            return 0
        return len(subjects)

    async def _take(self, kind: str, now: datetime, subjects: list[str], tx: Tx) -> None:
        subjects.extend(await store.take(tx, kind, now, self._batch))
        if subjects:
            await self._handlers[kind](tx, subjects, now)

    async def _run_alone(self, kind: str, subject: str, now: datetime) -> int:
        """Handle one subject of a batch that failed, so that only the failing subject is delayed."""
        try:
            return await self._db.write(partial(self._take_one, kind, subject, now))
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            await self._leave_alone(kind, subject, now, error)
            return 0

    async def _take_one(self, kind: str, subject: str, now: datetime, tx: Tx) -> int:
        if not await store.take_one(tx, kind, subject, now):
            return 0
        await self._handlers[kind](tx, [subject], now)
        return 1

    async def _leave_alone(self, kind: str, subject: str, now: datetime, error: Exception) -> None:
        tries = await self._db.write(partial(self._back_off, kind, subject, now, type(error).__name__))
        # An error's message can contain what somebody wrote, so only its type is logged.
        log.error("A timer failed", kind=kind, error=error, tries=tries, traceback=where(error))

    async def _back_off(self, kind: str, subject: str, now: datetime, error: str, tx: Tx) -> int:
        tries = await store.tries(tx, kind, subject)
        changes = {"parked": error} if tries >= len(PAUSES) else {"due_at": now + PAUSES[tries]}
        await store.hold_back(tx, kind, subject, tries + 1, changes)
        return tries + 1

    def _guard(self, kind: str, subject: str, at: datetime) -> None:
        if self._run is None or at > self._run:
            return
        self._again[kind, subject] += 1
        if self._again[kind, subject] > _MOST_IN_ONE_RUN:
            raise Looping

    def _announce(self, at: datetime) -> None:
        if self.on_earlier is not None:
            self.on_earlier(at)
