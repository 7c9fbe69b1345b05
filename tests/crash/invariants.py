"""What must be true of the files of a killed bot, and of what its Discord has accepted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.storage.schema import moment
from tests.crash.snapshot import Snapshot
from tests.system.invariants import MESSAGE_SUBJECTS, TIMER_SUBJECTS
from tests.wire.client import Message
from tests.wire.state import BOT, flattened

_RUNNING = "SELECT 1 FROM pairs WHERE id = ? AND state = 'running'"
_SIDE = "SELECT 1 FROM pair_sides JOIN pairs ON pairs.id = pair WHERE pair_sides.id = ? AND state = 'running'"
_CHECK_IN = "SELECT 1 FROM check_ins WHERE id = ?"
_PAIR = "SELECT 1 FROM pairs WHERE id = ?"
TIMERS = TIMER_SUBJECTS | {
    "pairs.ask": _SIDE,
    "pairs.silent": _SIDE,
    "pairs.resume": _RUNNING,
    "pairs.round_ends": _CHECK_IN,
    "pairs.lapse": "SELECT 1 FROM pairs WHERE id = ? AND state IN ('draft', 'proposed')",
    "pairs.ends": _RUNNING,
    "pairs.notes_end": f"{_PAIR} AND state = 'ended'",
    "pairs.forget": f"{_PAIR} AND state = 'ended'",
}
MESSAGES = MESSAGE_SUBJECTS | {
    **dict.fromkeys(
        ("pairs.check_in", "pairs.shared", "pairs.wish", "pairs.later", "pairs.not_now"), _CHECK_IN
    ),
    **dict.fromkeys(("pairs.missed", "pairs.silent"), _SIDE),
    **dict.fromkeys(("pairs.begun", "pairs.lapsed", "pairs.change", "pairs.settled"), _PAIR),
    **dict.fromkeys(("pairs.paused", "pairs.ended"), _PAIR),
    "norms.barred": "",
    "norms.waits": "SELECT 1 FROM norm_notes WHERE server = CAST(? AS BIGINT) AND state = 'sent'",
    "servers.barred": "",
}


class Accepted:
    """What Discord has accepted from the bot in channels and direct messages."""

    def __init__(self) -> None:
        self.last = 0
        self.ids: defaultdict[str, list[int]] = defaultdict(list)
        """The ids of the messages that were sent for each nonce."""
        self.unrecorded: set[str] = set()
        """What was accepted and not recorded when the bot was killed."""
        self._known: set[str] = set()
        self._lost: set[int] = set()

    def see(self, messages: list[Message]) -> None:
        """Add messages that are newer than all before."""
        for one in messages:
            self.last = max(self.last, one.id)
            if one.author == BOT and one.shown_to is None:
                self.ids[one.nonce or f"no nonce: {one.id}"].append(one.id)

    def doubled(self) -> list[str]:
        there = {nonce: [id for id in ids if id not in self._lost] for nonce, ids in self.ids.items()}
        return [f"sent {len(ids)} times: {nonce}" for nonce, ids in there.items() if len(ids) > 1]

    def restored(self, files: Snapshot, messages: list[Message]) -> int:
        """Take note of what a restored bot may send again. Return how many messages it must find instead.

        What it doesn't know to be sent it finds by a button. A message that has closed since has none.
        """
        there = {one.id for one in messages if any("custom_id" in part for part in flattened(one.components))}
        unknown = {id for nonce in self.find_unrecorded(files) for id in self.ids[nonce]}
        self._lost |= unknown - there
        return len(unknown & there)

    def know(self, files: Snapshot) -> None:
        """Take note of the rows that there are, before some of them are deleted."""
        self._known |= {str(row["nonce"]) for row in files.rows("SELECT nonce FROM outbox")}
        self._known |= {str(row["id"]) for row in files.rows("SELECT id FROM posts")}

    def orphans(self, files: Snapshot) -> list[str]:
        """Return the messages that no row of the bot has ever been about."""
        self.know(files)
        return [f"a message without a row: {nonce}" for nonce in self.ids.keys() - self._known]

    def find_unrecorded(self, files: Snapshot) -> set[str]:
        """Count the messages that were accepted and whose row doesn't say so yet, and return their nonces."""
        unsent = "SELECT {} AS nonce FROM {} WHERE message_id IS NULL"
        waiting = f"{unsent.format('nonce', 'outbox')} UNION {unsent.format('id', 'posts')}"
        found = {nonce for (nonce,) in map(tuple, files.rows(waiting)) if nonce in self.ids}
        self.unrecorded |= found
        return found


def unsound(files: Snapshot) -> Iterator[str]:
    """Yield what is wrong in the database, whenever the bot was killed."""
    if not files.is_whole():
        yield "the database is damaged"
    for row in files.rows("SELECT * FROM agenda"):
        kind, subject = row["kind"], row["subject"]
        if row["tries"] or row["parked"]:
            yield f"a handler of {kind} raised: {row['parked']}"
        if kind not in TIMERS:
            yield f"a timer of a kind that this test doesn't know: {kind}"
        elif TIMERS[kind] and not files.has(TIMERS[kind], subject):
            yield f"an orphan timer: {kind} {subject}"
    for row in files.rows("SELECT * FROM outbox WHERE ended_at IS NULL AND state != 'gone'"):
        kind, subject = row["kind"], row["subject"]
        if kind not in MESSAGES:
            yield f"a message of a kind that this test doesn't know: {kind}"
        elif MESSAGES[kind] and not files.has(MESSAGES[kind], subject):
            yield f"an orphan message: {kind} {subject} ({row['state']})"


def next_times(files: Snapshot, now: datetime) -> list[datetime]:
    """Return when something is due next: timers, messages and posts, each time once."""
    tables = ("agenda", "posts", "outbox WHERE lane IS NOT NULL")
    every = " UNION ".join(f"SELECT due_at FROM {one}" for one in tables)
    found = files.rows(f"SELECT due_at FROM ({every}) WHERE due_at > ? ORDER BY 1", micros(now))
    return [moment(row["due_at"]) for row in found]


def unfinished(files: Snapshot, now: datetime) -> Iterator[str]:
    """Yield what a bot that has been left alone for a while should have done."""
    at = micros(now)
    for row in files.rows(
        "SELECT kind, state, due_at FROM outbox WHERE lane IS NOT NULL AND due_at <= ?", at
    ):
        yield f"a due message: {row['kind']} ({row['state']})"
    for row in files.rows("SELECT kind, wanted, shown FROM posts WHERE due_at <= ?", at):
        yield f"a due post: {row['kind']} (wanted {row['wanted']}, shown {row['shown']})"
    for row in files.rows("SELECT kind FROM agenda WHERE due_at <= ? AND parked IS NULL", at):
        yield f"a due timer: {row['kind']}"
    if files.has("SELECT 1 FROM dm_deletions WHERE channel IS NOT NULL"):
        yield "direct messages of somebody who was erased"
    for table in ("outbox", "posts"):
        for row in files.rows(f"SELECT kind, last_code FROM {table} WHERE hindered_since IS NOT NULL"):
            yield f"a delivery that keeps failing: {table}, {row['kind']} {row['last_code']}"
        for row in files.rows(f"SELECT kind FROM {table} WHERE holder IS NOT NULL OR held_until IS NOT NULL"):
            yield f"a claim that nobody has given up: {table}, {row['kind']}"


def unaccepted(files: Snapshot, accepted: Accepted) -> Iterator[str]:
    """Yield the messages that the bot calls sent and of which Discord knows nothing."""
    for row in files.rows("SELECT kind, nonce, message_id FROM outbox WHERE message_id IS NOT NULL"):
        if row["message_id"] not in accepted.ids.get(str(row["nonce"]), ()):
            yield f"called sent, and not accepted: {row['kind']} {row['nonce']}"
    for row in files.rows("SELECT kind, id, message_id FROM posts WHERE message_id IS NOT NULL"):
        if row["message_id"] not in accepted.ids.get(str(row["id"]), ()):
            yield f"called posted, and not accepted: {row['kind']} {row['id']}"


def micros(at: datetime) -> int:
    """Return how a column holds a time."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
