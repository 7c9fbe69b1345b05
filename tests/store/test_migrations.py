"""The schema on disk is the one that the code declares, and no migration loses a file."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Column,
    DefaultClause,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    text,
)

import bot.services  # noqa: F401 - every table is known once everything that has one is imported
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.migrations.compare import declared, every_table, found, lines
from bot.storage.schema import metadata
from bot.storage.triggers import trigger
from tests.database_file import open_file


async def opened(path: Path) -> None:
    db = Database(path)
    try:
        await migrate.upgrade(db)
    finally:
        await db.close()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the schema of a file that the migrations made."""
    path = tmp_path_factory.mktemp("migrated") / "plumbline.db"
    path.write_bytes(migrate.empty())
    engine = create_engine(f"sqlite:///{path}", module=sqlite)
    with engine.connect() as connection:
        schema = lines(found(connection))
    engine.dispose()
    return schema


@pytest.fixture
def tables() -> MetaData:
    """Return a copy of all declared tables, for a test to change."""
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in every_table().sorted_tables:
        table.to_metadata(copy)
    return copy


def test_the_migrations_create_the_schema_that_the_tables_declare(
    migrated: set[str], tables: MetaData
) -> None:
    assert migrated == lines(declared(tables))


def _add_a_table(tables: MetaData) -> None:
    Table("new_ones", tables, Column("id", String, primary_key=True))


def _add_a_column(tables: MetaData) -> None:
    tables.tables["asks"].append_column(Column("new_one", String))


def _change_a_type(tables: MetaData) -> None:
    tables.tables["servers"].c.country.type = Integer()


def _change_what_may_be_null(tables: MetaData) -> None:
    tables.tables["servers"].c.country.nullable = False


def _change_a_default(tables: MetaData) -> None:
    tables.tables["servers"].c.ratify_days.server_default = DefaultClause("8")


def _drop_a_default(tables: MetaData) -> None:
    tables.tables["servers"].c.ratify_days.server_default = None


def _change_a_primary_key(tables: MetaData) -> None:
    tables.tables["tallies"].append_constraint(PrimaryKeyConstraint("what", "month", "server"))


def _add_a_unique_constraint(tables: MetaData) -> None:
    tables.tables["tallies"].append_constraint(UniqueConstraint("count", "what"))


def _drop_a_unique_constraint(tables: MetaData) -> None:
    consents = tables.tables["consents"]
    consents.constraints.remove(
        next(one for one in consents.constraints if isinstance(one, UniqueConstraint))
    )


def _add_a_check(tables: MetaData) -> None:
    tables.tables["tallies"].append_constraint(CheckConstraint("count > 0"))


def _add_a_foreign_key(tables: MetaData) -> None:
    tables.tables["askings"].c.ask.append_foreign_key(ForeignKey("asks.id"))


def _change_what_a_foreign_key_deletes(tables: MetaData) -> None:
    (key,) = tables.tables["check_ins"].foreign_key_constraints
    key.ondelete = "SET NULL"


def _drop_without_rowid(tables: MetaData) -> None:
    tables.tables["agenda"].dialect_options["sqlite"]["with_rowid"] = True


def _make_without_rowid(tables: MetaData) -> None:
    tables.tables["tallies"].dialect_options["sqlite"]["with_rowid"] = False


def _index(tables: MetaData, name: str) -> Index:
    return next(one for table in tables.sorted_tables for one in table.indexes if one.name == name)


def _add_an_index(tables: MetaData) -> None:
    Index(None, tables.tables["askings"].c.asked_at)


def _drop_an_index(tables: MetaData) -> None:
    tables.tables["talks"].indexes.remove(_index(tables, "ix_talks_asker"))


def _change_what_is_unique(tables: MetaData) -> None:
    _index(tables, "uq_reminder_events").unique = False


def _change_a_condition(tables: MetaData) -> None:
    _index(tables, "ix_posts_due_at").dialect_options["sqlite"]["where"] = text("due_at > 0")


def _drop_a_condition(tables: MetaData) -> None:
    _index(tables, "ix_posts_due_at").dialect_options["sqlite"]["where"] = None


def _change_a_literal_in_a_condition(tables: MetaData) -> None:
    _index(tables, "uq_norm_ballots_open").dialect_options["sqlite"]["where"] = text("state = 'Open'")


def _add_a_trigger(tables: MetaData) -> None:
    trigger(tables.tables["asks"], "CREATE TRIGGER new_one AFTER INSERT ON asks BEGIN SELECT 1; END")


def _drop_a_trigger(tables: MetaData) -> None:
    log = tables.tables["config_log"]
    log.info["triggers"] = log.info["triggers"][1:]


def _change_a_trigger(tables: MetaData) -> None:
    log = tables.tables["config_log"]
    first, *others = log.info["triggers"]
    log.info["triggers"] = (first.replace("never changed'", "never  changed'"), *others)


CHANGES = [
    _add_a_table,
    _add_a_column,
    _change_a_type,
    _change_what_may_be_null,
    _change_a_default,
    _drop_a_default,
    _change_a_primary_key,
    _add_a_unique_constraint,
    _drop_a_unique_constraint,
    _add_a_check,
    _add_a_foreign_key,
    _change_what_a_foreign_key_deletes,
    _drop_without_rowid,
    _make_without_rowid,
    _add_an_index,
    _drop_an_index,
    _change_what_is_unique,
    _change_a_condition,
    _drop_a_condition,
    _change_a_literal_in_a_condition,
    _add_a_trigger,
    _drop_a_trigger,
    _change_a_trigger,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_change_of_the_tables_without_a_migration_is_noticed(
    change: Callable[[MetaData], None], migrated: set[str], tables: MetaData
) -> None:
    change(tables)

    assert migrated != lines(declared(tables))


def test_every_table_is_found_without_a_list() -> None:
    """This runs in a process of its own, because here all tables are already imported."""
    code = "from bot.storage.migrations.compare import every_table; print(*every_table().tables)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert set(told.stdout.split()) == set(metadata.tables)


def test_the_code_names_the_newest_revision() -> None:
    assert ScriptDirectory(migrate.MIGRATIONS).get_current_head() == migrate.HEAD


async def test_opening_a_database_of_the_newest_schema_runs_no_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)

    def never(_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(migrate, "to_head", never)
    await opened(path)


async def test_a_newer_schema_is_refused_unless_it_says_that_it_works_with_this_code(tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "9999")
    await opened(path)
    assert _revision(path) == "9999", "whoever is older leaves a newer schema as it is"
    with open_file(path) as connection:
        connection.execute("UPDATE installation SET works_with = '9999'")
    connection.close()
    with pytest.raises(migrate.NewerSchema):
        await opened(path)


async def test_the_copy_made_before_a_migration_stays_when_the_migration_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "0000")
    copy = path.with_suffix(".before-migration")

    def broken(_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(migrate, "to_head", broken)
    with pytest.raises(RuntimeError):
        await opened(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(migrate, "to_head", lambda _: None)
    await opened(path)
    assert copy.exists(), "the new schema has not opened"


async def test_the_copy_made_before_a_migration_is_deleted_once_the_new_schema_has_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    _stamp(path, "0000")

    def stamped(connection: Any) -> None:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (migrate.HEAD,))

    monkeypatch.setattr(migrate, "to_head", stamped)
    await opened(path)
    assert not path.with_suffix(".before-migration").exists()


async def test_a_copy_left_by_a_process_killed_right_after_a_migration_is_deleted_at_the_next_start(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plumbline.db"
    await opened(path)
    left = path.with_suffix(".before-migration")
    left.write_bytes(b"what was in the database before")

    await opened(path)

    assert not left.exists()


def _revision(path: Path) -> str:
    with open_file(path) as connection:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(found)


def _stamp(path: Path, revision: str) -> None:
    with open_file(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
