"""The control API: tests set up servers, act as people, cause faults, and read what happened."""

import asyncio
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.wire.changes import Changes
from tests.wire.faults import Fault, FaultKind, Faults
from tests.wire.gateway import INVALID_SESSION, RECONNECT, Gateway, listed
from tests.wire.interactions import Interaction, Interactions
from tests.wire.limits import Limits, RouteLimit
from tests.wire.records import Records
from tests.wire.state import DiscordState, Json, Message, flattened

_SETTINGS = {"heartbeat_interval", "shards", "max_concurrency", "enforces_concurrency", "starts_left"}


class Control:
    """Every public method is a verb: POST /control/<verb> with its arguments as JSON."""

    def __init__(
        self, state: DiscordState, gateway: Gateway, interactions: Interactions, faults: Faults,
        limits: Limits, records: Records,
    ) -> None:  # fmt: skip
        self._state = state
        self._gateway = gateway
        self._interactions = interactions
        self._faults = faults
        self._limits = limits
        self._records = records
        self._verbs = {**_verbs(Changes(state, gateway)), **_verbs(self)}

    def table(self) -> list[web.RouteDef]:
        return [web.post("/control/{verb}", self._handle)]

    async def _handle(self, request: web.Request) -> web.Response:
        verb, told = self._verbs.get(request.match_info["verb"]), json.loads(await request.read() or b"{}")
        if verb is None:
            return web.Response(status=404, text="there is no such verb")
        try:
            done = verb(**told)
            if asyncio.iscoroutine(done):
                done = await done
        except (LookupError, StopIteration, TypeError, ValueError) as error:
            return web.Response(status=400, text=f"{type(error).__name__}: {error}")
        return web.Response(body=json.dumps(done).encode(), content_type="application/json")

    # -- acting as people -----------------------------------------------------------------------

    def act(self, acts: list[Json]) -> list[int]:
        """Do several things at once: each has a "do" of "command", "press" or "submit". Return their ids."""
        return [self._act(**one) for one in acts]

    def _act(self, do: str, **how: Any) -> int:
        if do == "command":
            return self._interactions.command(**how).id
        if do == "press":
            return self._interactions.press(**how).id
        return self._interactions.submit(**how).id

    async def interaction(self, id: int, until: str = "", seconds: float = 0.0) -> Json:
        """Return an interaction; first wait until it is "acked" or "answered", at most so many seconds."""
        one = self._interactions.every[id]
        ends = asyncio.get_running_loop().time() + seconds
        while until and getattr(one, f"{until}_at") is None:
            left = ends - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(one.happened.wait(), max(0.0, left))
            except TimeoutError:
                break
        return self._described(one)

    def interactions(self, after: int = 0) -> list[Json]:
        """Return the times of all interactions that are newer than this one, without what was answered."""
        return [_times(one) for one in self._interactions.every.values() if one.id > after]

    def kill_interaction(self, id: int) -> None:
        """Let Discord forget an interaction and its token."""
        self._interactions.every[id].dead = True

    # -- what was sent --------------------------------------------------------------------------

    def messages(self, channel: int | None = None, after: int = 0, ephemeral: bool = False) -> list[Json]:
        """Return messages in the order in which they were sent."""
        kept = self._state.ephemeral if ephemeral else self._state.messages
        return [_message(one) for one in kept.values() if one.id > after and channel in (None, one.channel)]

    def message(self, id: int) -> Json:
        found = self._state.find(id)
        if found is None:
            raise LookupError(f"there is no message {id}")
        return _message(found)

    def requests(self, after: int = 0, method: str | None = None, route: str | None = None) -> list[Json]:
        """Return the last requests, of one method and route or of all."""
        return [
            asdict(one)
            for one in self._records.requests
            if one.number > after and method in (None, one.method) and route in (None, one.route)
        ]

    def counts(self) -> Json:
        """Return how many answers there were, how many lists were not empty, and the 429s of limits."""
        return {
            "answers": self._records.counts,
            "found": self._records.found,
            "limited": self._limits.refused,
        }

    def gateway(self) -> Json:
        return listed(self._gateway)

    def commands(self) -> list[Json]:
        return self._state.commands

    def pid(self) -> int:
        """Return the id of the process in which this Discord runs."""
        return os.getpid()

    def guilds(self) -> list[int]:
        """Return the ids of all servers."""
        return [*self._state.guilds]

    async def wait(self, what: str, at_least: int, seconds: float) -> int:
        """Wait until something has happened so often. Return how often it has."""
        ends = asyncio.get_running_loop().time() + seconds
        while (count := self._count(what)) < at_least:
            left = ends - asyncio.get_running_loop().time()
            if left <= 0:
                break
            await self._records.wait(left)
        return count

    def _count(self, what: str) -> int:
        if what.startswith("fault "):
            return self._faults.planned[int(what.removeprefix("fault "))].happened
        match what:
            case "identifies":
                return len(self._gateway.identifies)
            case "readies" | "resumes" | "heartbeats" | "handshakes":
                return int(getattr(self._gateway, what))
            case "connected":
                return len(self._gateway.live(None))
            case "messages":
                return len(self._state.messages)
            case "outside":
                return len(self._records.outside)
        return sum(count for key, count in self._records.counts.items() if f"{key} ".startswith(f"{what} "))

    # -- faults, limits, settings ---------------------------------------------------------------

    def add_fault(self, kind: str, **how: Any) -> int:
        return self._faults.add(Fault(kind=FaultKind(kind), **how))

    def remove_faults(self, ids: list[int] | None = None) -> None:
        """Let these faults happen no longer, or none at all."""
        for id in [*self._faults.planned] if ids is None else ids:
            self._faults.remove(id)

    def faults(self) -> dict[int, int]:
        """Return how often each fault has happened."""
        return {one.id: one.happened for one in self._faults.planned.values()}

    def seed(self, seed: int) -> None:
        self._faults.chance.seed(seed)

    def set_limits(self, routes: list[Json], total: int | None = None, total_seconds: float = 1.0) -> None:
        """Set the limits of routes (`limits.RouteLimit`), and that of all requests together."""
        self._limits.routes = [RouteLimit(**one) for one in routes]
        self._limits.total, self._limits.total_seconds = total, total_seconds

    def change_settings(self, answered_within: float | None = None, **changed: Any) -> None:
        """Change settings of the gateway, or the seconds in which interactions must be answered."""
        if answered_within is not None:
            self._interactions.answered_within = answered_within or None
        if unknown := changed.keys() - _SETTINGS:
            raise LookupError(f"there is no {sorted(unknown)}")
        for name, value in changed.items():
            setattr(self._gateway, name, value)

    def now(self) -> float:
        return self._state.clock.now()

    def move_clock(self, seconds: float) -> None:
        """Move the clock of this Discord ahead, or back."""
        self._state.clock.ahead += seconds

    # -- the gateway ----------------------------------------------------------------------------

    def dispatch(self, event: str, data: Json, guild: int | None = None) -> int:
        """Send any event as it is. Return how many connections it went over."""
        return self._gateway.dispatch(event, data, guild)

    def reconnect(self, shard: int | None = None) -> None:
        """Tell clients to reconnect (op 7)."""
        for one in self._gateway.live(shard):
            one.say(RECONNECT, None)

    def invalidate(self, resumable: bool, shard: int | None = None) -> None:
        """Tell clients that their session is invalid (op 9). If it isn't resumable, it is gone."""
        for one in self._gateway.live(shard):
            one.say(INVALID_SESSION, resumable)
        if not resumable:
            self._gateway.forget(shard)

    async def close(self, code: int | None, shard: int | None = None) -> None:
        """Close connections with a code, or drop them without one."""
        for one in self._gateway.live(shard):
            await one.close(code)

    def silence(self, shard: int | None = None) -> None:
        """Turn connections into zombies: they stay open, and nothing comes over them any longer."""
        for one in self._gateway.live(shard):
            one.silent = True

    def forget_sessions(self, shard: int | None = None) -> None:
        self._gateway.forget(shard)

    # -- the guard of the program under test ----------------------------------------------------

    def report_outside(self, host: str) -> None:
        self._records.outside.append(host)
        self._records.change()

    def outside(self) -> list[str]:
        return self._records.outside

    def _described(self, one: Interaction) -> Json:
        seen = [self._state.find(id) for id in (one.original, *one.followups) if id is not None]
        return {
            **_times(one), "callback": one.callback, "original": one.original,
            "messages": [_message(each) for each in seen if each is not None],
        }  # fmt: skip


def _times(one: Interaction) -> Json:
    return {
        "id": one.id, "person": one.person, "reached": one.reached, "edits": one.edits,
        "made_at": one.made_at, "acked_at": one.acked_at, "answered_at": one.answered_at,
    }  # fmt: skip


def _message(one: Message) -> Json:
    content = one.content
    components = content.get("components") or []
    flat = [*flattened(components)]
    return {
        "id": one.id, "channel": one.channel, "author": one.author, "nonce": one.nonce, "flags": one.flags,
        "made_at": one.made_at, "edits": one.edits, "edited_at": one.edited_at, "shown_to": one.shown_to,
        "content": content.get("content") or "", "components": components,
        "custom_ids": [part["custom_id"] for part in flat if "custom_id" in part],
        "texts": [part["content"] for part in flat if "content" in part],
        "attachments": [part["filename"] for part in content.get("attachments") or ()],
    }  # fmt: skip


def _verbs(one: object) -> dict[str, Callable[..., Any]]:
    names: Iterable[str] = (name for name in dir(one) if not name.startswith("_") and name != "table")
    return {name: getattr(one, name) for name in names if callable(getattr(one, name))}
