"""Moving from a file to a server and back: every row equal, the old side untouched, and all or nothing."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from sqlalchemy import Table

from bot.state_dir import file_keys
from bot.storage import moving
from bot.storage.copies import NotOverwritten
from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.migrations.compare import every_table
from bot.storage.moving import FileSide, NotCurrent, NotEmpty, NotEqual, ServerSide
from bot.storage.postgres import PostgresAdapter
from bot.storage.server import InUse
from bot.vault.keyring import Keyring
from tests.database_file import open_file
from tests.databases import address, engine_of
from tests.store.test_revisions import REVISIONS, File
from tests.unit.asks.fixtures import WORDS, Harness

TABLES = every_table()
NUL = "a\x00b"


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    made = Keyring.fresh()
    made.save(tmp_path / "keys.json")
    return made


@pytest.fixture
async def file(tmp_path: Path, ring: Keyring) -> Path:
    """A file with rows in every table, made as in the tests of migrations."""
    plain = tmp_path / "plain" / "plumbline.db"
    plain.parent.mkdir()
    with closing(sqlite.connect(plain, isolation_level=None)) as connection:
        await File(plain, connection).reach(REVISIONS[-1])
    path = tmp_path / "plumbline.db"
    path.write_bytes(plain.read_bytes())
    return path


def rows_of_file(path: Path) -> dict[str, list[Any]]:
    with closing(open_file(path, "mode=ro")) as connection:
        return {
            table.name: sorted(map(repr, FileSide(connection).read(table, table.columns.keys())))
            for table in TABLES.sorted_tables
        }


def rows_on_server(place: Path) -> dict[str, int]:
    with engine_of(place).connect() as connection:
        return {
            table.name: connection.exec_driver_sql(f'SELECT count(*) FROM "{table.name}"').scalar_one()
            for table in TABLES.sorted_tables
        }


def to_server(tmp_path: Path, ring: Keyring, name: str = "plumbline.db") -> moving.Moved:
    return moving.to_server(tmp_path / name, file_keys(ring), address(tmp_path, empty=True), TABLES)


async def test_every_row_is_equal_on_the_server_and_back_in_a_new_file(
    tmp_path: Path, ring: Keyring, file: Path
) -> None:
    before = file.read_bytes()
    moved = to_server(tmp_path, ring)
    assert moved.rows == sum(rows_on_server(tmp_path).values())
    assert all(rows_on_server(tmp_path).values()), "a table was left out"
    assert moved.changed == 0
    assert file.read_bytes() == before

    back = tmp_path / "back.db"
    assert moving.to_file(address(tmp_path), back, file_keys(ring), TABLES) == moved
    assert rows_of_file(back) == rows_of_file(file)
    assert back.stat().st_mode & 0o777 == 0o600
    assert not [*tmp_path.glob("*.moving*")]
    # The new file is encrypted, as the bot would make it.
    assert not back.read_bytes().startswith(b"SQLite format 3")


async def test_numbers_that_the_server_gives_go_on_after_those_that_were_moved(
    tmp_path: Path, ring: Keyring, file: Path
) -> None:
    to_server(tmp_path, ring)
    with engine_of(tmp_path).begin() as connection:
        [highest] = connection.exec_driver_sql("SELECT max(number) FROM config_log").one()
        connection.exec_driver_sql(
            "INSERT INTO config_log (server, at, who, setting, was, now) VALUES (1, 1, 'a', 'b', 'c', 'd')"
        )
        assert connection.exec_driver_sql("SELECT max(number) FROM config_log").scalar_one() == highest + 1


async def test_everything_opens_on_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "plumbline.db"
    harness = Harness(place)
    await harness.open()
    await harness.tie("Ana", "Bo")
    await harness.read_all("Ana")
    id = await harness.ask("Ana", "Bo")
    await harness.close()
    url = address(tmp_path, empty=True)
    moving.to_server(place, file_keys(harness.ring), url, TABLES)

    there = Harness(tmp_path / "elsewhere.db", harness.ring, harness.now, harness.accounts)
    monkeypatch.setattr("tests.unit.pods.fixtures.database", lambda _path: _on(url))
    await there.open()
    status = await there.status(id)
    assert [one.name for one in status.asked] == ["Bo"]
    assert await there.read_it(id, "Bo") == WORDS
    await there.close()


def _on(url: str) -> Database:
    return Database(None, PostgresAdapter(url))


async def test_a_character_that_the_server_cannot_store_is_dropped_and_counted(
    tmp_path: Path, ring: Keyring, file: Path
) -> None:
    with closing(open_file(file)) as connection:
        connection.execute("UPDATE local_lines SET name = ?", (NUL,))
    assert to_server(tmp_path, ring).changed == 1
    with engine_of(tmp_path).connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM local_lines").scalar_one() == "ab"


async def test_a_server_with_rows_is_refused(tmp_path: Path, ring: Keyring, file: Path) -> None:
    to_server(tmp_path, ring)
    before = rows_on_server(tmp_path)
    with pytest.raises(NotEmpty) as refused:
        moving.to_server(file, file_keys(ring), address(tmp_path), TABLES)
    assert refused.value.table in TABLES.tables
    assert rows_on_server(tmp_path) == before


async def test_an_empty_database_of_this_version_is_taken(tmp_path: Path, ring: Keyring, file: Path) -> None:
    made = moving.to_server(file, file_keys(ring), address(tmp_path), TABLES)
    assert made.rows == sum(rows_on_server(tmp_path).values())


async def test_a_file_of_another_version_is_refused(tmp_path: Path, ring: Keyring, file: Path) -> None:
    with closing(open_file(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(NotCurrent):
        to_server(tmp_path, ring)
    with pytest.raises(NotCurrent):
        moving.to_file(address(tmp_path / "none", empty=True), tmp_path / "new.db", file_keys(ring), TABLES)


async def test_a_server_of_another_version_is_refused(tmp_path: Path, ring: Keyring, file: Path) -> None:
    url = address(tmp_path)
    with engine_of(tmp_path).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(NotCurrent):
        moving.to_server(file, file_keys(ring), url, TABLES)


async def test_nothing_is_moved_while_a_bot_uses_the_server(
    tmp_path: Path, ring: Keyring, file: Path
) -> None:
    adapter = PostgresAdapter(address(tmp_path))
    await adapter.open()
    with pytest.raises(InUse):
        moving.to_server(file, file_keys(ring), address(tmp_path), TABLES)
    with pytest.raises(InUse):
        moving.to_file(address(tmp_path), tmp_path / "new.db", file_keys(ring), TABLES)
    await adapter.close()
    assert not (tmp_path / "new.db").exists()


async def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path, ring: Keyring, file: Path) -> None:
    to_server(tmp_path, ring)
    before = file.read_bytes()
    with pytest.raises(NotOverwritten):
        moving.to_file(address(tmp_path), file, file_keys(ring), TABLES)
    assert file.read_bytes() == before


@pytest.mark.parametrize("table", [table.name for table in TABLES.sorted_tables][::6])
async def test_an_error_in_the_middle_leaves_nothing_on_the_other_side(
    tmp_path: Path, ring: Keyring, file: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = {one: one.write for one in (ServerSide, FileSide)}

    def failing(self: Any, one: Table, columns: Any, rows: Iterator[Any]) -> None:
        write[type(self)](self, one, columns, rows)
        if one.name == table:
            raise OSError("the disk is full")

    for side in (ServerSide, FileSide):
        monkeypatch.setattr(side, "write", failing)
    with pytest.raises(OSError, match="full"):
        to_server(tmp_path, ring)
    with engine_of(tmp_path).connect() as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.exec_driver_sql(tables).scalar_one() == 0
    monkeypatch.undo()
    to_server(tmp_path, ring)
    monkeypatch.setattr(FileSide, "write", failing)
    with pytest.raises(OSError, match="full"):
        moving.to_file(address(tmp_path), tmp_path / "new.db", file_keys(ring), TABLES)
    assert not [*tmp_path.glob("new.db*")]


async def test_rows_that_arrive_otherwise_are_noticed(
    tmp_path: Path, ring: Keyring, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ServerSide.write

    def losing(self: ServerSide, table: Table, columns: Any, rows: Iterator[Any]) -> None:
        write(self, table, columns, iter([*rows][1:]) if table.name == "plans" else rows)

    monkeypatch.setattr(ServerSide, "write", losing)
    with pytest.raises(NotEqual) as refused:
        to_server(tmp_path, ring)
    assert refused.value.table == "plans"


@pytest.mark.uncounted
@pytest.mark.parametrize("way", ["to-server", "to-file"])
async def test_a_move_that_is_killed_leaves_either_side_whole(
    tmp_path: Path, ring: Keyring, file: Path, way: str
) -> None:
    if way == "to-file":
        with closing(open_file(file)) as connection:
            # No key of this test opens it, and that is asked before anything is moved to a file.
            connection.execute("DELETE FROM data_keys")
        to_server(tmp_path, ring)
        file.unlink()
    url = address(tmp_path, empty=True)
    slow = dedent("""
        import sys, time
        from bot.storage import moving
        from bot.cli import main

        digest = moving._digest

        def slowly(rows):
            print(".", flush=True)
            time.sleep(0.05)
            return digest(rows)

        moving._digest = slowly
        sys.argv = ["plumbline", "move", sys.argv[1]]
        main()
    """)
    told = {"PLUMBLINE_STATE_DIR": str(tmp_path), "PLUMBLINE_DATABASE_URL": url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", slow, way, env={**os.environ, **told}, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(9):
        assert await process.stdout.readline() == b".\n"
    process.kill()
    await process.wait()

    if way == "to-server":
        # The server notices that the connection has gone, and undoes everything.
        assert moving.to_server(file, file_keys(ring), url, TABLES).rows
    else:
        assert not file.exists()
        assert moving.to_file(url, file, file_keys(ring), TABLES).rows
