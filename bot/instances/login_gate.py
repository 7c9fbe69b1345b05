"""Logins of several processes that are one bot: never too many in a day, nor too close to each other.

Discord takes a login of one shard from each of `max_concurrency` groups in five seconds, and resets the token
after a thousand in a day (discord.com/developers/docs/events/gateway#rate-limiting).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from bot import login_throttle
from bot.instances import store
from bot.instances.instance import Instance
from bot.login_throttle import TooManyLogins
from bot.storage.database import Database
from bot.storage.session import Lock
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.storage.unavailable import StorageUnavailable

_DAY = timedelta(days=1)


class SharedLoginGate:
    """Asks the database's server. If that is down, each process waits for itself alone, as without others.

    at_once: how many groups of shards there are (Discord's `max_concurrency`).
    """

    def __init__(self, db: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self._db = db
        self._instance = instance
        self._now = now
        self.at_once = 1
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(self, shard: int) -> AsyncIterator[None]:
        """Let no other process log a shard of this group in meanwhile, and five seconds longer.

        Raises TooManyLogins.
        """
        # `Database` has logged it, and a bot without its database must still answer `/support`.
        with suppress(StorageUnavailable):
            await self._require_room(self._now())
        group = shard % self.at_once
        held = await self._instance.take_turn(Lock.LOGIN, group)
        try:
            yield
        finally:
            if held:
                task = asyncio.create_task(self._end_later(group))
                self._ending.add(task)
                task.add_done_callback(self._ending.discard)

    async def made(self, shard: int) -> None:
        """Count a login, which is made right afterwards."""
        # This process counts its own in a file as well.
        with suppress(StorageUnavailable):
            await self._add(shard, self._now())

    # -- inside ---------------------------------------------------------------------------------

    async def _end_later(self, group: int) -> None:
        await asyncio.sleep(login_throttle.APART_SECONDS)
        await self._instance.end_turn(Lock.LOGIN, group)

    @reads
    async def _require_room(self, tx: Tx, now: datetime) -> None:
        made = await store.made_since(tx, now - _DAY)
        most = login_throttle.MOST_OF_ALL
        if len(made) >= most:
            raise TooManyLogins(made[-most] + _DAY)

    @writes
    async def _add(self, tx: Tx, shard: int, now: datetime) -> None:
        await store.forget(tx, now - _DAY)
        await store.add(tx, shard, now)
