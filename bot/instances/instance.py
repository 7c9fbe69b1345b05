"""This process among those that are one bot: it has a number of its own, and one of them leads.

The leader does what only one may do: it writes to people for the first time, and tells Discord of the
commands. Numbers and lead are locks of a session on the database's server, so they are free as soon as their
process is gone. With the database in a file, a process is alone, and always leads.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import suppress
from typing import Any, NoReturn

from bot.instances.shards import EVERY_SHARD, Shards
from bot.logs import get_logger
from bot.settings import Settings
from bot.storage.session import Hint, Lock, Session, SessionLost

log = get_logger(__name__)

NUMBER_WAITED_FOR_SECONDS = 60.0
"""A server keeps the number of a process whose machine is gone for half a minute."""
_ASKED_EVERY_SECONDS = 1.0
_LEAD_TRIED_EVERY_SECONDS = 10.0
_RECONNECTS_EVERY_SECONDS = 2.0


class NumberTaken(Exception):
    """Another process runs with this number."""


class Instance:
    """One process. `join` before anything else, then `run` what it does, and `leave` at the end."""

    def __init__(self, shards: Shards, number: int = 0, session: Session | None = None) -> None:
        self.shards = shards
        self.number = number
        self._session = session
        self._leads = False
        self._lead_tried_at = 0.0
        self.on_leading: Callable[[], Awaitable[None]] | None = None
        """Called when this process begins to lead."""
        self.on_told: Callable[[Collection[Hint]], None] | None = None
        """Called with what another process has told, or may have told while nothing was heard."""

    @property
    def leads(self) -> bool:
        return self._session is None or self._leads

    async def join(self) -> None:
        """Take its number, and lead if nobody does. Raises NumberTaken, and SessionLost without a server."""
        if self._session is not None:
            await self._session.open()
            await self._take_number(self._session)
            await self._try_to_lead(self._session)

    async def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Await `work`. Meanwhile keep the number, and lead as soon as nobody else does.

        Raises NumberTaken if the session was lost, and another process has taken the number since.
        """
        if self._session is None:
            await work
            return
        tasks = asyncio.create_task(work), asyncio.create_task(self._stay(self._session))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        for task in done:
            task.result()

    async def take_turn(self, lock: Lock, number: int) -> bool:
        """Wait until nobody else has the lock, and take it. Return False if the session is lost."""
        if self._session is None:
            return False
        try:
            return await _taken(self._session, lock, number, within=math.inf)
        except SessionLost:
            return False

    async def end_turn(self, lock: Lock, number: int) -> None:
        """Free a lock. With a session that was lost it is free already."""
        if self._session is not None:
            with suppress(SessionLost):
                await self._session.free(lock, number)

    async def leave(self) -> None:
        """Give the number and the lead to whoever comes next."""
        self._leads = False
        if self._session is not None:
            await self._session.close()

    # -- inside ---------------------------------------------------------------------------------

    async def _stay(self, session: Session) -> NoReturn:
        while True:
            try:
                await self._watch(session)
            except SessionLost:
                self._leads = False
                log.warning("The session with the database's server was lost, and is opened again")
                await self._rejoin(session)

    async def _watch(self, session: Session) -> NoReturn:
        while True:
            if told := await session.hear(_ASKED_EVERY_SECONDS):
                self._tell(told)
            since = _now() - self._lead_tried_at
            if self._leads or since < _LEAD_TRIED_EVERY_SECONDS or not await self._try_to_lead(session):
                continue
            if self.on_leading is not None:
                await self.on_leading()

    async def _rejoin(self, session: Session) -> None:
        while True:
            try:
                await session.open()
                await self._take_number(session)
            except SessionLost:
                await asyncio.sleep(_RECONNECTS_EVERY_SECONDS)
            else:
                break
        log.info("The session with the database's server is open again")
        self._tell([*Hint])

    def _tell(self, told: Collection[Hint]) -> None:
        if self.on_told is not None:
            self.on_told(told)

    async def _take_number(self, session: Session) -> None:
        if not await _taken(session, Lock.INSTANCE, self.number, within=NUMBER_WAITED_FOR_SECONDS):
            raise NumberTaken(self.number)

    async def _try_to_lead(self, session: Session) -> bool:
        self._lead_tried_at = _now()
        self._leads = await session.take(Lock.LEADER)
        if self._leads:
            log.info("This instance leads", instance=self.number)
        return self._leads


ALONE = Instance(EVERY_SHARD)
"""A process that is the whole bot."""


def shards_of(settings: Settings) -> Shards:
    """Return the shards of this process: an equal part of all, in order."""
    if settings.shards is None:
        return Shards()
    first = settings.instance * settings.shards // settings.instances
    after = (settings.instance + 1) * settings.shards // settings.instances
    return Shards(settings.shards, first, after - 1)


async def _taken(session: Session, lock: Lock, number: int, *, within: float) -> bool:
    """Take a lock as soon as nobody else has it. Return False if that takes longer than so many seconds."""
    until = _now() + within
    while not await session.take(lock, number):
        if _now() >= until:
            return False
        await asyncio.sleep(_ASKED_EVERY_SECONDS)
    return True


def _now() -> float:
    return asyncio.get_running_loop().time()
