"""The schema on disk is the one that the code describes, and a file is never lost on the way there."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

import bot.house  # noqa: F401 - every table is known once everything that has one is imported
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.schema import metadata

VERSIONS = Path(migrate.__file__).parent / "migrations"


async def opened(path: Path) -> None:
    db = Database(path)
    try:
        await migrate.upgrade(db)
    finally:
        await db.close()


async def test_a_new_file_has_the_schema_that_the_code_describes(tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert indexes == {str(index.name) for index in table.indexes}, table.name
    engine.dispose()


async def test_partial_indexes_are_partial_on_disk(tmp_path: Path) -> None:
    """Alembic does not compare an index's condition."""
    path = tmp_path / "plumbline.db"
    await opened(path)
    with sqlite3.connect(path) as connection:
        written = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    connection.close()
    for table in metadata.sorted_tables:
        for index in table.indexes:
            partial = index.dialect_options["sqlite"]["where"] is not None
            assert (" WHERE " in written[str(index.name)]) is partial, index.name


def test_the_code_names_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


async def test_opening_it_again_changes_nothing_and_does_not_need_alembic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)

    def never(_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(migrate, "_to_head", never)
    await opened(path)


async def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "9999")
    with pytest.raises(migrate.NewerSchema):
        await opened(path)


async def test_the_copy_stays_when_a_migration_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "0000")
    copy = path.with_suffix(".before-migration")

    def broken(_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(migrate, "_to_head", broken)
    with pytest.raises(RuntimeError):
        await opened(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(migrate, "_to_head", lambda _: None)
    await opened(path)
    assert copy.exists(), "the new schema has not opened"


async def test_the_copy_goes_once_the_new_schema_has_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "0000")

    def stamped(connection: Any) -> None:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (migrate.HEAD,))

    monkeypatch.setattr(migrate, "_to_head", stamped)
    await opened(path)
    assert not path.with_suffix(".before-migration").exists()


def _stamp(path: Path, revision: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
