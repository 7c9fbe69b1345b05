"""Discord's ids, which contain the time at which they were made, and the clock of this Discord."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

EPOCH = 1_420_070_400.0
"""The first second of 2015, from which snowflakes count."""

# The wall clock, read once: the bot compares the times in message ids with its own clock.
_BEGAN, _STARTED = time.time(), time.monotonic()  # noqa: TID251 - the server has its own clock, as Discord has


@dataclass(slots=True)
class Clock:
    """The wall clock, which a test can move ahead, and which no change of the machine's clock moves."""

    ahead: float = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return _BEGAN + time.monotonic() - _STARTED + self.ahead


@dataclass(slots=True)
class Snowflakes:
    """Makes ids that are unique and rise with time."""

    clock: Clock
    _last: int = field(default=0)

    def new(self) -> int:
        self._last = max(self._last + 1, snowflake(self.clock.now()))
        return self._last


def snowflake(at: float) -> int:
    """Return the smallest id that was made at this time (seconds since 1970)."""
    return int((at - EPOCH) * 1000) << 22


def iso(at: float) -> str:
    """Return a time as Discord writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat()
