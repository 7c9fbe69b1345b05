"""The daily look for who has left: Discord does not tell, and is asked about those in something open."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.delivery.dm_gateway import StillHere
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

People = Callable[[], Awaitable[set[tuple[ServerId, PersonId]]]]
"""Gives those about whom to ask, each with the server."""


class MembershipSweep:
    """One question at a time, out of the courier's budget: what people wait for hardly feels it."""

    def __init__(
        self, db: Database, agenda: Agenda, pace: Pace, still_here: StillHere, people: Sequence[People]
    ) -> None:
        self._db = db
        self._agenda = agenda
        self._pace = pace
        self._still_here = still_here
        self._people = people
        self._open = False
        self._waiting = False
        self._look: asyncio.Task[None] | None = None

    async def start(self, now: datetime) -> None:
        """The first is a day after the first start; from then on a restart changes nothing."""
        self._open = True
        await self._db.write(lambda tx: self._stand(tx, now))

    async def stop(self, drain: float) -> None:
        """End with the person being asked about, in so many seconds at most; the rest is for tomorrow."""
        self._open = False
        if self._look is not None:
            if not self._waiting:
                await asyncio.wait([self._look], timeout=drain)
            self._look.cancel()
            await asyncio.gather(self._look, return_exceptions=True)

    async def call(self, tx: Tx, _subjects: Sequence[str], now: datetime) -> None:
        """A day has passed since the last one."""
        await self._agenda.put(tx, ROLL_CALL, EVERYONE, now + EVERY)
        # Discord is never awaited inside a transaction.
        tx.afterwards(self._begin)

    # -- inside ---------------------------------------------------------------------------------

    async def _stand(self, tx: Tx, now: datetime) -> None:
        if await self._agenda.due_at(tx, ROLL_CALL, EVERYONE) is None:
            await self._agenda.put(tx, ROLL_CALL, EVERYONE, now + EVERY)

    def _begin(self) -> None:
        if self._open and (self._look is None or self._look.done()):
            self._look = asyncio.create_task(self._ask_about_everyone())

    async def _ask_about_everyone(self) -> None:
        try:
            everyone = {one for people in self._people for one in await people()}
            for server, person in sorted(everyone):
                await self._turn()
                if not self._open:
                    return
                await self._still_here(server, person)
        except Exception as error:  # noqa: BLE001 - tomorrow is another day
            # An error's message can carry what somebody wrote: the log gets its type alone.
            log.error("The membership sweep ended early", error=error)

    async def _turn(self) -> None:
        """Here, and nowhere else, it may be cancelled at any moment."""
        self._waiting = True
        await self._pace.turn()
        self._waiting = False
