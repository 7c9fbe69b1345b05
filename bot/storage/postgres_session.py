"""The session of a process on a PostgreSQL server: advisory locks that last as long as its connection.

What other processes tell with NOTIFY is heard on the same connection. It is only a hint: what is told while a
connection is broken is never heard.

psycopg is imported only if a database's address is set.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from sqlalchemy import make_url

from bot.storage.postgres import CONNECTING, TOLD, options, shut_after
from bot.storage.session import Hint, Lock, SessionLost

_HEARTBEAT_S = 10.0
_SILENCE_S = 15.0
_KNOWN = frozenset(one.value for one in Hint)
# The server notices within half a minute that a machine is gone, and frees the locks of its session.
_NOTICED = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}


class PostgresSession:
    """One connection to a PostgreSQL server, with a heartbeat. See `bot.storage.session.Session`."""

    def __init__(self, url: str) -> None:
        self._address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None
        self._heard_at = 0.0

    async def open(self) -> None:
        await self.close()
        try:
            self._connection = await psycopg.AsyncConnection.connect(
                self._address, autocommit=True, options=options(_NOTICED), **CONNECTING
            )
        except psycopg.Error:
            # Without its cause, which can name the password.
            raise SessionLost from None
        await self._ask(f"LISTEN {TOLD}")

    async def take(self, lock: Lock, number: int = 0) -> bool:
        return bool(await self._ask("SELECT pg_try_advisory_lock(%s, %s)", lock, number))

    async def free(self, lock: Lock, number: int = 0) -> None:
        await self._ask("SELECT pg_advisory_unlock(%s, %s)", lock, number)

    async def hear(self, seconds: float) -> set[Hint]:
        if asyncio.get_running_loop().time() - self._heard_at > _HEARTBEAT_S:
            await self._ask("SELECT 1")
        async with self._used() as connection:
            notes = connection.notifies(timeout=seconds, stop_after=1)
            # Another version may tell what this one doesn't know.
            return {Hint(note.payload) async for note in notes if note.payload in _KNOWN}

    async def close(self) -> None:
        if self._connection is not None:
            # It tells the server that it ends, without waiting for an answer.
            await self._connection.close()
            self._connection = None

    # -- inside ---------------------------------------------------------------------------------

    async def _ask(self, statement: str, *values: int) -> object:
        async with self._used() as connection:
            with shut_after(connection.fileno(), _SILENCE_S):
                answer = await connection.execute(statement.encode(), [int(value) for value in values])
                row = await answer.fetchone() if answer.description else None
        self._heard_at = asyncio.get_running_loop().time()
        return None if row is None else row[0]

    @asynccontextmanager
    async def _used(self) -> AsyncIterator["psycopg.AsyncConnection[tuple[object, ...]]"]:
        connection = self._connection
        if connection is None or connection.closed:
            raise SessionLost
        try:
            yield connection
        except psycopg.Error:
            raise SessionLost from None
