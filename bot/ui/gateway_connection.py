"""Stay connected to Discord's gateway: one connection for each shard, opened again whenever it ends.

These are discord.py's connections, in a loop of our own. discord.py's loop can't be stopped while it
reconnects, calls itself once more after each failed try at the start, and ends at the first event that it
can't read.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from msgspec import Struct, field
from yarl import URL

from bot.login_throttle import WENT_WELL_AFTER, Logins, TooManyLogins
from bot.logs import get_logger, where
from bot.ui.discord_errors import closed_for_good, expected
from bot.ui.gateway_events import SHARD_BEING_READ, GatewayEvents

log = get_logger(__name__)

OPENS_WITHIN_SECONDS = 60.0
CLOSES_WITHIN_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 120.0
STEADY_SECONDS = 10.0
"""After a connection that lasted as long as this, the next one is opened without a pause.

It is short, because nobody is answered during a pause: if Discord drops each connection after a quarter of a
minute, pauses that grew all the same would soon be longer than the connections.
"""
RESUME_TRIES = 6
"""How often a session is resumed at most before a new one is begun. Discord keeps one for a few minutes."""
LOGGED_TRIES, LOGGED_EVERY = 8, 30
"""Of many tries that fail, the first ones are logged, and then one in so many, which is about one an hour."""
WARNED_OF_AFTER_SECONDS = 120.0
"""A connection that is lost and found again sooner is ordinary: Discord ends each one every few hours."""

_STOPPING, _KEEPING_THE_SESSION = 1000, 4000
"""Close codes: Discord shows a bot as offline at once after the first, and lets the other be resumed."""


def _time() -> float:
    return asyncio.get_running_loop().time()


class GatewaySocket(DiscordWebSocket):
    """discord.py's connection. It closes itself when opening or reading it fails, or is cancelled."""

    async def poll_event(self) -> None:
        async with self._closed_on_failure():
            await super().poll_event()

    async def identify(self) -> None:
        async with self._closed_on_failure():
            await super().identify()

    async def resume(self) -> None:
        async with self._closed_on_failure():
            await super().resume()

    async def close(self, code: int = _KEEPING_THE_SESSION) -> None:
        """Close the connection, and wait for Discord's answer only briefly."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSES_WITHIN_SECONDS):
                await super().close(code)

    @asynccontextmanager
    async def _closed_on_failure(self) -> AsyncIterator[None]:
        try:
            yield
        except asyncio.CancelledError:
            await self.close(_STOPPING)
            raise
        except Exception:
            await self.close()
            raise


class Session(Struct, frozen=True):
    """What is needed to go on where a connection ended, without a new login."""

    id: str
    sequence: int | None
    gateway: URL


class ShardState(Struct):
    """One shard's connection, and how well it went lately."""

    id: int
    gateway: URL
    session: Session | None = None
    resumed: int = 0
    """How often this session has been resumed in vain."""
    up_since: float | None = None
    """When Discord said that the connection is ready, by the clock of the event loop."""
    heard_at: float = field(default_factory=_time)
    """When anything last came from Discord, an answer to a heartbeat included, or else when it began."""
    down_since: float | None = None
    """When the connection that was ready last ended, or the first try of this process failed."""
    timer: asyncio.TimerHandle | None = None
    """Takes note that the session went well, once it has lasted long enough."""
    failures: int = 0
    """How many connections in a row didn't last."""

    def cancel_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()


class ShardConnections:
    """Keeps every shard connected, and waits longer before each try that follows failed ones."""

    def __init__(self, client: discord.AutoShardedClient, events: GatewayEvents, logins: Logins) -> None:
        self._client = client
        self._logins = logins
        self._shards: dict[int, ShardState] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        events.listen("READY", lambda event: self._on_up(servers=len(event.get("guilds", ()))))
        events.listen("RESUMED", lambda _event: self._on_up(servers=None))

    def add(self, shard_id: int, gateway: URL) -> None:
        """Let `run` connect this shard."""
        self._shards[shard_id] = ShardState(shard_id, gateway)

    @property
    def shards(self) -> int:
        return len(self._shards)

    @property
    def connected(self) -> int:
        """Return how many connections Discord has said to be ready, and that have not ended since."""
        return sum(shard.up_since is not None for shard in self._shards.values())

    @property
    def silent(self) -> timedelta | None:
        """Return how long nothing has come from Discord on the shard that has been silent the longest."""
        heard_at = min((shard.heard_at for shard in self._shards.values()), default=None)
        return None if heard_at is None else timedelta(seconds=_time() - heard_at)

    async def run(self) -> None:
        """Stay connected until `close`. Raises TokenRefused, Rejected and TooManyLogins."""
        self._tasks = {asyncio.create_task(self._stay_connected(shard)) for shard in self._shards.values()}
        try:
            done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self.close()
        for task in done:
            if not task.cancelled():
                task.result()

    async def close(self) -> None:
        """Close every connection, and wait for that only briefly."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2 * CLOSES_WITHIN_SECONDS)

    # -- inside ---------------------------------------------------------------------------------

    def _on_up(self, servers: int | None) -> None:
        """Take note that a connection is ready. `servers`: how many it has; None if a session goes on."""
        shard = self._shards.get(SHARD_BEING_READ.get())
        if shard is not None:
            shard.up_since = _time()
            down = None if shard.down_since is None else round(shard.up_since - shard.down_since, 1)
            log.info("Connected to Discord", shard=shard.id, servers=servers, down_seconds=down)
            shard.down_since = None
            shard.cancel_timer()
            shard.timer = asyncio.get_running_loop().call_later(
                WENT_WELL_AFTER.total_seconds(), self._logins.went_well
            )

    async def _stay_connected(self, shard: ShardState) -> None:
        SHARD_BEING_READ.set(shard.id)
        while True:
            try:
                error = await self._connect_once(shard)
            except asyncio.CancelledError:
                shard.cancel_timer()
                if shard.up_since is not None:
                    self._logins.went_well()
                raise
            await asyncio.sleep(self._pause_after(shard, error))

    async def _connect_once(self, shard: ShardState) -> Exception:
        """Connect, and read events until the connection ends. Return the error that ended it."""
        socket: GatewaySocket | None = None
        try:
            socket = await self._open(shard)
            while True:
                await socket.poll_event()
                shard.heard_at = _time()
        except TooManyLogins:
            raise
        except discord.ConnectionClosed as closed:
            if (reason := closed_for_good(closed.code)) is not None:
                raise reason from None
            error: Exception = closed
        except Exception as failed:  # noqa: BLE001 - whatever ended it, the bot connects again
            error = failed
        _choose_session(shard, socket, error)
        return error

    async def _open(self, shard: ShardState) -> GatewaySocket:
        """Open a connection: resume the session if there is one, or else log in when it is our turn."""
        if shard.session is not None:
            return await self._opened(shard, shard.session.gateway, shard.session)
        async with self._logins.turn(len(self._shards), shard.id):
            return await self._opened(shard, shard.gateway, None)

    async def _opened(self, shard: ShardState, gateway: URL, session: Session | None) -> GatewaySocket:
        async with asyncio.timeout(OPENS_WITHIN_SECONDS):
            return await GatewaySocket.from_client(
                self._client,
                gateway=gateway,
                shard_id=shard.id,
                session=None if session is None else session.id,
                sequence=None if session is None else session.sequence,
                resume=session is not None,
            )

    def _pause_after(self, shard: ShardState, error: Exception) -> float:
        """Take note of how a connection ended. Return the seconds to wait before the next one."""
        lasted = 0.0 if shard.up_since is None else _time() - shard.up_since
        shard.up_since = None
        shard.down_since = _time() if shard.down_since is None else shard.down_since
        shard.failures = 0 if lasted >= STEADY_SECONDS else shard.failures + 1
        shard.cancel_timer()
        seconds = pause(shard.failures)
        _log_end(shard, error, seconds)
        return seconds


def pause(failures: int) -> float:
    """Return how many seconds to wait after so many failures in a row.

    It is a little random, so that not all bots come back to Discord at the same moment after an outage.
    """
    if not failures:
        return 0.0
    return min(2.0 ** min(failures - 1, 10), LONGEST_PAUSE_SECONDS) * random.uniform(0.75, 1)


def _choose_session(shard: ShardState, socket: GatewaySocket | None, error: Exception) -> None:
    """Choose whether the next connection goes on with a session or begins a new one."""
    if shard.up_since is not None:
        shard.resumed = 0
        shard.session = _session(socket) if socket is not None and _can_resume(error) else None
    elif socket is not None or shard.resumed >= RESUME_TRIES:
        # Discord took the connection and not the session, or it hasn't taken a connection for too long.
        shard.resumed = 0
        shard.session = None
    elif shard.session is not None:
        shard.resumed += 1


def _can_resume(error: Exception) -> bool:
    if isinstance(error, ReconnectWebSocket):
        return bool(error.resume)
    return isinstance(error, OSError | aiohttp.ClientError)


def _session(socket: GatewaySocket) -> Session | None:
    return None if socket.session_id is None else Session(socket.session_id, socket.sequence, socket.gateway)


def _log_end(shard: ShardState, error: Exception, seconds: float) -> None:
    if shard.failures > LOGGED_TRIES and shard.failures % LOGGED_EVERY:
        return
    values: dict[str, object] = {
        "shard": shard.id,
        "tries": shard.failures,
        "pause_seconds": round(seconds, 1),
    }
    told = expected(error)
    if told is None:
        log.error(
            "The connection to Discord failed, and is opened again",
            **values,
            error=error,
            traceback=where(error),
        )
    else:
        log.log(
            logging.WARNING if _down_for(shard) >= WARNED_OF_AFTER_SECONDS else logging.INFO,
            "The connection to Discord ended, and is opened again",
            **values,
            error=error,
            **told,
        )


def _down_for(shard: ShardState) -> float:
    return 0.0 if shard.down_since is None else _time() - shard.down_since
