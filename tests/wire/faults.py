"""What goes wrong on demand: each fault is for some requests or gateway steps, so many times or by chance."""

import asyncio
import random
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

GATEWAY = "GATEWAY"
"""The method of a connection's steps: /handshake, /hello, /identify, /resume, /heartbeat and /ready."""


class FaultKind(Enum):
    """What happens instead of the answer. On the gateway, some of them have a meaning of their own."""

    ANSWER = "answer"
    """Answer with `status` and `code`; a 429 also has `retry_after`. On the gateway only for a handshake."""
    RESET = "reset"
    """Reset the connection. On the gateway: drop it without a close code."""
    HANG_UP = "hang_up"
    """Close the connection in order, with no answer. On the gateway: close it with `code`."""
    SILENCE = "silence"
    """Never answer, and keep the connection open."""
    HALF = "half"
    """Send half of the answer, then reset the connection."""
    SLOW = "slow"
    """Take `seconds` (up to `seconds_at_most`, by chance), or until it is removed, and then go on."""
    INVALID_SESSION = "invalid_session"
    """At /identify or /resume: op 9, whose session can be resumed if `resumable`."""
    OMIT = "omit"
    """At /ready: leave these `keys` out of the event."""


@dataclass(slots=True)
class Fault:
    """A fault for the requests whose method and path match; `*` in a path is any one part of it.

    effect: whether the request takes effect first; a slow one is then slow to answer, not to begin.
    skip: how many matching requests pass unharmed first. times: how often it happens, or always.
    """

    path: str
    kind: FaultKind
    method: str = "*"
    status: int = 500
    code: int = 0
    message: str = "trouble"
    retry_after: float = 0.1
    everywhere: bool = False
    """Whether a 429 is for all routes ("global")."""
    effect: bool = False
    seconds: float = 0.0
    seconds_at_most: float = 0.0
    resumable: bool = False
    keys: Sequence[str] = ()
    skip: int = 0
    times: int | None = 1
    probability: float = 1.0
    id: int = 0
    happened: int = 0
    removed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    pattern: re.Pattern[str] = field(default=re.compile(""), repr=False)

    @property
    def over(self) -> bool:
        return self.times is not None and self.happened >= self.times


class Faults:
    """Decides which faults a request meets: any number of slow ones, and one of the others."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.planned: dict[int, Fault] = {}
        self._last = 0

    def add(self, fault: Fault) -> int:
        self._last += 1
        fault.id = self._last
        parts = (
            ".+" if part == "**" else "[^/]+" if part == "*" else re.escape(part)
            for part in fault.path.split("/")
        )
        fault.pattern = re.compile("/".join(parts))
        self.planned[fault.id] = fault
        return fault.id

    def meets(self, method: str, path: str) -> list[Fault]:
        """Return the faults of this request, and count them."""
        if not self.planned:
            return []
        met: list[Fault] = []
        for fault in self.planned.values():
            if fault.over or fault.method not in ("*", method) or not fault.pattern.fullmatch(path):
                continue
            if fault.kind is not FaultKind.SLOW and any(one.kind is not FaultKind.SLOW for one in met):
                continue
            if fault.skip:
                fault.skip -= 1
            elif fault.probability >= 1 or self.chance.random() < fault.probability:
                fault.happened += 1
                met.append(fault)
        return met

    async def pause(self, fault: Fault) -> None:
        """Wait as long as a slow fault lasts, or until it is removed."""
        seconds = self.chance.uniform(fault.seconds, max(fault.seconds, fault.seconds_at_most))
        with suppress(TimeoutError):
            await asyncio.wait_for(fault.removed.wait(), seconds)

    def remove(self, id: int) -> None:
        fault = self.planned.pop(id, None)
        if fault is not None:
            fault.removed.set()
