"""What waits, what did not arrive and why, for whoever runs the bot: read from the file, also while it runs.

It names no person and holds no words. A delivery is named by its kind, its random id and its server.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.storage.copies import examined
from bot.storage.schema import moment


@dataclass(frozen=True, slots=True)
class Count:
    """How often a kind has ended in one way in the last days. `code` is None if there was none."""

    kind: str
    outcome: str
    code: int | None
    many: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message or post that waits, or that did not arrive.

    state: as stored (see `MessageState`), or for a post "waiting" or "parked".
    due_at: when it is tried next; None if it isn't tried again by itself.
    """

    what: str
    id: str
    kind: str
    server: int | None
    state: str
    made_at: datetime
    due_at: datetime | None
    tries: int
    failing_since: datetime | None
    code: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that `plumbline outbox` shows.

    waiting: how many wait by kind, also those that wait for their time. stuck: the oldest first.
    """

    counts: tuple[Count, ...]
    waiting: tuple[tuple[str, int], ...]
    stuck: tuple[Stuck, ...]


_COUNTS = (
    "SELECT kind, outcome, nullif(code, 0), sum(many) FROM delivery_counts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)
_WAITING = """
SELECT kind, count(*) FROM outbox WHERE state = 'waiting' GROUP BY 1
UNION ALL
SELECT kind, count(*) FROM posts WHERE due_at IS NOT NULL GROUP BY 1
ORDER BY 1
"""
# Quiet messages were never meant to be sent: they have no code, and no time at which they were tried.
_STUCK = """
SELECT 'direct message', id, kind, server,
    state, made_at, CASE WHEN state = 'waiting' THEN due_at END, tries, failing_since, last_code
FROM outbox
WHERE (state = 'waiting' AND tries > 0) OR (state = 'shut' AND last_code IS NOT NULL) OR state = 'gone'
UNION ALL
SELECT 'channel post', id, kind, server, CASE WHEN due_at IS NULL THEN 'parked' ELSE 'waiting' END,
    made_at, due_at, tries, failing_since, last_code
FROM posts WHERE failing_since IS NOT NULL
ORDER BY 6, 2
"""


def read(path: Path) -> Report | None:
    """Read the report from a database of the present version; None if it is damaged."""
    try:
        return examined(path, _report)
    except sqlite3.DatabaseError:
        return None


def _report(connection: sqlite3.Connection) -> Report:
    return Report(
        tuple(Count(*row) for row in connection.execute(_COUNTS)),
        tuple(connection.execute(_WAITING)),
        tuple(_stuck(connection)),
    )


def _stuck(connection: sqlite3.Connection) -> Iterator[Stuck]:
    for what, id, kind, server, state, made_at, due_at, tries, since, code in connection.execute(_STUCK):
        yield Stuck(
            what, id, kind, server, state, moment(made_at), None if due_at is None else moment(due_at),
            tries, None if since is None else moment(since), code,
        )  # fmt: skip
