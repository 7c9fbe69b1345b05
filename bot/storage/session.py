"""A connection to the database's server that stays open: what it holds, this process holds.

`postgres_session.py` implements it.
"""

from collections.abc import Collection
from enum import IntEnum, StrEnum
from typing import Protocol


class Lock(IntEnum):
    """What a session can hold. Each kind has numbers of its own."""

    INSTANCE = 1
    """The number of an instance."""
    LEADER = 2
    LOGIN = 3
    """One of the groups of shards of which one may log in at a time."""


class Hint(StrEnum):
    """What a process tells the others with a commit. It may be lost: what matters is also looked for."""

    MEMORY = "memory"
    """Something has changed that they may keep in memory."""
    WORK = "work"
    """Something waits for another process than the one that wrote it."""


class SessionLost(Exception):
    """The connection broke, and all locks of the session with it, or there is no server."""


class Session(Protocol):
    """Each method but `close` raises SessionLost. `open` it before the first use, and again after that."""

    async def open(self) -> None:
        """Connect, and hear from then on what other processes tell."""
        ...

    async def take(self, lock: Lock, number: int = 0) -> bool:
        """Return whether this session has the lock now. What is taken twice has to be freed twice."""
        ...

    async def free(self, lock: Lock, number: int = 0) -> None: ...

    async def hear(self, seconds: float) -> Collection[Hint]:
        """Wait this long at most. Return what other processes have told."""
        ...

    async def close(self) -> None:
        """Close it. All its locks are free then."""
        ...
