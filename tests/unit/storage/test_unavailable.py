"""What a full disk, a lock, an I/O error or a damaged file does to a write: nothing is half-done."""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from bot.storage import driver, sqlite
from bot.storage.copies import look_at
from bot.storage.database import Damaged, Database, StorageUnavailable
from bot.storage.sqlite import TransactionLost
from bot.storage.tx import Tx
from bot.storage.unavailable import Reason
from tests.database_file import open_file
from tests.disk_faults import damage, full, locked, no_file_grows, read_only, unrestricted, writer_of
from tests.patience import PATIENCE
from tests.unit.storage.conftest import notes, own

LONG = "long " * 2000
"""More than fits on a page, so that the file has to grow."""


async def note(content: str, tx: Tx) -> None:
    await tx.execute(insert(notes).values(text=content))


async def count(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(notes)))


def failing_disk(db: Database) -> AbstractContextManager[None]:
    assert journal(db.path).stat().st_size > 4096
    return no_file_grows(4096)


def journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


async def refused(db: Database) -> tuple[StorageUnavailable, list[str]]:
    """Try a write that fails. Return the error, and what was called as if it had been committed."""
    told: list[str] = []

    async def body(tx: Tx) -> None:
        tx.afterwards(partial(told.append, "committed"))
        await note("first", tx)
        await note(LONG, tx)

    with pytest.raises(StorageUnavailable) as failed:
        await db.write(body)
    return failed.value, told


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(full, Reason.FULL), (read_only, Reason.READ_ONLY), (failing_disk, Reason.FAILING)],
)
async def test_a_write_that_the_disk_refuses_changes_nothing_and_the_next_one_works(
    db: Database, fault: Callable[[Database], AbstractContextManager[None]], reason: Reason
) -> None:
    await db.write(partial(note, "before"))
    with fault(db):
        for _ in range(2):
            error, told = await refused(db)
            assert error.reason is reason
            assert error.saving
            assert not told
            assert not writer_of(db).raw.in_transaction
            assert await db.read(count) == 1
    await db.write(partial(note, LONG))

    assert await db.read(count) == 2
    assert look_at(db.path).whole


@pytest.mark.parametrize(("fault", "reason"), [(read_only, Reason.READ_ONLY), (failing_disk, Reason.FAILING)])
async def test_a_touch_finds_that_nothing_can_be_written(
    db: Database, fault: Callable[[Database], AbstractContextManager[None]], reason: Reason
) -> None:
    """A transaction in which nothing is written ends well even so."""
    await db.write(partial(note, "before"))
    with fault(db):
        with pytest.raises(StorageUnavailable) as failed:
            await db.write(lambda tx: tx.touch())
        assert failed.value.reason is reason
    await db.write(lambda tx: tx.touch())

    assert await db.read(count) == 1
    assert look_at(db.path).whole


async def test_an_error_of_a_disk_without_any_room_is_a_full_disk(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says that the disk fails when it can't make the index of the journal larger."""
    await db.write(partial(note, "before"))
    monkeypatch.setattr(os, "statvfs", lambda _path: SimpleNamespace(f_bavail=0))
    with failing_disk(db):
        error, _ = await refused(db)

    assert error.reason is Reason.FULL


@pytest.mark.parametrize("number", [SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY])
async def test_a_commit_that_fails_leaves_no_transaction_open(
    db: Database, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    async def fails() -> None:
        assert writer_of(db).raw.in_transaction
        error = driver.sqlite.OperationalError("canary")
        error.sqlite_errorcode = number
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(writer_of(db).threaded, "commit", fails)
        _, told = await refused(db)

    assert not told
    assert not writer_of(db).raw.in_transaction
    await db.write(partial(note, "after"))
    assert await db.read(count) == 1


async def test_a_body_that_goes_on_after_its_transaction_was_undone_does_not_seem_to_work(
    db: Database,
) -> None:
    async def ignores(tx: Tx) -> None:
        writer_of(db).raw.execute("ROLLBACK")
        await tx.scalar(select(1))

    with pytest.raises(TransactionLost):
        await db.write(ignores)

    await db.write(partial(note, "after"))
    assert await db.read(count) == 1


@pytest.mark.slow
async def test_a_write_waits_for_another_process_and_those_behind_it_only_briefly(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_WAITS_MS", 300)
    await db.write(partial(note, "before"))
    async with locked(db.path):
        first, told = await refused(db)
        assert (first.reason, told) == (Reason.LOCKED, [])
        assert await waits_ms(db) == sqlite._STILL_LOCKED_WAITS_MS
        several = await asyncio.gather(*(refused(db) for _ in range(3)))
        assert {error.reason for error, _ in several} == {Reason.LOCKED}
        assert await db.read(count) == 1, "others can read meanwhile"
    await db.write(partial(note, "after"))

    assert await waits_ms(db) == 300
    assert await db.read(count) == 2


async def waits_ms(db: Database) -> int:
    (found,) = writer_of(db).raw.execute("PRAGMA busy_timeout").fetchone()
    return int(found)


async def test_a_checkpoint_that_the_disk_refuses_loses_nothing(db: Database) -> None:
    await db.write(partial(note, LONG))
    with failing_disk(db), pytest.raises(StorageUnavailable):
        await db.checkpoint()

    assert await db.checkpoint()
    assert await db.read(count) == 1
    assert journal(db.path).stat().st_size == 0


async def test_the_log_has_the_same_line_for_each_refusal_so_that_it_is_written_once(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), full(db):
        for _ in range(3):
            await refused(db)

    lines = [{**record.msg, "at": ""} for record in caplog.records if isinstance(record.msg, dict)]
    assert len(lines) == 3
    assert lines[0] == lines[1] == lines[2]
    assert lines[0]["event"] == "The database can't be used right now"
    assert lines[0]["why"] == "the disk is full"
    assert lines[0]["code"] == "SQLITE_FULL"


async def test_a_write_without_a_caller_is_refused_in_one_line_as_well(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Tx) -> None:
        begun.set()
        await go_on.wait()
        await note(LONG, tx)

    caller = asyncio.create_task(db.write(slow))
    await begun.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    with caplog.at_level(logging.WARNING), full(db):
        go_on.set()
        while db._under_way:
            await asyncio.wait_for(asyncio.gather(*db._under_way, return_exceptions=True), PATIENCE)
        await asyncio.sleep(0)

    assert len(caplog.records) == 1


# -- damage -------------------------------------------------------------------------------------


@pytest.fixture
async def damaged(db: Database) -> Database:
    """A database whose damage shows only when the notes are read."""
    for _ in range(5):
        await db.write(partial(note, LONG))
    await db.close()
    damage(db.path, "notes")
    await db.open()
    return db


async def test_nothing_is_written_to_a_file_that_was_found_to_be_damaged(
    damaged: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(Damaged) as met:
        await damaged.read(count)
    assert not met.value.saving
    before = files(damaged.path)
    with pytest.raises(Damaged):
        await damaged.write(lambda tx: tx.execute(text("CREATE TABLE more (id)")))
    with pytest.raises(Damaged):
        await damaged.checkpoint()

    assert files(damaged.path) == before
    assert await damaged.read(lambda tx: tx.scalar(select(1))) == 1, "what is whole can still be read"
    assert "damaged, and nothing is written to it any more" in caplog.text
    assert not look_at(damaged.path).whole


async def test_damage_that_a_write_meets_undoes_it(damaged: Database) -> None:
    async def body(tx: Tx) -> None:
        await tx.execute(text("CREATE TABLE more (id)"))
        await note("more", tx)

    with unrestricted(damaged), pytest.raises(Damaged):
        await damaged.write(body)

    assert not writer_of(damaged).raw.in_transaction
    with closing(open_file(damaged.path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "more" not in tables


async def test_after_the_damaged_file_was_replaced_the_database_works_again(damaged: Database) -> None:
    with pytest.raises(Damaged):
        await damaged.read(count)
    await damaged.close()
    damaged.path.unlink()
    await damaged.open()
    await damaged.migrate(own.create_all)

    await damaged.write(partial(note, "after"))
    assert await damaged.read(count) == 1


def files(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (path, journal(path))}


# -- opening ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"this is no journal" * 400, b"\xff" * 5000, b"\x37\x7f\x06\x00" * 9])
async def test_a_journal_that_was_overwritten_is_not_emptied(tmp_path: Path, content: bytes) -> None:
    db = Database(tmp_path / "plumbline.db")
    await db.open()
    await db.migrate(own.create_all)
    await db.close()
    journal(db.path).write_bytes(content)
    before = files(db.path)

    with pytest.raises(Damaged):
        await db.open()

    assert files(db.path) == before


@pytest.mark.parametrize("content", [b"", bytes(5000), b"\x37\x7f\x06\x82" + bytes(40)])
async def test_a_journal_that_a_loss_of_power_left_unwritten_is_no_damage(
    tmp_path: Path, content: bytes
) -> None:
    db = Database(tmp_path / "plumbline.db")
    await db.open()
    await db.migrate(own.create_all)
    await db.write(partial(note, "kept"))
    await db.close()
    journal(db.path).write_bytes(content)

    await db.open()

    assert await db.read(count) == 1
    await db.close()


async def test_a_database_that_could_not_be_opened_can_be_opened_later(tmp_path: Path) -> None:
    db = Database(tmp_path / "plumbline.db")
    with no_file_grows(100), pytest.raises(StorageUnavailable):
        await db.open()

    await db.open()
    await db.migrate(own.create_all)
    await db.write(partial(note, "after"))
    assert await db.read(count) == 1
    await db.close()


async def test_the_folder_of_a_new_database_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Any] = []
    monkeypatch.setattr(sqlite, "sync_folder", synced.append)
    db = Database(tmp_path / "plumbline.db")
    await db.open()
    assert synced == [tmp_path]
    await db.close()
    await db.open()
    await db.close()

    assert synced == [tmp_path]
