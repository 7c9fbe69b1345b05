"""Each revision, run as the bot runs it over a file that holds rows.

When a revision is added (`make migration`), say 0004:

1. If it makes tables, put a row of each under "0004" in ROWS. Leave the rows of older revisions as they are,
   even where it changes their tables: rows like these are in the files of people who run the bot.
2. Write `test_0004_...`, which begins with `await file.reach("0004")`: that asserts that older rows are kept.
   Look at what these rows have in new columns, and try out each new constraint, condition and trigger.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.migrate import MIGRATIONS, alembic_config
from tests.database_file import open_file

Row = dict[str, Any]

REVISIONS = sorted(script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions())
AT, LATER = 1_790_000_000_000_000, 1_790_000_600_000_000
SERVER = 812_345_678_901_234_567
ANA, BO = "5f0c2ab1d3e64f7c", "b91e7704aa0c4d52"

ROWS: dict[str, dict[str, Row]] = {
    "0001": {
        "agenda": {"kind": "asks.ends", "subject": "a1", "due_at": LATER, "tries": 2, "parked": "ValueError"},
        "askings": {
            "id": "k1", "ask": "a1", "answerer": BO, "reply": "asked", "revision": 1, "asked_at": AT,
            "held": 0, "shown": 1, "written": 2, "words": b"\x00sealed",
        },
        "asks": {
            "id": "a1", "asker": ANA, "server": SERVER, "state": "open", "revision": 4, "kind": "said",
            "wait": "days", "chosen": BO, "made_at": AT, "sent_at": AT, "ends_at": LATER, "over_at": None,
            "closed_at": None, "extended": 0, "written": 1, "words": b"\xffsealed", "message": None,
        },
        "boundaries": {"id": "b1", "owner": ANA, "pair": b"pair", "other": b"other", "made_at": AT},
        "consents": {"person": ANA, "text": "start", "version": 1, "at": AT},
        "data_keys": {"case": "a1", "author": ANA, "ring_key": "r1", "wrapped": b"wrapped"},
        "invitations": {
            "id": "i1", "server": SERVER, "owner": ANA, "member": BO, "made_at": AT, "shown_until": None,
            "state": "open", "held": 1,
        },
        "names": {
            "person": ANA, "server": SERVER, "finger": b"finger", "name": b"name", "revision": 1, "came": 1,
        },
        "outbox": {
            "id": "o1", "person": BO, "kind": "asks.asked", "subject": "k1", "server": SERVER, "other": ANA,
            "state": "waiting", "made_at": AT, "nonce": "n1", "due_at": AT, "lane": 0, "early": 0, "tries": 0,
            "tried_at": None, "message_id": None, "opened_at": None, "ended_at": None,
        },
        "people": {
            "id": ANA, "finger": b"ana", "discord_id": b"id", "dm_channel": None, "since": AT,
            "zone": "Europe/Lisbon", "quiet_start": 1320, "quiet_end": 480, "resting_until": None,
            "minor_since": None,
        },
        "plans": {
            "id": "p1", "owner": ANA, "source": "a1", "server": SERVER, "state": "set", "day_at": LATER,
            "did_at": None, "month": 0, "goes_at": None, "written": 1, "revision": 1, "action": b"action",
            "different": None, "stay_away": None,
        },
        "servers": {"id": SERVER, "retention_days": 14, "country": "PT", "minors": 1},
        "strangers": {"id": "s1", "finger": b"stranger"},
        "talks": {
            "id": "t1", "asker": ANA, "server": SERVER, "state": "waiting", "questions": 3, "day": None,
            "goes_at": LATER, "seen": 0, "revision": 1,
        },
        "ties": {"id": "e1", "server": SERVER, "owner": ANA, "member": BO, "since": AT},
        "talk_requests": {
            "id": "q1", "talk": "t1", "person": BO, "place": 0, "asked_at": AT, "held": 0, "reply": None,
        },
    },
    "0002": {
        "pairs": {
            "id": "p1", "server": SERVER, "starter": ANA, "partner": BO, "state": "running", "made_at": AT,
            "cadence": "weekly", "day": 6, "minute": 1140, "weeks": 12, "asked_at": AT, "held": 0,
            "declined": 0, "starts_on": "2026-09-27", "ends_on": "2026-12-20", "paused_until": None,
            "paused_by": None, "ended_at": None, "revision": 2,
        },
        "check_ins": {
            "id": "c1", "pair": "p1", "side": "s1", "server": SERVER, "person": ANA, "partner": BO,
            "day": "2026-09-27", "question": 0, "asked_at": AT, "closes_at": LATER, "late": 0, "last": 0,
            "status": "on_track", "written": 1, "note": b"note", "shared_at": None, "held": 0, "seen": 0,
            "told": 0, "wish": None, "wish_held": 0, "revision": 1,
        },
        "pair_changes": {
            "pair": "p1", "by": ANA, "cadence": "weekly", "day": 0, "minute": 1140, "weeks": 12,
            "made_at": AT, "proposed": 1, "renew": 0, "held": 0,
        },
        "pair_sides": {
            "id": "s1", "pair": "p1", "person": ANA, "zone": "Europe/Lisbon", "question": 1, "written": 1,
            "words": b"about", "next_day": "2026-10-04", "next_at": LATER, "missed": 0,
            "hushed_until": None, "seen": 1, "told_at": None,
        },
    },
    "0003": {
        "config_log": {
            "number": 1, "server": SERVER, "at": AT, "who": ANA, "setting": "country", "was": "", "now": "PT",
        },
        "contact_alarms": {"id": "a1", "person": ANA},
        "insight_months": {
            "server": SERVER, "month": "2026-09", "members_in": 9, "asks": 6, "pairs": 5, "reminders": 8,
        },
        "local_lines": {
            "id": "l1", "server": SERVER, "made_at": AT, "name": "Campus", "reach": "555-0100",
            "whom": "students", "doors": "said",
        },
        "moderators": {"server": SERVER, "person": ANA, "seen_at": AT},
        "norm_drafts": {
            "server": SERVER, "norms": "[]", "changed_at": AT, "changed_by": ANA, "revision": 1,
        },
        "norm_notes": {
            "id": "n1", "server": SERVER, "kind": "concern", "version": "v1", "person": BO, "state": "sent",
            "made_at": AT, "sent_at": AT, "done_at": None, "text": b"text", "written": 1,
        },
        "norm_versions": {
            "id": "v1", "server": SERVER, "number": 1, "made_at": AT, "made_by": ANA, "norms": "[]",
        },
        "posts": {
            "id": "x1", "server": SERVER, "channel": 7, "kind": "reminders.reminder", "subject": "r1",
            "detail": "", "made_at": AT, "due_at": LATER, "until": None, "wanted": 1, "shown": 0,
            "at_least": 0, "replaces": None, "tries": 0, "tried_at": None, "message_id": None,
        },
        "reminders": {
            "id": "r1", "server": SERVER, "kind": "norm", "channel": 7, "zone": "Europe/Lisbon",
            "made_at": AT, "made_by": ANA, "starts_on": "2026-09-27", "cadence": "weekly", "day": 6,
            "minute": 600, "before": 0, "at_least": 5, "quiet_from": None, "quiet_to": None,
            "state": "on", "paused_until": None, "turn": 0, "next_at": LATER,
        },
        "tallies": {"server": SERVER, "month": "2026-09", "what": "asks", "count": 6},
        "norm_ballots": {
            "version": "v1", "server": SERVER, "state": "open", "share": 67, "least": 5, "opened_at": AT,
            "ends_at": LATER, "closed_at": None, "yes": 0, "concerns": 0,
        },
        "norm_readers": {"note": "n1", "moderator": ANA, "reads": 1},
        "norm_stands": {"version": "v1", "person": BO, "server": SERVER, "stand": "in", "at": AT},
        "reminder_events": {"id": "e1", "reminder": "r1", "event": 99, "starts_at": LATER, "told": 0},
    },
    "0004": {
        "delivery_counts": {
            "day": "2026-09-27", "kind": "asks.asked", "outcome": "refused", "code": 50007, "many": 3,
        },
        "delivery_failures": {
            "id": "o1", "what": "direct message", "kind": "asks.asked", "server": SERVER, "made_at": AT,
            "ended_at": LATER, "outcome": "refused", "code": 50007, "tries": 1,
        },
    },
    "0015": {
        "dm_deletions": {
            "id": "d1", "person": ANA, "message": 77, "channel": None, "before": None, "tries": 0,
        },
    },
    "0007": {"adults": {"server": SERVER, "person": ANA, "holds": 1}},
    "0011": {"deletion_marks": {"id": 1, "entry": b"entry"}},
    "0013": {
        "tally_people": {
            "server": SERVER, "month": "2026-09", "what": "askers", "finger": b"finger", "count": 2,
        },
    },
    "0014": {
        "bars": {
            "id": "b1", "server": SERVER, "account": b"account", "by": ANA, "made_at": AT, "until": LATER,
            "state": "holds", "report": "r1", "reason": b"reason",
        },
        "quotas": {"key": b"key", "started": 2, "ends_at": LATER},
        "reports": {
            "id": "r1", "server": SERVER, "reporter": BO, "about": b"about", "made_at": AT, "state": "sent",
            "author": b"author", "sent_at": AT, "done_at": None, "written": 2, "content": b"content",
        },
        "report_readers": {"report": "r1", "moderator": ANA, "reads": 1},
    },
    "0018": {
        "path_invitations": {
            "id": "i1", "server": SERVER, "owner": ANA, "member": BO, "made_at": AT, "shown_until": LATER,
            "state": "open", "withheld": 0,
        },
        "paths": {
            "id": "p1", "server": SERVER, "owner": ANA, "made_at": AT, "step": "say", "step_since": AT,
            "state": "open", "begun_at": AT, "zone": "UTC", "cadence": "monthly", "day": 1, "minute": 1080,
            "starts_on": "2026-10-01", "next_at": LATER, "number": 1, "ready_at": None, "waits_until": None,
            "closing": 0, "closed_at": None, "revision": 3,
        },
        "path_companions": {
            "id": "c1", "path": "p1", "server": SERVER, "person": BO, "since": AT, "term_at": LATER,
            "hushed_at": None,
        },
        "path_commitments": {
            "id": "m1", "path": "p1", "owner": ANA, "step": "stop", "about": "events", "made_at": AT,
            "written_at": AT, "look_at": LATER, "said": None, "said_at": None, "written": 1,
            "text": b"sealed",
        },
        "path_requests": {
            "id": "r1", "path": "p1", "by": BO, "kind": "distance", "made_at": AT, "released_at": AT,
            "withheld": 0, "text": b"sealed",
        },
        "path_votes": {"path": "p1", "about": "on", "person": BO, "said": "yes", "at": AT},
        "path_answers": {
            "id": "a1", "path": "p1", "server": SERVER, "person": BO, "number": 1, "asked_at": AT, "alone": 0,
            "met": 1, "sense": "going_on", "told": 0,
        },
    },
    "0020": {
        "terms": {
            "id": "w1", "author": ANA, "made_at": AT, "goes_at": LATER, "written": 1, "tells": 0,
            "content": b"\x00sealed", "revision": 2,
        },
        "carryings": {
            "id": "c1", "server": SERVER, "author": ANA, "carrier": BO, "asked_at": AT, "made_at": AT,
            "shown_until": LATER, "state": "agreed", "held": 0, "rests_until": None, "let": 1, "given": 1,
            "stale": 0, "seen": 1, "said": "partly", "came": "partly", "came_at": AT, "came_seen": 0,
            "ended_at": None, "content": b"\xffsealed", "revision": 3,
        },
    },
    "0022": {
        "nights": {
            "id": "n1", "server": SERVER, "zone": "Europe/Berlin", "starts_at": AT, "ends_at": LATER,
            "noon_at": LATER, "channel": None, "revision": 0,
        },
        "night_members": {
            "id": "m1", "night": "n1", "server": SERVER, "person": ANA, "made_at": AT, "state": "in",
            "asked_by": None, "held": 0, "home_at": LATER, "check_at": None, "home_asked_at": None,
            "missed_at": None, "home_said_at": None, "thanked_at": None, "written": 1,
            "content": b"\x00sealed", "revision": 2,
        },
        "night_looks": {
            "id": "l1", "night": "n1", "server": SERVER, "owner": ANA, "looker": BO, "asked_at": AT,
            "state": "agreed", "shown": 1, "held": 0, "ended_at": None, "revision": 1,
        },
        "night_hands": {
            "id": "h1", "night": "n1", "server": SERVER, "caller": ANA, "made_at": AT, "quick": "followed",
        },
        "night_cards": {
            "id": "k1", "person": ANA, "made_at": AT, "goes_at": LATER, "written": 0,
            "content": b"\xffsealed", "revision": 0,
        },
    },
    "0024": {
        "logins": {"at": AT, "shard": 1},
        "server_names": {"server": SERVER, "name": "The Thursday Table"},
    },
}  # fmt: skip
"""By revision: a row of each table that it makes, with the columns that the table had then.

Tables that refer to another stand after it.
"""
HOUR = 3_600_000_000
CHANGED: dict[str, dict[str, Row]] = {
    "0007": {"servers": {"ratify_least": 0}},
    "0012": {"boundaries": {"made_at": AT - AT % HOUR}},
    "0016": {"reports": {"author": None}},
    "0013": {"insight_months": {"asks": None, "pairs": None, "members_in": 0, "reminders": 0}},
}
"""By revision: what it changes in the rows above. Everything else stays as it was."""


class File:
    """A database file, and a plain connection to it with foreign keys on, like the bot's."""

    def __init__(self, path: Path, connection: sqlite.Connection) -> None:
        self._path = path
        self._connection = connection
        connection.row_factory = sqlite.Row
        connection.execute("PRAGMA foreign_keys=ON")

    async def reach(self, revision: str) -> None:
        """Run all revisions up to this one; the rows of each stay there for those that follow."""
        for one in REVISIONS[: REVISIONS.index(revision) + 1]:
            before = {table: self.rows(table) for table in self._tables()}
            assert all(before.values()), f"every table needs a row before {one}: see the top of this file"
            await self.upgrade(one)
            for table, rows in before.items():
                after = zip(self.rows(table), rows, strict=False)
                kept = [row | CHANGED.get(one, {}).get(table, {}) for row in rows]
                assert [{name: new[name] for name in old} for new, old in after] == kept, table
            for table, row in ROWS.get(one, {}).items():
                self.put(table, row)

    def put(self, table: str, row: Row) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        self.run(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', *row.values())

    def refuses(self, table: str, row: Row, why: str = "UNIQUE") -> None:
        with pytest.raises(sqlite.IntegrityError, match=why):
            self.put(table, row)

    def run(self, statement: str, *values: object) -> None:
        self._connection.execute(statement, values)

    def found(self, query: str, *values: object) -> list[Row]:
        return [dict(row) for row in self._connection.execute(query, values)]

    def rows(self, table: str) -> list[Row]:
        return [dict(row) for row in self._connection.execute(f'SELECT * FROM "{table}"')]

    def _tables(self) -> list[str]:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        return [name for (name,) in self._connection.execute(names)]

    async def upgrade(self, revision: str) -> None:
        """Use the bot's own connection, because SQLite behaves differently with other settings."""
        db = Database(self._path)
        await db.open()
        try:
            await db.migrate(lambda connection: command.upgrade(alembic_config(connection), revision))
        finally:
            await db.close()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    path = tmp_path / "plumbline.db"
    with closing(open_file(path)) as connection:
        yield File(path, connection)


def test_every_revision_has_its_test() -> None:
    tests = [name for name in globals() if name.startswith("test_")]

    assert [one for one in REVISIONS if not any(name.startswith(f"test_{one}_") for name in tests)] == []


ONCE: dict[str, Row] = {
    "agenda": {"due_at": AT},
    "askings": {"id": "new"},
    "boundaries": {"id": "new"},
    "consents": {"at": LATER},
    "data_keys": {"wrapped": b"new"},
    "invitations": {"id": "new"},
    "names": {"name": b"new"},
    "outbox": {"id": "new"},
    "people": {"id": "new"},
    "plans": {"id": "new"},
    "strangers": {"id": "new"},
    "talk_requests": {"id": "new"},
    "ties": {"id": "new"},
}
"""For each table, what is different in a second row that the table must nevertheless refuse."""


async def test_0001_makes_the_first_tables(file: File) -> None:
    await file.reach("0001")
    rows = ROWS["0001"]

    for table, change in ONCE.items():
        file.refuses(table, rows[table] | change)
    file.refuses("talk_requests", rows["talk_requests"] | {"id": "new", "talk": "none"}, "FOREIGN KEY")

    file.run("DELETE FROM talks")
    assert file.rows("talk_requests") == []


async def test_0001_lets_the_same_message_be_written_again_after_it_has_ended(file: File) -> None:
    await file.reach("0001")

    file.run("UPDATE outbox SET ended_at = ?", LATER)
    file.put("outbox", ROWS["0001"]["outbox"] | {"id": "new"})
    assert len(file.rows("outbox")) == 2


async def test_0002_adds_pairs(file: File) -> None:
    await file.reach("0002")
    rows = ROWS["0002"]

    file.refuses("check_ins", rows["check_ins"] | {"id": "new"})
    file.refuses("pair_sides", rows["pair_sides"] | {"id": "new"})
    file.refuses("pair_changes", rows["pair_changes"] | {"day": 1})
    file.refuses("check_ins", rows["check_ins"] | {"id": "new", "side": "new", "pair": "none"}, "FOREIGN KEY")
    file.refuses("pair_sides", rows["pair_sides"] | {"id": "new", "pair": "none"}, "FOREIGN KEY")
    file.refuses("pair_changes", rows["pair_changes"] | {"pair": "none"}, "FOREIGN KEY")

    file.run("DELETE FROM pairs")
    assert [file.rows(table) for table in ("check_ins", "pair_sides", "pair_changes")] == [[], [], []]


async def test_0003_gives_existing_servers_the_default_settings(file: File) -> None:
    await file.reach("0003")

    assert file.rows("servers") == [
        ROWS["0001"]["servers"]
        | {
            "newcomer_days": 3,
            "norms_channel": None,
            "mods_channel": None,
            "ratify_direct": 0,
            "ratify_share": 67,
            "ratify_least": 5,
            "ratify_days": 7,
            "gone_at": None,
        }
    ]


async def test_0003_adds_norms_reminders_and_the_log(file: File) -> None:
    await file.reach("0003")
    rows = ROWS["0003"]

    file.refuses("contact_alarms", rows["contact_alarms"] | {"id": "new"})
    file.refuses("norm_versions", rows["norm_versions"] | {"id": "new"}, "what was written here")
    file.refuses("reminder_events", rows["reminder_events"] | {"id": "new"})
    for table, change in {
        "norm_ballots": {"version": "none", "state": "closed"},
        "norm_stands": {"version": "none"},
        "norm_readers": {"note": "none"},
        "reminder_events": {"id": "new", "reminder": "none"},
    }.items():
        file.refuses(table, rows[table] | change, "FOREIGN KEY")
    for table in ("insight_months", "moderators", "norm_drafts", "norm_readers", "norm_stands", "tallies"):
        file.refuses(table, rows[table])

    file.run("DELETE FROM norm_notes")
    file.run("DELETE FROM reminders")
    assert [file.rows(table) for table in ("norm_readers", "reminder_events")] == [[], []]


async def test_0003_allows_one_open_ballot_in_a_server_and_one_pending_post_about_a_subject(
    file: File,
) -> None:
    await file.reach("0003")
    version, ballot, post = (ROWS["0003"][table] for table in ("norm_versions", "norm_ballots", "posts"))
    file.put("norm_versions", version | {"id": "new", "number": 2})

    file.refuses("norm_ballots", ballot | {"version": "new"})
    file.refuses("posts", post | {"id": "new"})

    file.run("UPDATE norm_ballots SET state = 'closed'")
    file.run("UPDATE posts SET shown = 1")
    file.put("norm_ballots", ballot | {"version": "new"})
    file.put("posts", post | {"id": "new"})


@pytest.mark.parametrize(
    ("table", "column"), [("config_log", "setting"), ("norm_versions", "norms")], ids=["log", "versions"]
)
async def test_0003_protects_the_log_and_the_versions_until_their_server_has_gone(
    file: File, table: str, column: str
) -> None:
    await file.reach("0003")
    file.run("DELETE FROM norm_stands")
    file.run("DELETE FROM norm_ballots")

    for statement in (
        f"UPDATE {table} SET {column} = 'changed'",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite.IntegrityError, match="what was written here"):
            file.run(statement)
    assert file.rows(table) == [ROWS["0003"][table]]

    file.run("UPDATE servers SET gone_at = ?", LATER)
    file.run(f"DELETE FROM {table}")
    assert file.rows(table) == []


async def test_0004_lets_deliveries_be_claimed_and_counted(file: File) -> None:
    await file.reach("0004")
    fresh = {"held_until": None, "holder": None, "hindered_since": None, "last_code": None}

    assert file.rows("outbox") == [ROWS["0001"]["outbox"] | fresh]
    assert file.rows("posts") == [ROWS["0003"]["posts"] | fresh]
    file.refuses("delivery_counts", ROWS["0004"]["delivery_counts"] | {"many": 4})
    file.put("delivery_counts", ROWS["0004"]["delivery_counts"] | {"code": 0})
    file.refuses("delivery_failures", ROWS["0004"]["delivery_failures"] | {"code": None})


async def test_0004_lets_the_next_post_be_written_while_one_is_being_taken_down(file: File) -> None:
    await file.reach("0004")
    post = ROWS["0003"]["posts"]

    file.refuses("posts", post | {"id": "new"})
    file.run("UPDATE posts SET wanted = 0")
    file.put("posts", post | {"id": "new"})


async def test_0005_keeps_one_reminder_before_each_occurrence_of_an_event(file: File) -> None:
    await file.reach("0005")
    [row] = file.rows("reminder_events")
    assert row == ROWS["0003"]["reminder_events"] | {"occurrence": 0}

    file.refuses("reminder_events", row | {"id": "new"})
    file.put("reminder_events", row | {"id": "new", "occurrence": 1449128676556800000})
    file.refuses("reminder_events", row | {"id": "newer", "occurrence": 1449128676556800000})
    file.run("DELETE FROM reminders")
    assert file.rows("reminder_events") == []


async def test_0006_leaves_the_names_of_before_without_a_username(file: File) -> None:
    await file.reach("0006")
    before = ROWS["0001"]["names"]

    assert file.rows("names") == [before | {"username": None}]
    file.put("names", before | {"server": SERVER + 1, "username": b"sealed"})
    file.refuses("names", before | {"username": b"sealed"})


async def test_0007_adds_the_adults_and_a_threshold_by_size_where_none_was_chosen(file: File) -> None:
    await file.reach("0006")
    chosen, larger = SERVER + 1, SERVER + 2
    [before] = file.rows("servers")
    for other, least in ((chosen, 5), (larger, 8)):
        file.put("servers", before | {"id": other, "ratify_least": least})
    file.put(
        "config_log",
        ROWS["0003"]["config_log"]
        | {"number": 2, "server": chosen, "setting": "ratify_least", "was": "8", "now": "5"},
    )
    await file.upgrade("0007")

    after = {row["id"]: row for row in file.rows("servers")}
    assert after[SERVER] == before | {"ratify_least": 0, "adult_role": None}
    assert [after[one]["ratify_least"] for one in (chosen, larger)] == [5, 8]
    adult = {"server": SERVER, "person": ANA, "holds": 1}
    file.put("adults", adult)
    file.refuses("adults", adult | {"holds": 0})
    file.put("adults", adult | {"server": chosen})


async def test_0008_leaves_running_pairs_without_a_kind_of_aim_and_check_ins_unmoved(file: File) -> None:
    await file.reach("0008")
    side, check_in = ROWS["0002"]["pair_sides"], ROWS["0002"]["check_ins"]

    assert file.rows("pair_sides") == [side | {"about": None}]
    assert file.rows("check_ins") == [check_in | {"moved_to": None}]
    file.put("pair_sides", side | {"id": "new", "person": BO, "about": "people"})
    file.put("check_ins", check_in | {"id": "new", "day": "2026-10-04", "moved_to": LATER})
    file.refuses("pair_sides", side | {"id": "newer", "about": "habit"})
    file.refuses("check_ins", check_in | {"id": "newer", "moved_to": LATER})
    file.run("DELETE FROM pairs")
    assert [file.rows(table) for table in ("check_ins", "pair_sides")] == [[], []]


async def test_0009_lets_a_plan_belong_to_no_server(file: File) -> None:
    await file.reach("0009")
    before = ROWS["0001"]["plans"]

    assert file.rows("plans") == [before]
    file.put("plans", before | {"id": "new", "source": "own-new", "server": None})
    file.refuses("plans", before | {"id": "newer", "source": "own-new", "server": None})


async def test_0010_leaves_earlier_talks_without_what_they_are_about(file: File) -> None:
    await file.reach("0010")
    before = ROWS["0001"]["talks"]

    assert file.rows("talks") == [before | {"about": None}]
    file.put("talks", before | {"id": "new", "about": "did"})
    file.refuses("talks", before | {"about": "did"})


async def test_0016_leaves_earlier_answers_unparted_and_names_unchecked(file: File) -> None:
    await file.reach("0016")

    assert [row["parted"] for row in file.rows("askings")] == [0]
    assert [row["checked_at"] for row in file.rows("names")] == [None]
    assert [row["author"] for row in file.rows("reports")] == [None]
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND name = ?"
    assert not file.found(indexes, "ix_reports_author")


async def test_0017_leaves_running_pairs_on_days_that_both_partners_share(file: File) -> None:
    await file.reach("0017")
    side = file.rows("pair_sides")[0]

    assert side["resumed_on"] is None
    file.put("pair_sides", side | {"id": "new", "person": BO, "resumed_on": "2026-10-04"})


async def test_0019_lets_everything_show_the_names_that_are_there(file: File) -> None:
    await file.reach("0019")

    assert [row["since"] for row in file.rows("names")] == [None]


async def test_0015_lets_the_author_of_a_version_and_of_a_log_entry_change_and_nothing_else(
    file: File,
) -> None:
    await file.reach("0015")
    file.put("dm_deletions", ROWS["0015"]["dm_deletions"] | {"id": "new"})
    for table, author, other in (("norm_versions", "made_by", "norms"), ("config_log", "who", "now")):
        file.run(f"UPDATE {table} SET {author} = 'somebody else'")
        with pytest.raises(sqlite.IntegrityError, match="never changed"):
            file.run(f"UPDATE {table} SET \"{other}\" = 'changed'")


async def test_0011_makes_room_for_one_mark_in_the_deletion_log(file: File) -> None:
    await file.reach("0011")
    file.refuses("deletion_marks", ROWS["0011"]["deletion_marks"] | {"entry": b"later"})


async def test_0012_keeps_which_answers_a_boundary_withheld_and_counts_the_others_as_told(
    file: File,
) -> None:
    """It isn't stored who has looked, so an answer that nothing withheld counts as one they were told of."""
    await file.reach("0010")
    before = ROWS["0001"]["askings"]
    cases = {
        "came": ("answered", 0, 0, "answered", 1),
        "read": ("answered", 0, 1, "answered", 1),
        "read before": ("answered", 1, 1, "answered", 1),
        "unread": ("answered", 1, 0, "withheld", 0),
        "asked": ("asked", 0, 0, "asked", 0),
    }
    for id, (reply, held, shown, *_) in cases.items():
        file.put("askings", before | {"id": id, "answerer": id, "reply": reply, "held": held, "shown": shown})
    await file.upgrade("0012")

    after = {row["id"]: row for row in file.rows("askings")}
    assert {id: (after[id]["reply"], after[id]["told"]) for id in cases} == {
        id: (reply, told) for id, (*_, reply, told) in cases.items()
    }
    assert all(after[id]["words"] == before["words"] for id in cases)


async def test_0012_keeps_boundaries_as_they_were_hashed_and_the_hour_at_which_they_were_set(
    file: File,
) -> None:
    await file.reach("0012")
    before = ROWS["0001"]["boundaries"]

    assert file.rows("boundaries") == [before | {"made_at": AT - AT % HOUR, "by_account": 0}]
    file.put("boundaries", before | {"id": "new", "owner": BO, "by_account": 1})
    file.refuses("boundaries", before | {"id": "newer"})


async def test_0013_keeps_each_ask_for_as_long_as_was_promised(file: File) -> None:
    await file.reach("0010")
    open_here = ROWS["0001"]["asks"]
    closed, elsewhere = (
        {"id": "closed", "state": "closed", "closed_at": AT},
        {"id": "e", "server": SERVER + 1},
    )
    for other in (closed, elsewhere):
        file.put("asks", open_here | other)
    file.run("UPDATE servers SET retention_days = 30")
    in_two_days = AT + 2 * 86_400_000_000
    due = {"kind": "asks.destroyed", "subject": "closed", "due_at": in_two_days, "tries": 0, "parked": None}
    file.put("agenda", due)
    await file.upgrade("0013")

    assert {row["id"]: row["kept_days"] for row in file.rows("asks")} == {"a1": 30, "closed": 2, "e": 7}


async def test_0013_takes_down_the_line_that_something_waits_and_edits_open_votes(file: File) -> None:
    await file.reach("0010")
    post = file.rows("posts")[0]
    standing = post | {"shown": 1, "due_at": None, "message_id": 9}
    rows = {
        "unsent": post | {"kind": "norms.waits"},
        "line": standing | {"kind": "norms.waits"},
        "vote": standing | {"kind": "norms.ballot", "subject": "v1"},
        "ended": standing | {"kind": "norms.ballot", "subject": "v0"},
    }
    for id, row in rows.items():
        file.put("posts", row | {"id": id})
    await file.upgrade("0013")

    after = {row["id"]: (row["wanted"], row["due_at"]) for row in file.rows("posts")}
    assert after == {"x1": (1, LATER), "line": (0, AT), "vote": (2, AT), "ended": (1, None)}


async def test_0013_counts_nobody_twice_and_shows_no_small_counts(file: File) -> None:
    await file.reach("0013")

    assert file.rows("norm_stands") == [ROWS["0003"]["norm_stands"] | {"shown_in": 0}]
    assert file.rows("moderators") == [ROWS["0003"]["moderators"] | {"asked_at": None}]
    file.refuses("tally_people", ROWS["0013"]["tally_people"] | {"count": 1})
    file.put("tally_people", ROWS["0013"]["tally_people"] | {"finger": b"other"})
    file.put("insight_months", ROWS["0003"]["insight_months"] | {"month": "2026-10", "members_in": 10})
    [_, newer] = file.rows("insight_months")
    assert (newer["members_in"], newer["asks"]) == (10, 6)


async def test_0014_adds_reports_and_says_of_those_who_answered_that_they_opened_the_ask(file: File) -> None:
    await file.reach("0010")
    before = ROWS["0001"]["askings"]
    replies = ("reading", "answered", "withheld", "beyond", "danger", "cant")
    for reply in replies:
        file.put("askings", before | {"id": reply, "ask": reply, "reply": reply})
    await file.upgrade("0014")

    opened = {row["id"]: row["opened"] for row in file.rows("askings")}
    assert opened == {"k1": 0, "cant": 0} | dict.fromkeys(replies[:-1], 1)
    for table, row in ROWS["0014"].items():
        file.put(table, row)
    file.refuses("reports", ROWS["0014"]["reports"] | {"id": "new"})
    file.refuses("report_readers", ROWS["0014"]["report_readers"])
    file.refuses("report_readers", {"report": "none", "moderator": ANA, "reads": 1}, "FOREIGN KEY")
    file.refuses("quotas", ROWS["0014"]["quotas"] | {"started": 3})
    file.put("bars", ROWS["0014"]["bars"] | {"id": "new"})
    file.run("DELETE FROM reports")
    assert file.rows("report_readers") == []


async def test_0021_keeps_requests_and_none_of_them_has_a_reader_yet(file: File) -> None:
    await file.reach("0021")
    [request] = file.rows("path_requests")
    assert request == ROWS["0018"]["path_requests"] | {"reader": None}


async def test_0018_lets_a_person_accompany_one_path_and_removes_everything_with_a_path(file: File) -> None:
    await file.reach("0018")
    rows = ROWS["0018"]
    file.refuses("path_companions", rows["path_companions"] | {"id": "new"})
    file.refuses("path_invitations", rows["path_invitations"] | {"id": "new"})
    file.run("DELETE FROM paths")
    for table in ("path_companions", "path_commitments", "path_requests", "path_votes", "path_answers"):
        assert file.rows(table) == []


async def test_0022_adds_nights_with_which_everything_about_them_goes_but_a_kept_card(file: File) -> None:
    await file.reach("0022")
    rows = ROWS["0022"]
    for table in ("night_members", "night_looks", "night_cards"):
        file.refuses(table, rows[table] | {"id": "new"})
    file.run("DELETE FROM nights")
    for table in ("night_members", "night_looks", "night_hands"):
        assert file.rows(table) == []
    assert file.rows("night_cards") == [rows["night_cards"]]


async def test_0024_keeps_one_name_of_a_server_and_every_login(file: File) -> None:
    await file.reach("0024")
    file.refuses("server_names", ROWS["0024"]["server_names"] | {"name": "another"})
    file.refuses("logins", ROWS["0024"]["logins"])
    file.put("logins", ROWS["0024"]["logins"] | {"shard": 0})
    file.put("logins", ROWS["0024"]["logins"] | {"at": LATER})


async def test_0023_says_from_which_revision_on_the_schema_works_with_the_code(file: File) -> None:
    await file.reach("0023")
    assert file.rows("installation") == [{"id": 1, "works_with": "0023", "key_check": None}]


async def test_0020_adds_terms_of_which_each_person_keeps_one_and_whom_they_asked_once(file: File) -> None:
    await file.reach("0020")
    file.refuses("terms", ROWS["0020"]["terms"] | {"id": "new"})
    file.put("terms", ROWS["0020"]["terms"] | {"id": "new", "author": BO})
    file.refuses("carryings", ROWS["0020"]["carryings"] | {"id": "new"})
    file.put("carryings", ROWS["0020"]["carryings"] | {"id": "new", "author": BO, "carrier": ANA})
    bare = dict.fromkeys(
        ("shown_until", "rests_until", "let", "given", "said", "came", "came_at", "ended_at", "content")
    )
    file.put("carryings", ROWS["0020"]["carryings"] | {"id": "bare", "carrier": "somebody", **bare})
