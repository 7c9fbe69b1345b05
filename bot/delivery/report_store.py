"""What waits, what did not arrive and why, for whoever runs the bot: also while it runs.

It names no person and holds no words. A delivery is named by its kind, its random id and its server.
"""

from datetime import datetime
from enum import StrEnum
from functools import partial

from msgspec import Struct

from bot.storage.driver import sqlite
from bot.storage.schema import microseconds, moment
from bot.storage.source import Rows, Source
from bot.storage.unavailable import Damaged


class Count(Struct, frozen=True):
    """How often a kind has ended in one way in the last days. `code` is None if there was none."""

    kind: str
    outcome: str
    code: int | None
    many: int


class Stuck(Struct, frozen=True):
    """A message or post that waits, that can't be edited, or that will not arrive any more.

    due_at: when it is tried next; None if it isn't tried again by itself.
    hindered_since: since when its tries fail. Of one that will not arrive, when that became certain.
    """

    what: str
    id: str
    kind: str
    server: int | None
    state: "StuckState"
    made_at: datetime
    due_at: datetime | None
    tries: int
    hindered_since: datetime | None
    code: int | None


class StuckState(StrEnum):
    """Why something has not arrived."""

    NEW_CHANNEL = "new channel"
    """It waits its turn to open a DM channel to somebody new."""
    LATER = "later"
    """Its time has not come: quiet hours, or it is meant for later."""
    DUE = "due"
    """It is due, or is being delivered."""
    FAILING = "failing"
    """It was tried, and will be tried again."""
    OUTDATED = "outdated"
    """Its message is there and can't be edited. It is tried again when something changes in the server."""
    REFUSED = "refused"
    MISSING = "missing"


class Report(Struct, frozen=True):
    """Everything that `plumbline outbox` shows. waiting: the oldest first. failed: the latest first."""

    counts: tuple[Count, ...] = ()
    waiting: tuple[Stuck, ...] = ()
    failed: tuple[Stuck, ...] = ()


_COUNTS = """
SELECT kind, outcome, nullif(code, 0), sum(many) FROM delivery_counts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_WAITING = """
SELECT 'direct message', id, kind, server,
    CASE WHEN tries > 0 THEN 'failing' WHEN lane IN (2, 3) THEN 'new channel'
        WHEN due_at > :now THEN 'later' ELSE 'due' END AS waits,
    made_at, due_at, tries, hindered_since, last_code
FROM outbox WHERE state = 'waiting'
UNION ALL
SELECT 'channel post', id, kind, server,
    CASE WHEN due_at IS NULL THEN 'outdated' WHEN hindered_since IS NOT NULL THEN 'failing'
        WHEN due_at > :now THEN 'later' ELSE 'due' END,
    made_at, due_at, tries, hindered_since, last_code
FROM posts WHERE due_at IS NOT NULL OR (hindered_since IS NOT NULL AND wanted != shown)
ORDER BY 6, 2
"""
_FAILED = """
SELECT what, id, kind, server, outcome, made_at, NULL, tries, ended_at, code FROM delivery_failures
ORDER BY ended_at DESC, id
"""


def read(source: Source, now: datetime) -> Report | None:
    """Read the report from a database of the present version; None if it is damaged.

    Raises WrongKey and StorageUnavailable.
    """
    try:
        return source.look(partial(_report, now))
    except (sqlite.DatabaseError, Damaged):
        return None


def _report(now: datetime, rows: Rows) -> Report:
    return Report(
        tuple(Count(*row) for row in rows(_COUNTS)),
        tuple(_stuck(*row) for row in rows(_WAITING, {"now": microseconds(now)})),
        tuple(_stuck(*row) for row in rows(_FAILED)),
    )


def _stuck(
    what: str,
    id: str,
    kind: str,
    server: int | None,
    state: str,
    made_at: int,
    due_at: int | None,
    tries: int,
    since: int | None,
    code: int | None,
) -> Stuck:
    times = [None if one is None else moment(one) for one in (due_at, since)]
    return Stuck(what, id, kind, server, StuckState(state), moment(made_at), times[0], tries, times[1], code)
