"""What every side can do: stand ready with 100,000 schedules, and handle what falls due in a minute."""

from pathlib import Path
from typing import Protocol


class Side(Protocol):
    """Opened, then minute by minute `due`, `ring`, `rest` and `checkpoint`; only the ring counts."""

    path: Path
    next_times: str
    """The query for (subject, next time) in its file; the outbox's lines are in there too."""

    async def open(self) -> None: ...

    async def due(self, minute: int) -> None:
        """Let what falls due in that minute be due."""
        ...

    async def ring(self) -> None:
        """Wake up and handle it: done once each one's next time and its line are committed."""
        ...

    async def rest(self) -> None: ...

    async def checkpoint(self) -> None:
        """What SQLite has put off until later."""
        ...

    async def close(self) -> None: ...
