"""What a process keeps in memory is read again, because another process may have changed it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

EVERY = timedelta(minutes=1)


class Refresh:
    """Wakeup runs it: each minute, and as soon as another process has told of a change."""

    def __init__(self, now: Callable[[], datetime], reads: Sequence[Callable[[], Awaitable[None]]]) -> None:
        self._now = now
        self._reads = reads
        self._due = now() + EVERY
        self.on_earlier: Callable[[datetime], None] | None = None

    def told(self) -> None:
        """Read again soon."""
        self._due = self._now()
        if self.on_earlier is not None:
            self.on_earlier(self._due)

    async def run_due(self, now: datetime) -> int:
        if self._due <= now:
            # Before it is read, so that what is told meanwhile is read once more.
            self._due = now + EVERY
            for read in self._reads:
                await read()
        return 0

    async def next_due(self) -> datetime | None:
        return self._due
