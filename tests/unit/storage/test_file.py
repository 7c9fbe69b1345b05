"""The database file: how it is opened, and that no file contains erased text."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text

from bot.storage.database import Database
from bot.storage.sweeping import Sweep
from bot.storage.tx import Tx
from tests.disk_faults import unrestricted
from tests.unit.storage.conftest import notes

CANARY = "canary-4f1b-sings-in-no-file"


async def note(content: str, tx: Tx) -> None:
    await tx.execute(insert(notes).values(text=content))


def holding(path: Path) -> list[str]:
    return [one.name for one in path.parent.iterdir() if CANARY.encode() in one.read_bytes()]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1),
        ("auto_vacuum", 2), ("trusted_schema", 0), ("cell_size_check", 1),
    ],
)  # fmt: skip
async def test_the_writer_uses_the_expected_pragmas(db: Database, pragma: str, value: object) -> None:
    with unrestricted(db):
        assert await db.write(lambda tx: tx.scalar(text(f"PRAGMA {pragma}"))) == value


async def test_readers_wait_for_a_lock_and_cannot_write(db: Database) -> None:
    assert await db.read(lambda tx: tx.scalar(text("PRAGMA busy_timeout"))) == 10000
    with unrestricted(db):
        assert await db.read(lambda tx: tx.scalar(text("PRAGMA query_only"))) == 1


async def test_erased_text_is_in_no_file_after_a_checkpoint(db: Database) -> None:
    await db.write(partial(note, CANARY))
    assert holding(db.path)
    await db.write(lambda tx: tx.execute(delete(notes)))

    assert await db.checkpoint()

    assert holding(db.path) == []


async def test_erased_text_is_in_no_file_after_the_database_was_closed(db: Database) -> None:
    await db.write(partial(note, CANARY))
    await db.write(lambda tx: tx.execute(delete(notes)))
    await db.close()

    assert holding(db.path) == []


async def test_a_checkpoint_that_a_reader_prevents_returns_false(db: Database) -> None:
    await db.write(partial(note, CANARY))

    async def looks(tx: Tx) -> bool:
        await tx.all(notes.select())
        await db.write(lambda later: later.execute(delete(notes)))
        return await db.checkpoint()

    assert await db.read(looks) is False
    assert await db.checkpoint() is True
    assert holding(db.path) == []


async def test_the_sweep_empties_the_journal_every_ten_minutes(db: Database) -> None:
    sweep, start = Sweep(db), datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
    journal = db.path.with_name(f"{db.path.name}-wal")
    sizes = []
    for minutes in (0, 5, 11):
        await db.write(partial(note, CANARY))
        await db.write(lambda tx: tx.execute(delete(notes)))
        assert await sweep.run_due(start + timedelta(minutes=minutes)) == 0
        sizes.append(journal.stat().st_size)

    assert sizes[0] == sizes[2] == 0 < sizes[1]
    assert await sweep.next_due() is None
