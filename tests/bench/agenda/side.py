"""What every side can do: hold 100,000 schedules, and handle those that are due in a minute."""

from pathlib import Path
from typing import Protocol


class Side(Protocol):
    """First `open`, then for each minute `due`, `ring`, `rest` and `checkpoint`; only `ring` is measured."""

    path: Path
    next_times: str
    """The query for (subject, next time) in its file, which also holds the outbox."""

    async def open(self) -> None: ...

    async def due(self, minute: int) -> None:
        """Make the schedules of that minute due."""
        ...

    async def ring(self) -> None:
        """Wake up and handle them, until the next time and the message of each are committed."""
        ...

    async def rest(self) -> None: ...

    async def checkpoint(self) -> None:
        """Do the work that SQLite has put off."""
        ...

    async def close(self) -> None: ...
