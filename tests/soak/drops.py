"""The connection to the gateway ends again and again, each time in another way."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from tests.wire.client import Wire

_WAYS = ("dropped", "op 7", "op 9, to be resumed", "closed with 4000")
_NEW_SESSION = "op 9, with a new session"
_NEW_SESSION_AT, _NEW_SESSION_EVERY = 5, 40
"""A login is rare, because a bot that logs in often within an hour must wait longer and longer."""


@dataclass(slots=True)
class Drops:
    """Ends the connection every so many seconds, if it is up."""

    discord: Wire
    every: float
    made: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(self.every)
            await self.discord.wait("connected")
            fresh = number % _NEW_SESSION_EVERY == _NEW_SESSION_AT
            way = _NEW_SESSION if fresh else _WAYS[number % len(_WAYS)]
            await self._drop(way)
            self.made[way] += 1
            number += 1

    async def _drop(self, way: str) -> None:
        match way:
            case "dropped":
                await self.discord.call("close", code=None)
            case "op 7":
                await self.discord.call("reconnect")
            case "closed with 4000":
                await self.discord.call("close", code=4000)
            case _:
                await self.discord.call("invalidate", resumable=way != _NEW_SESSION)
