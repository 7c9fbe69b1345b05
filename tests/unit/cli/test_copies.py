"""Copies of the database are complete, readable by their owner only, and never overwrite a file."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.copies import Health, NotADatabase, NotOverwritten, ParkedCount, backup, look_at
from tests.database_file import open_file


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """Yield a database in use: it is in WAL mode, its writer is open, and its rows are only in the WAL."""
    path = tmp_path / "plumbline.db"
    with closing(open_file(path)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE agenda (kind, parked)")
        writer.execute("CREATE TABLE alembic_version (version_num)")
        writer.execute("INSERT INTO agenda VALUES ('close', NULL), ('close', 'ValueError')")
        writer.execute("INSERT INTO alembic_version VALUES ('0001')")
        writer.commit()
        yield path


def test_a_backup_holds_what_was_committed_even_while_the_database_is_in_use(database: Path) -> None:
    copy = database.with_name("copy.db")

    backup(database, copy)

    assert look_at(copy) == Health(
        whole=True, revision="0001", parked=(ParkedCount("close", "ValueError", 1),)
    )
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in copy.parent.glob("copy.db*")) == ["copy.db"]


@pytest.mark.parametrize("left", ["copy.db", "copy.db-wal", "copy.db-shm", "copy.db-journal"])
def test_a_backup_is_refused_where_a_file_or_an_old_journal_already_exists(database: Path, left: str) -> None:
    there = database.with_name(left)
    there.write_text("mine")

    with pytest.raises(NotOverwritten):
        backup(database, database.with_name("copy.db"))

    assert there.read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be read as one" * 40])
def test_a_file_that_is_no_database_is_not_copied_not_even_partly(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "notes.txt"
    source.write_bytes(content)

    with pytest.raises(NotADatabase):
        backup(source, tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_database_is_detected_and_its_backup_is_refused(database: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    with closing(open_file(whole)) as writer:
        writer.execute("CREATE TABLE words (word)")
        writer.executemany("INSERT INTO words VALUES (?)", [("x" * 500,)] * 100)
        writer.commit()
    held = bytearray(whole.read_bytes())
    held[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    whole.write_bytes(held)

    assert not look_at(whole).whole
    with pytest.raises(NotADatabase):
        backup(whole, tmp_path / "copy.db")


def test_a_missing_source_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup(tmp_path / "none.db", tmp_path / "copy.db")
