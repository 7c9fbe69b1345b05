"""The gateway: connections, sessions that survive them, and the events of each session."""

import asyncio
import itertools
import json
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire import payloads
from tests.wire.connections import reset, until_gone
from tests.wire.faults import GATEWAY, FaultKind, Faults
from tests.wire.records import Records
from tests.wire.state import BOT, TOKEN, DiscordState, Guild, Json

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
REPLAYED = 1_000
"""How many of its last events a session can replay."""
IDENTIFY_EVERY = 5.0
"""In how many seconds only `max_concurrency` sessions may be started."""
_INTENTS = {
    "GUILD_MEMBER_": 1 << 1, "GUILD_SCHEDULED_EVENT_": 1 << 16, "GUILD_": 1, "CHANNEL_": 1, "THREAD_": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identify:
    """One login, accepted or not. `too_soon`: more came in five seconds than `max_concurrency` allows."""

    at: float
    shard: int
    shards: int
    intents: int
    session: str
    too_soon: bool


@dataclass(slots=True)
class Session:
    """One shard's events, numbered, so that a client can resume where its connection broke."""

    id: str
    shard: int
    shards: int
    intents: int
    sequence: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED))
    connection: "Connection | None" = None

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event, or keep it until the client resumes."""
        self.sequence += 1
        frame = json.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.events.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.send(frame)

    def wants(self, event: str, data: Json) -> bool:
        """Whether the intents of this session include an event. A bot always hears of itself."""
        if data.get("user", {}).get("id") == str(BOT):
            return True
        needed = next((bit for prefix, bit in _INTENTS.items() if event.startswith(prefix)), 0)
        return needed == 0 or bool(self.intents & needed)

    def replay(self, after: int) -> Iterator[str] | None:
        """Return the frames that followed this one; None if some of them are no longer kept."""
        if after > self.sequence or (self.sequence - after) > len(self.events):
            return None
        return (frame for number, frame in self.events if number > after)


class Connection:
    """One websocket. Frames are compressed and sent in the order in which they were given."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        self.silent = False
        """Whether this connection has become a zombie: it stays open, and neither answers nor sends."""
        self._compress = zlib.compressobj(1) if "zlib" in request.query.get("compress", "") else None
        self._frames: asyncio.Queue[str] = asyncio.Queue()
        self._sender = asyncio.create_task(self._send_all())

    def send(self, frame: str) -> None:
        self._frames.put_nowait(frame)

    def say(self, op: int, data: object) -> None:
        self.send(json.dumps({"op": op, "d": data}))

    async def close(self, code: int | None = 1000) -> None:
        """Close with this code, or drop the connection without one."""
        await self._frames_sent()
        if code is None:
            reset(self.request)
        else:
            await self.socket.close(code=code)

    def ended(self) -> None:
        self._sender.cancel()
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def _frames_sent(self) -> None:
        while not self._frames.empty() and not self._sender.done() and not self.silent:  # noqa: ASYNC110 - a few milliseconds
            await asyncio.sleep(0.001)

    async def _send_all(self) -> None:
        while True:
            frame = await self._frames.get()
            if self.silent:
                continue
            try:
                if self._compress is None:
                    await self.socket.send_str(frame)
                else:
                    packed = self._compress.compress(frame.encode())
                    await self.socket.send_bytes(packed + self._compress.flush(zlib.Z_SYNC_FLUSH))
            except (ConnectionError, RuntimeError):
                return  # The reader notices that the connection has ended.


class Gateway:
    """All sessions of the bot. `heartbeat_interval` is in seconds."""

    def __init__(self, state: DiscordState, faults: Faults, records: Records) -> None:
        self.state = state
        self.faults = faults
        self.records = records
        self.heartbeat_interval = 41.25
        self.shards = 1
        self.max_concurrency = 1
        self.enforces_concurrency = False
        self.starts_left = 1000
        self.identifies: list[Identify] = []
        self.readies = 0
        self.resumes = 0
        self.heartbeats = 0
        self.handshakes = 0
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.url = ""
        self._numbers = itertools.count(1)

    # -- what the rest of this Discord announces ------------------------------------------------

    def dispatch(self, event: str, data: Json, guild: int | None) -> int:
        """Send an event to the shard of this server, or of all DMs (shard 0). Return how many got it."""
        reached = 0
        for session in self.sessions.values():
            shard = 0 if guild is None else (guild >> 22) % session.shards
            if session.shard == shard and session.wants(event, data):
                session.dispatch(event, data)
                reached += session.connection is not None
        return reached

    def live(self, shard: int | None) -> list[Connection]:
        """Return the connections with a session, of one shard or of all."""
        return [
            one for one in self.connections if one.session is not None and shard in (None, one.session.shard)
        ]

    def forget(self, shard: int | None) -> None:
        """End sessions, so that they can't be resumed. Their connections stay."""
        for session in [*self.sessions.values()]:
            if shard in (None, session.shard):
                del self.sessions[session.id]

    # -- a connection ---------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.handshakes += 1
        self.records.change()
        for fault in self.faults.meets(GATEWAY, "/handshake"):
            match fault.kind:
                case FaultKind.ANSWER:
                    return web.Response(status=fault.status)
                case FaultKind.SLOW:
                    await self.faults.pause(fault)
                case FaultKind.SILENCE:
                    await until_gone(request)
                    return web.Response()
                case _:
                    reset(request)
                    return web.Response()
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.add(connection)
        if not await self._stopped(connection, "/hello"):
            connection.say(HELLO, {"heartbeat_interval": int(self.heartbeat_interval * 1000)})
        try:
            ended_by_client = await self._read(connection)
            if ended_by_client and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
        finally:
            self.connections.discard(connection)
            connection.ended()
            self.records.change()
        return socket

    async def _read(self, connection: Connection) -> bool:
        """Read until the connection ends. Return whether the client closed it so that its session ends."""
        while True:
            message = await connection.socket.receive()
            if connection.silent:
                # Reading on would answer the client's close frame.
                await until_gone(connection.request)
                return False
            if message.type is WSMsgType.TEXT:
                await self._hear(connection, message.json())
            elif message.type is not WSMsgType.BINARY:
                return message.type is WSMsgType.CLOSE and message.data in (1000, 1001)

    async def _hear(self, connection: Connection, told: Json) -> None:
        match told["op"]:
            case op if op == HEARTBEAT:
                self.heartbeats += 1
                if not self.faults.meets(GATEWAY, "/heartbeat"):
                    connection.say(ACK, None)
            case op if op == IDENTIFY:
                await self._identify(connection, told["d"])
            case op if op == RESUME:
                if not await self._stopped(connection, "/resume"):
                    self._resume(connection, told["d"])

    async def _stopped(self, connection: Connection, step: str) -> bool:
        """Let the faults of this step happen. Return whether it goes no further."""
        met = self.faults.meets(GATEWAY, step)
        self.records.change()
        for fault in met:
            match fault.kind:
                case FaultKind.SLOW:
                    await self.faults.pause(fault)
                    continue
                case FaultKind.INVALID_SESSION:
                    connection.say(INVALID_SESSION, fault.resumable)
                case FaultKind.HANG_UP:
                    await connection.close(fault.code or 1000)
                case FaultKind.SILENCE:
                    connection.silent = True
                case _:
                    await connection.close(None)
            return True
        return False

    async def _identify(self, connection: Connection, told: Json) -> None:
        now = self.state.clock.now()
        shard, shards = told.get("shard", (0, 1))
        too_soon = self._too_soon(shard, now)
        session = Session(f"session-{next(self._numbers)}", shard, shards, told["intents"])
        self.identifies.append(Identify(now, shard, shards, session.intents, session.id, too_soon))
        self.starts_left -= 1
        self.records.change()
        if await self._stopped(connection, "/identify"):
            return
        if told["token"] != TOKEN:
            await connection.close(4004)
        elif too_soon and self.enforces_concurrency:
            connection.say(INVALID_SESSION, False)
        else:
            self._start(connection, session)

    def _too_soon(self, shard: int, now: float) -> bool:
        key = shard % self.max_concurrency
        return any(
            now - one.at < IDENTIFY_EVERY and one.shard % self.max_concurrency == key
            for one in self.identifies[-self.max_concurrency - 20 :]
        )

    def _start(self, connection: Connection, session: Session) -> None:
        for old in [*self.sessions.values()]:
            if old.connection is None and (old.shard, old.shards) == (session.shard, session.shards):
                # A process that was killed never comes back for its session.
                del self.sessions[old.id]
        self.sessions[session.id] = session
        self._attach(connection, session)
        mine = [
            one
            for one in self.state.guilds.values()
            if one.present and _shard_of(one, session) == session.shard
        ]
        ready: Json = {
            "v": 10, "user": payloads.user(self.state.people[BOT]), "private_channels": [],
            "guilds": [{"id": str(one.id), "unavailable": True} for one in mine],
            "session_id": session.id, "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards], "application": {"id": str(BOT), "flags": 0},
        }  # fmt: skip
        for fault in self.faults.meets(GATEWAY, "/ready"):
            ready = {key: value for key, value in ready.items() if key not in fault.keys}
        session.dispatch("READY", ready)
        for one in mine:
            if one.available:
                session.dispatch("GUILD_CREATE", {**payloads.guild(self.state, one), "unavailable": False})
        self.readies += 1
        self.records.change()

    def _resume(self, connection: Connection, told: Json) -> None:
        session = self.sessions.get(told["session_id"])
        frames = None if session is None else session.replay(told["seq"] or 0)
        if session is None or frames is None:
            connection.say(INVALID_SESSION, False)
            return
        self.resumes += 1
        for frame in frames:
            connection.send(frame)
        connection.send(json.dumps({"op": DISPATCH, "t": "RESUMED", "s": session.sequence, "d": {}}))
        self._attach(connection, session)
        self.records.change()

    @staticmethod
    def _attach(connection: Connection, session: Session) -> None:
        session.connection = connection
        connection.session = session


def _shard_of(guild: Guild, session: Session) -> int:
    return (guild.id >> 22) % session.shards


def listed(gateway: Gateway) -> dict[str, Any]:
    """Return what happened on the gateway."""
    return {
        "identifies": [asdict(one) for one in gateway.identifies],
        "readies": gateway.readies,
        "resumes": gateway.resumes,
        "heartbeats": gateway.heartbeats,
        "handshakes": gateway.handshakes,
        "connected": sorted(one.session.shard for one in gateway.live(None) if one.session is not None),
    }
