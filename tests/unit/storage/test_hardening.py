"""What a foreign statement or a changed file could do: each is tried with its protection and without."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, text
from sqlalchemy.exc import DatabaseError

from bot.storage import sqlite as adapter
from bot.storage.connecting import connect
from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.sweeping import Sweep
from tests.database_file import open_file
from tests.disk_faults import unrestricted, writer_of
from tests.unit.storage.conftest import notes

NOON = datetime(2026, 1, 7, 12, tzinfo=UTC)
CANARY = "what somebody wrote"

FORBIDDEN = (
    "ATTACH '{elsewhere}' AS elsewhere",
    "CREATE TABLE more (words)",
    "CREATE TEMP TABLE more (words)",
    "CREATE VIEW more AS SELECT * FROM notes",
    "CREATE VIRTUAL TABLE more USING fts5 (words)",
    "CREATE TRIGGER more AFTER INSERT ON notes BEGIN DELETE FROM notes; END",
    "DROP TABLE notes",
    "ALTER TABLE notes RENAME TO others",
    "PRAGMA writable_schema=ON",
    "PRAGMA secure_delete=OFF",
    "PRAGMA foreign_keys=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA trusted_schema=ON",
    "PRAGMA cipher_log='{elsewhere}'",
    "SELECT hex(text) FROM notes",
    "SELECT randomblob(100000000)",
    "SAVEPOINT more",
    "ANALYZE",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("writes", [True, False], ids=["writer", "reader"])
async def test_no_statement_reaches_other_files_or_changes_the_schema_or_a_protection(
    db: Database, tmp_path: Path, statement: str, writes: bool
) -> None:
    statement = statement.format(elsewhere=tmp_path / "elsewhere.db")
    run = db.write if writes else db.read
    with pytest.raises(DatabaseError, match=r"not authorized|prohibited"):
        await run(lambda tx: tx.execute(text(statement)))

    assert sorted(one.name for one in tmp_path.iterdir() if "elsewhere" in one.name) == []
    await db.write(lambda tx: tx.execute(insert(notes).values(text=CANARY)))
    assert await db.read(lambda tx: tx.scalar(text("SELECT count(*) FROM notes"))) == 1


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_without_the_authorizer_each_of_them_works(
    db: Database, tmp_path: Path, statement: str
) -> None:
    """Otherwise the test above would show nothing."""
    with unrestricted(db):
        writer_of(db).raw.execute(statement.format(elsewhere=tmp_path / "elsewhere.db")).fetchall()


async def test_the_file_cannot_be_copied_elsewhere(db: Database, tmp_path: Path) -> None:
    """This statement runs in no transaction, so it is tried on the connection itself."""
    copying, raw = f"VACUUM INTO '{tmp_path / 'elsewhere.db'}'", writer_of(db).raw
    with pytest.raises(sqlite.DatabaseError, match="authorization denied"):
        raw.execute(copying)
    assert not (tmp_path / "elsewhere.db").exists()
    with unrestricted(db):
        raw.execute(copying)

    assert (tmp_path / "elsewhere.db").exists()


async def test_the_schema_cannot_be_written_to_although_its_table_can_be_read(db: Database) -> None:
    with pytest.raises(DatabaseError, match=r"not authorized|may not be modified"):
        await db.write(lambda tx: tx.execute(text("UPDATE sqlite_master SET sql = ''")))


more = MetaData()
Table("more", more, Column("words", String))


async def test_after_a_migration_the_schema_is_closed_again(db: Database) -> None:
    def fails(_connection: Connection) -> None:
        raise ZeroDivisionError

    await db.migrate(more.create_all)
    with pytest.raises(ZeroDivisionError):
        await db.migrate(fails)

    with pytest.raises(DatabaseError, match="not authorized"):
        await db.write(lambda tx: tx.execute(text("DROP TABLE more")))


# -- a file that somebody has changed -----------------------------------------------------------


@pytest.mark.parametrize(("trusting", "leaks"), [(True, True), (False, False)])
async def test_a_trigger_in_the_file_cannot_call_a_function_of_the_program(
    db: Database, trusting: bool, leaks: bool
) -> None:
    """SQLAlchemy, for example, gives each connection a function of its own, which is written in Python."""
    heard: list[str] = []
    await db.close()
    with closing(open_file(db.path)) as book:
        book.create_function("hear", 1, heard.append)
        book.execute("PRAGMA trusted_schema=ON")
        book.execute("CREATE TRIGGER spy AFTER INSERT ON notes BEGIN SELECT hear(new.text); END")
    with closing(connect(db.path, None, None)) as book:
        book.create_function("hear", 1, heard.append)
        if trusting:
            book.execute("PRAGMA trusted_schema=ON")
            book.execute("INSERT INTO notes (text) VALUES (?)", (CANARY,))
        else:
            with pytest.raises(sqlite.OperationalError, match="unsafe use of hear"):
                book.execute("INSERT INTO notes (text) VALUES (?)", (CANARY,))

    assert heard == ([CANARY] if leaks else [])


def beyond_its_page(path: Path) -> None:
    """Let the first cell of the notes begin two bytes before the end of its page."""
    with closing(open_file(path)) as book:
        (root,) = book.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()
        size = int(book.execute("PRAGMA page_size").fetchone()[0])
    with path.open("r+b") as file:
        file.seek((root - 1) * size + 8)
        file.write((size - 2).to_bytes(2, "big"))
        file.seek(root * size - 2)
        file.write(b"\x7f\x01")


@pytest.mark.parametrize("checking", [True, False])
async def test_a_cell_that_reaches_beyond_its_page_is_found_before_it_is_used(
    db: Database, checking: bool
) -> None:
    await db.write(lambda tx: tx.execute(insert(notes).values(text=CANARY)))
    await db.close()
    with closing(open_file(db.path)) as book:
        book.execute("PRAGMA journal_mode=DELETE")
    beyond_its_page(db.path)
    with closing(connect(db.path, None, None)) as book:
        if checking:
            with pytest.raises(sqlite.DatabaseError, match="malformed"):
                book.execute("SELECT id FROM notes").fetchall()
        else:
            book.execute("PRAGMA cell_size_check=OFF")
            assert len(book.execute("SELECT id FROM notes").fetchall()) == 1, "a row that nobody wrote"


# -- what was deleted ---------------------------------------------------------------------------


async def swept(db: Database) -> None:
    await Sweep(db).run_due(NOON)


async def test_after_retention_no_page_is_free_and_the_journal_is_empty(db: Database) -> None:
    """Pages that are free keep the file as large as it ever was, and everything that was in them if not for
    `secure_delete`.
    """
    empty = await size(db)
    many = [{"text": f"{CANARY} {number} " * 20} for number in range(400)]
    await db.write(lambda tx: tx.execute_all(insert(notes), many))
    assert await size(db) > 10 * empty
    await db.write(lambda tx: tx.execute(delete(notes)))
    await swept(db)
    held = {one.name: one.read_bytes() for one in db.path.parent.iterdir()}
    with unrestricted(db):
        assert await db.write(lambda tx: tx.scalar(text("PRAGMA freelist_count"))) == 0

    assert not [name for name, content in held.items() if CANARY.encode() in content]
    assert held[f"{db.path.name}-wal"] == b""
    assert len(held[db.path.name]) == empty


async def size(db: Database) -> int:
    await swept(db)
    return db.path.stat().st_size


async def test_a_checkpoint_gives_back_only_so_many_pages_at_a_time(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All writes wait for it, and the next one gives back more."""
    monkeypatch.setattr(adapter, "_VACUUMED_PAGES", 5)
    many = [{"text": f"{CANARY} {number} " * 20} for number in range(400)]
    await db.write(lambda tx: tx.execute_all(insert(notes), many))
    before = await size(db)
    await db.write(lambda tx: tx.execute(delete(notes)))

    assert [before - await size(db) for _ in range(2)] == [5 * 4096, 10 * 4096]
