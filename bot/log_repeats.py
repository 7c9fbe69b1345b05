"""Write a log record once when it comes again and again, and count the others."""

import copy
import logging
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import TextIO

from msgspec import Struct

WINDOW_SECONDS = 60.0
MOST_REMEMBERED = 200


class Repeated(Struct):
    """A record that was written at `since`, and how many like it came afterwards."""

    record: logging.LogRecord
    since: float
    more: int = 0


class Repeats:
    """Remembers what was written in the last minute, so that the same is not written again.

    What is remembered is bounded. When there is no more room, the oldest record is forgotten first.
    """

    def __init__(self) -> None:
        self._remembered: OrderedDict[bytes, Repeated] = OrderedDict()

    def pass_on(self, record: logging.LogRecord, now: float) -> Iterator[logging.LogRecord]:
        """Yield what is to be written now: sums of what has passed, then the record if it is the first."""
        yield from self._over(now)
        identity = _identity(record)
        before = self._remembered.get(identity)
        if before is not None:
            before.more += 1
            return
        if len(self._remembered) >= MOST_REMEMBERED:
            yield from _summed_up(self._remembered.popitem(last=False)[1])
        self._remembered[identity] = Repeated(record, now)
        yield record

    def all_over(self) -> Iterator[logging.LogRecord]:
        """Yield the sums of everything that is still being counted, and forget it."""
        while self._remembered:
            yield from _summed_up(self._remembered.popitem(last=False)[1])

    def _over(self, now: float) -> Iterator[logging.LogRecord]:
        while self._remembered and now - next(iter(self._remembered.values())).since >= WINDOW_SECONDS:
            yield from _summed_up(self._remembered.popitem(last=False)[1])


class CollapsingHandler(logging.StreamHandler[TextIO]):
    """Writes each record, but the same one only once a minute. What is critical is always written.

    A sum of the others follows with the next record after that minute, or when the program ends.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(sys.stderr)
        self._repeats = Repeats()
        self._clock = clock

    def emit(self, record: logging.LogRecord) -> None:
        try:
            passed = [*self._repeats.pass_on(record, self._clock())]
        except Exception:  # noqa: BLE001 - as logging does it: a bad record must not break what logs it
            self.handleError(record)
            return
        if record.levelno >= logging.CRITICAL and record not in passed:
            passed.append(record)
        for one in passed:
            super().emit(one)

    def handleError(self, record: logging.LogRecord) -> None:
        """Write where a record came from that can't be written. logging would print all that is in it."""
        # The stream itself may be what is broken, and nothing is left then to say so with.
        with suppress(OSError, ValueError):
            self.stream.write(f"A log record of {record.module} line {record.lineno} could not be written\n")

    def close(self) -> None:
        """Write the sums that are left. logging calls this when the program ends."""
        for one in self._repeats.all_over():
            super().emit(one)
        super().close()


def more_like_it(record: logging.LogRecord) -> int:
    """Return how many records this one sums up; 0 for an ordinary one."""
    more: int = getattr(record, "more_like_it", 0)
    return more


def _summed_up(repeated: Repeated) -> Iterator[logging.LogRecord]:
    if repeated.more:
        sum_of_them = copy.copy(repeated.record)
        sum_of_them.more_like_it = repeated.more
        yield sum_of_them


def _identity(record: logging.LogRecord) -> bytes:
    """Return what two records have in common if they say the same, without their times."""
    if isinstance(record.msg, dict):
        said: object = sorted((key, repr(value)) for key, value in record.msg.items() if key != "at")
    else:
        said = (record.getMessage(), record.exc_text, getattr(record, "expected", None))
    return blake2b(repr((record.name, record.levelno, said)).encode("utf-8", "replace")).digest()
