"""A server that removed the bot is forgotten: no row names it, and no other server loses a row."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.ids import ServerId
from bot.storage.schema import metadata
from bot.vault.keyring import Keyring
from tests.database_file import decrypted
from tests.system.filled import two_servers
from tests.system.fixtures import KEYS, Harness
from tests.system.places import DATABASE

GONE, STAYS = ServerId(7001), ServerId(8002)
EVERYWHERE = {
    "people",
    "strangers",
    "consents",
    "boundaries",
    "contact_alarms",
    "quotas",
    "terms",
    "night_cards",
}
"""Tables about people that hold in every server: their rows stay, or go when their time is over."""
HOUSEKEEPING = {
    "alembic_version",
    "delivery_counts",
    "dm_deletions",
    "deletion_marks",
    "installation",
    "logins",
}
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    Keyring.fresh().save(tmp_path / KEYS)
    opened = Harness(tmp_path, 0)
    try:
        two_servers(opened, GONE, STAYS)
        yield opened
    finally:
        opened.close()


def go(harness: Harness, server: ServerId) -> None:
    """Remove the bot and forget the server at once, so that no other timer is due meanwhile."""
    services = harness.services
    harness.run(services.servers.left(server, harness.now))
    harness.run(harness.bot.db.write(lambda tx: services.servers.forget(tx, [str(server)], harness.now)))
    harness.run(harness.bot.db.write(lambda tx: services.agenda.drop(tx, "servers.forget", str(server))))


def everything(harness: Harness) -> Rows:
    tables = [row["name"] for row in harness.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [tuple(row) for row in harness.rows(f'SELECT * FROM "{name}"')] for name in tables}


def about(rows: Rows, server: ServerId) -> Rows:
    """Return every row that names the server, and every row that refers to one of these, step by step."""
    columns = {name: table.columns.keys() for name, table in metadata.tables.items()}
    marks: set[str] = {str(server)}
    while True:
        found = {
            table: [row for row in held if table not in EVERYWHERE and _names(row, marks)]
            for table, held in rows.items()
        }
        ids = {
            str(row[columns[table].index("id")])
            for table, held in found.items()
            if "id" in columns.get(table, ())
            for row in held
        }
        if ids <= marks:
            return found
        marks |= ids


def _names(row: tuple[Any, ...], marks: set[str]) -> bool:
    words = {word for cell in row if isinstance(cell, str | int) for word in re.split(r"[:/ ]", str(cell))}
    return bool(words & marks)


def test_every_table_has_rows_about_both_servers(harness: Harness) -> None:
    """This fails for a new table that `filled` does not fill."""
    rows = everything(harness)
    tables = rows.keys() - EVERYWHERE - HOUSEKEEPING
    for server in (GONE, STAYS):
        empty = {table for table in tables if not about(rows, server)[table]}
        assert not empty
    assert all(rows[table] for table in EVERYWHERE)


def test_no_row_names_a_forgotten_server_and_no_other_server_loses_a_row(harness: Harness) -> None:
    before = everything(harness)
    gone, stays = about(before, GONE), about(before, STAYS)
    assert not any(set(gone[table]) & set(stays[table]) for table in before)
    go(harness, GONE)
    after = everything(harness)
    assert {table: held for table, held in about(after, GONE).items() if held} == {}
    assert about(after, STAYS) == stays
    assert {table: after[table] for table in EVERYWHERE} == {table: before[table] for table in EVERYWHERE}


def test_no_key_and_no_sealed_text_of_a_forgotten_server_is_left(harness: Harness) -> None:
    before = everything(harness)
    gone = about(before, GONE)
    cases = {row[0] for row in gone["data_keys"]}
    sealed = [cell for held in gone.values() for row in held for cell in row if isinstance(cell, bytes)]
    assert len(cases) >= 5
    assert len(sealed) > len(cases)
    go(harness, GONE)
    assert not cases & {row[0] for row in everything(harness)["data_keys"]}
    harness.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    [state] = {Path(row["file"]).parent for row in harness.rows("PRAGMA database_list")}
    written = decrypted({path.name: path.read_bytes() for path in state.glob(f"{DATABASE}*")}, state / KEYS)
    assert b"CREATE TABLE" in written[DATABASE], "the search finds what is there"
    assert not [cell for cell in sealed if any(cell in held for held in written.values())]


def test_sent_messages_of_a_forgotten_server_are_closed_and_waiting_ones_are_never_sent(
    harness: Harness,
) -> None:
    """Sent direct messages about it are edited, and then say that this has closed."""
    brought = {
        row["id"] for row in harness.rows("SELECT id FROM outbox WHERE state = 'sent' AND server = ?", GONE)
    }
    assert brought
    go(harness, GONE)
    left = harness.rows("SELECT * FROM outbox WHERE server IS NULL")
    assert {row["id"] for row in left} == brought
    assert {(row["state"], row["other"]) for row in left} == {("closing", None)}
    told = [line.server for line in harness.deliver()]
    assert STAYS in told
    assert GONE not in told
    assert {row["state"] for row in harness.rows("SELECT * FROM outbox WHERE server IS NULL")} == {"closed"}


def test_a_server_is_forgotten_by_itself_after_thirty_days_and_leaves_no_timer(harness: Harness) -> None:
    harness.run(harness.services.servers.left(GONE, harness.now))
    harness.pass_time(datetime(2026, 3, 10, 18, tzinfo=UTC) - harness.now)
    assert about(everything(harness), GONE)["config_log"]
    harness.restart()
    harness.run(harness.services.servers.load())
    harness.pass_time(datetime(2026, 3, 11, tzinfo=UTC) - harness.now)
    harness.deliver()
    assert {table for table, held in about(everything(harness), GONE).items() if held} == set()
    harness.pass_time(datetime(2026, 12, 1, tzinfo=UTC) - harness.now)
    assert not harness.rows("SELECT * FROM agenda WHERE tries > 0 OR parked IS NOT NULL")
    assert {table for table, held in about(everything(harness), GONE).items() if held} == set()


@pytest.mark.parametrize("back", [False, True])
def test_a_server_is_kept_only_if_it_returns_in_time(harness: Harness, back: bool) -> None:
    harness.run(harness.services.servers.left(GONE, harness.now))
    harness.pass_time(datetime(2026, 3, 10, 17, tzinfo=UTC) - harness.now)
    if back:
        harness.run(harness.services.servers.returned(GONE, harness.now))
    harness.pass_time(datetime(2026, 3, 12, tzinfo=UTC) - harness.now)
    kept = about(everything(harness), GONE)
    assert [bool(kept[table]) for table in ("servers", "config_log", "norm_versions", "ties")] == [back] * 4


def test_a_server_without_settings_is_forgotten_too(harness: Harness) -> None:
    harness.change("DELETE FROM servers WHERE id = ?", GONE)
    harness.restart()
    harness.run(harness.services.servers.load())
    assert GONE in harness.run(harness.services.servers.all_known())
    go(harness, GONE)
    assert {table for table, held in about(everything(harness), GONE).items() if held} == set()
