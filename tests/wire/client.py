"""What tests use to steer the Discord that runs in its own process."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.patience import PATIENCE
from tests.wire.faults import FaultKind
from tests.wire.state import flattened

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]


class WireError(Exception):
    """The test asked for something that isn't there or that nobody could do."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that stands in a channel. `texts` and `custom_ids` are those of its components, in order."""

    id: int
    channel: int
    author: int
    nonce: str | None
    flags: int
    made_at: float
    edits: int
    edited_at: float | None
    shown_to: int | None
    content: str
    components: list[Json]
    custom_ids: list[str]
    texts: list[str]
    attachments: list[str]

    def custom_id(self, part: str) -> str:
        """Return the first custom_id that contains this text."""
        return next(one for one in self.custom_ids if part in one)

    def labelled(self, label: str) -> str:
        """Return the custom_id of the button with this label."""
        return next(str(one["custom_id"]) for one in flattened(self.components) if one.get("label") == label)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody did, and what the bot had answered when this was read. Times are those of the server."""

    id: int
    person: int
    reached: int
    edits: int
    made_at: float
    acked_at: float | None
    answered_at: float | None
    callback: Json | None
    original: int | None
    messages: list[Message]

    @property
    def message(self) -> Message:
        """The last message that the bot sent or edited as its answer."""
        return self.messages[-1]

    @property
    def form(self) -> Json:
        """The form that was opened."""
        assert self.callback is not None
        assert self.callback["type"] == 9, "the answer is not a form"
        data: Json = self.callback["data"]
        return data


class Wire:
    """One Discord. `address` is where it listens; everything that isn't here is a `call` away."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self._session = session

    async def call(self, verb: str, **told: Any) -> Any:
        """Do a verb of the control API (`control.py`, `changes.py`)."""
        async with self._session.post(f"{self.address}/control/{verb}", json=told) as answer:
            if answer.status != 200:
                raise WireError(await answer.text())
            return await answer.json()

    # -- people and servers ---------------------------------------------------------------------

    async def add_person(self, username: str, *, guild: int | None = None, **how: Any) -> int:
        """Add an account, and make it a member of a server. Return its id."""
        member = {key: how.pop(key) for key in ("nick", "roles", "permissions", "joined_at") if key in how}
        [person] = await self.call("add_people", people=[{"username": username, **how}])
        if guild is not None:
            await self.call("add_members", guild=guild, members=[{"person": person, **member}])
        return int(person)

    async def add_guild(self, name: str = "somewhere", **how: Any) -> int:
        return int(await self.call("add_guild", name=name, **how))

    async def add_channel(self, guild: int, name: str = "general", **how: Any) -> int:
        return int(await self.call("add_channel", guild=guild, name=name, **how))

    async def open_dm(self, person: int) -> int:
        return int(await self.call("open_dm", person=person))

    async def say(self, channel: int, person: int, content: str) -> int:
        return int(await self.call("say", channel=channel, person=person, content=content))

    # -- acting as people -----------------------------------------------------------------------

    async def act(self, acts: Sequence[Json]) -> list[int]:
        """Do many things at once (`Control.act`), and wait for nothing. Return the interactions' ids."""
        ids: list[int] = await self.call("act", acts=[*acts])
        return ids

    async def command(
        self, person: int, channel: int, path: str, options: Mapping[str, Any] | None = None,
        *, target: int | None = None, until: str = "answered",
    ) -> Answered:  # fmt: skip
        """Run a command, such as "pair start", and wait for the answer."""
        how = {"path": path, "options": dict(options or {}), "target": target}
        [id] = await self.act([{"do": "command", "person": person, "channel": channel, **how}])
        return await self.interaction(id, until)

    async def complete(
        self, person: int, channel: int, path: str, focused: str, options: Mapping[str, Any]
    ) -> list[Json]:
        """Type into an option of a command. Return the choices that the bot offers."""
        how = {"path": path, "options": dict(options), "target": None, "focused": focused}
        [id] = await self.act([{"do": "command", "person": person, "channel": channel, **how}])
        answer = await self.interaction(id, "answered")
        assert answer.callback is not None
        choices: list[Json] = answer.callback["data"]["choices"]
        return choices

    async def press(
        self, person: int, message: Message | int, custom_id: str, values: Sequence[object] = (),
        *, until: str = "answered",
    ) -> Answered:  # fmt: skip
        """Press a button, or choose values in a select, by its whole custom_id; and wait for the answer."""
        on = message if isinstance(message, int) else message.id
        told = {
            "person": person,
            "message": on,
            "custom_id": custom_id,
            "values": [str(one) for one in values],
        }
        [id] = await self.act([{"do": "press", **told}])
        return await self.interaction(id, until)

    async def submit(
        self, opened: Answered | int, fields: Mapping[str, Any], *, until: str = "answered"
    ) -> Answered:
        """Send the form that an interaction opened, its fields by label or custom_id."""
        by = opened if isinstance(opened, int) else opened.id
        [id] = await self.act([{"do": "submit", "opened_by": by, "fields": dict(fields)}])
        return await self.interaction(id, until)

    async def interaction(self, id: int, until: str = "", seconds: float = PATIENCE) -> Answered:
        """Return an interaction. With `until` ("acked", "answered") wait for that, or raise TimeoutError."""
        told = await self.call("interaction", id=id, until=until, seconds=seconds)
        if until and told[f"{until}_at"] is None:
            raise TimeoutError(f"the interaction was not {until}")
        return Answered(**{**told, "messages": [Message(**one) for one in told["messages"]]})

    # -- reading what happened ------------------------------------------------------------------

    async def messages(self, channel: int | None = None, after: int = 0) -> list[Message]:
        return [Message(**one) for one in await self.call("messages", channel=channel, after=after)]

    async def message(self, id: int) -> Message:
        return Message(**await self.call("message", id=id))

    async def requests(
        self, method: str | None = None, route: str | None = None, after: int = 0
    ) -> list[Json]:
        """Return the last few thousand requests. The route is a template: "/channels/{channel}/messages"."""
        found: list[Json] = await self.call("requests", after=after, method=method, route=route)
        return found

    async def count(self, what: str) -> int:
        """Return how often something has happened; see `wait`."""
        return int(await self.call("wait", what=what, at_least=0, seconds=0))

    async def wait(self, what: str, at_least: int = 1, seconds: float = PATIENCE) -> int:
        """Wait until something has happened so often, or raise TimeoutError.

        It is "identifies", "readies", "resumes", "heartbeats", "handshakes", "connected", "messages",
        "outside", or a method and route with or without a status: "POST /channels/{channel}/messages 200".
        """
        count = int(await self.call("wait", what=what, at_least=at_least, seconds=seconds))
        if count < at_least:
            raise TimeoutError(f"{what}: {count} of {at_least}")
        return count

    async def gateway(self) -> Json:
        told: Json = await self.call("gateway")
        return told

    async def outside(self) -> list[str]:
        """Return the hosts outside this machine that a program under test tried to reach."""
        hosts: list[str] = await self.call("outside")
        return hosts

    # -- faults ---------------------------------------------------------------------------------

    async def fault(self, kind: FaultKind, path: str, method: str = "*", **how: Any) -> int:
        """Plan a fault (`faults.Fault` has its fields). Return its id."""
        return int(await self.call("add_fault", kind=kind.value, path=path, method=method, **how))

    async def happened(self, fault: int) -> int:
        """Return how often a fault has happened."""
        return int((await self.call("faults"))[str(fault)])

    async def met(self, fault: int, times: int = 1) -> None:
        """Wait until a fault has happened so often."""
        await self.wait(f"fault {fault}", times)

    async def no_faults(self) -> None:
        """Let no fault happen any longer. Slow requests that are under way go on at once."""
        await self.call("remove_faults")

    async def move_clock(self, seconds: float) -> None:
        """Move the clock of this Discord ahead, or back with less than 0: also the one in `Date`."""
        await self.call("move_clock", seconds=seconds)


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Wire]:
    """Yield what steers the Discord at this address."""
    timeout, connector = aiohttp.ClientTimeout(total=2 * PATIENCE), aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
        yield Wire(address, session)


@asynccontextmanager
async def wire() -> AsyncIterator[Wire]:
    """Start a Discord in a process. At the end, fail if a program tried to reach another machine."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.wire", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with connected((await process.stdout.readline()).decode().strip()) as discord:
            yield discord
            outside = await discord.outside()
        assert not outside, f"the program tried to reach {outside}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
