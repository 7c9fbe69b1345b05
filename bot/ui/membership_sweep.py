"""Check once a day who has left and what people are called, since the bot gets no event.

Everybody is checked who has used the bot, whether or not anything of theirs is open and anybody can see their
name. If only some were, others could see by when a name changes that its owner has begun something, or that
somebody has named them. Those in open asks, pairs and pods are checked also if the bot knows them only from
another server.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.delivery.pace import Pace
from bot.ids import PersonId, ServerId
from bot.logs import get_logger
from bot.scheduling.agenda import Agenda
from bot.storage.database import Database
from bot.storage.tx import Tx

log = get_logger(__name__)

ROLL_CALL = "people.roll_call"
EVERYONE = "everyone"
EVERY = timedelta(days=1)

Check = Callable[[ServerId, PersonId], Awaitable[None]]
"""Asks Discord about one person in one server, and records what it says."""
People = Callable[[], Awaitable[set[tuple[ServerId, PersonId]]]]
"""Returns the people to check, each with the server."""


class MembershipSweep:
    """Makes one request at a time, within the shared rate limit, so that it hardly delays deliveries."""

    def __init__(
        self, db: Database, agenda: Agenda, pace: Pace, check: Check, people: Sequence[People]
    ) -> None:
        self._db = db
        self._agenda = agenda
        self._pace = pace
        self._check = check
        self._people = people
        self._open = False
        self._waiting = False
        self._task: asyncio.Task[None] | None = None

    async def start(self, now: datetime) -> None:
        """Schedule the first check a day after the first start. A later restart changes nothing."""
        self._open = True
        await self._db.write(lambda tx: self._schedule(tx, now))

    async def stop(self, drain: float) -> None:
        """Wait at most `drain` seconds for the current request. The rest is checked the next day."""
        self._open = False
        if self._task is not None:
            if not self._waiting:
                await asyncio.wait([self._task], timeout=drain)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def call(self, tx: Tx, _subjects: Sequence[str], now: datetime) -> None:
        """Start a check, and schedule the next one. The agenda calls this once a day."""
        await self._agenda.put(tx, ROLL_CALL, EVERYONE, now + EVERY)
        # Discord is never awaited inside a transaction.
        tx.afterwards(self._begin)

    # -- inside ---------------------------------------------------------------------------------

    async def _schedule(self, tx: Tx, now: datetime) -> None:
        if await self._agenda.due_at(tx, ROLL_CALL, EVERYONE) is None:
            await self._agenda.put(tx, ROLL_CALL, EVERYONE, now + EVERY)

    def _begin(self) -> None:
        if self._open and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._ask_about_everyone())

    async def _ask_about_everyone(self) -> None:
        try:
            everyone = {one for people in self._people for one in await people()}
            for server, person in sorted(everyone):
                await self._turn()
                if not self._open:
                    return
                await self._check(server, person)
        except Exception as error:  # noqa: BLE001 - the next check is tomorrow
            log.failure("The membership sweep ended early", error)

    async def _turn(self) -> None:
        """Wait for a turn. `stop` may cancel this wait at once, but not a request."""
        self._waiting = True
        await self._pace.turn()
        self._waiting = False
