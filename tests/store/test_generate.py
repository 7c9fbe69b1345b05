"""`make migration` writes a revision that creates what the tables declare, or says what to write by hand."""

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from bot.storage.migrate import MIGRATIONS
from bot.storage.migrations import generate
from bot.storage.migrations.body import ByHand
from bot.storage.migrations.generate import write
from bot.storage.schema import Moment, metadata
from bot.storage.triggers import trigger, written_once

SHORT = "sent_at IS NULL AND tries < 9"


@pytest.fixture
def tables() -> MetaData:
    """Return a small database of three tables. The triggers of one of them name another."""
    few = MetaData(naming_convention=metadata.naming_convention)
    Table(
        "servers",
        few,
        Column("id", Integer, primary_key=True),
        Column("shard", Integer, primary_key=True),
        Column("gone_at", Moment),
    )
    log = Table(
        "log",
        few,
        Column("number", Integer, primary_key=True),
        Column("server", Integer, nullable=False),
        Column("was", String, nullable=False),
    )
    written_once(log, same="number = NEW.number", but="was")
    letters = Table(
        "letters",
        few,
        Column("id", String, primary_key=True),
        Column("log", Integer, ForeignKey("log.number", ondelete="CASCADE")),
        Column("sent_at", Moment),
        Column("tries", Integer, nullable=False),
    )
    unsent = letters.c.sent_at.is_(None)
    Index("uq_unsent", letters.c.log, unique=True, sqlite_where=unsent, postgresql_where=unsent)
    return few


@pytest.fixture
def migrations(tmp_path: Path, tables: MetaData) -> Path:
    """Return a folder with the first revision of that database."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        copy(MIGRATIONS / name, folder)
    write("first", tables, folder)
    return folder


def revisions(migrations: Path) -> list[str]:
    return sorted(path.name for path in (migrations / "versions").glob("*.py"))


def written(tables: MetaData, migrations: Path) -> str:
    """Return the text of the next revision. `write` has run it, and would have raised if it failed."""
    path = write("add_x", tables, migrations)
    assert path is not None
    return path.read_text("utf-8")


def test_a_first_revision_holds_tables_conditions_and_triggers(migrations: Path) -> None:
    revision = (migrations / "versions" / "0001_first.py").read_text("utf-8")

    assert "down_revision = None" in revision
    assert 'sqlite_where=sa.text("sent_at IS NULL")' in revision
    assert 'postgresql_where=sa.text("sent_at IS NULL")' in revision
    assert revision.count("CREATE TRIGGER") == 3
    assert revision.rindex("op.create_table") < revision.index("CREATE TRIGGER")
    assert "info" not in revision


def test_nothing_is_written_when_nothing_has_changed(tables: MetaData, migrations: Path) -> None:
    assert write("add_x", tables, migrations) is None
    assert revisions(migrations) == ["0001_first.py"]


def test_the_next_revision_is_named_numbered_and_formatted(tables: MetaData, migrations: Path) -> None:
    tables.tables["letters"].append_column(Column("seen_at", Moment))

    path = write("add_seen_at", tables, migrations)

    assert path == migrations / "versions" / "0002_add_seen_at.py"
    assert path.read_text("utf-8") == (
        '"""Add seen at."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "0002"\n'
        'down_revision = "0001"\n\n\ndef upgrade() -> None:\n'
        '    with op.batch_alter_table("letters", schema=None) as batch_op:\n'
        '        batch_op.add_column(sa.Column("seen_at", sa.BigInteger(), nullable=True))\n'
    )


def test_a_generated_revision_passes_the_checks_of_ruff(tables: MetaData, migrations: Path) -> None:
    tables.tables["log"].info["triggers"] = ()
    write("drop_triggers", tables, migrations)

    for how in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *how, "--config=pyproject.toml", str(migrations / "versions")]
        subprocess.run(ruff, check=True, cwd=Path(__file__).parents[2])


def test_an_index_whose_condition_changed_is_created_again(tables: MetaData, migrations: Path) -> None:
    (unsent,) = tables.tables["letters"].indexes
    for dialect in ("sqlite", "postgresql"):
        unsent.dialect_options[dialect]["where"] = text(SHORT)

    revision = written(tables, migrations)

    assert 'op.drop_index("uq_unsent", table_name="letters")' in revision
    assert revision.index("drop_index") < revision.index("create_index")
    assert f'sqlite_where=sa.text("{SHORT}")' in revision
    assert f'postgresql_where=sa.text("{SHORT}")' in revision


def test_an_index_that_alembic_itself_creates_again_is_created_once(
    tables: MetaData, migrations: Path
) -> None:
    letters = tables.tables["letters"]
    letters.indexes.clear()
    Index("uq_unsent", letters.c.log, letters.c.tries, unique=True, sqlite_where=text(SHORT))

    assert written(tables, migrations).count("create_index") == 1


def test_triggers_are_dropped_added_and_replaced_as_the_tables_declare(
    tables: MetaData, migrations: Path
) -> None:
    log = tables.tables["log"]
    _changed, _deleted, replaced = log.info["triggers"]
    log.info["triggers"] = (replaced,)
    trigger(log, "CREATE TRIGGER log_never_changed BEFORE UPDATE ON log BEGIN SELECT 1; END")
    trigger(log, "CREATE TRIGGER log_grew AFTER INSERT ON log BEGIN SELECT 1; END")

    revision = written(tables, migrations)

    assert [line.strip() for line in revision.splitlines() if "TRIGGER" in line] == [
        'op.execute("DROP TRIGGER log_never_changed")',
        'op.execute("DROP TRIGGER log_never_deleted")',
        "CREATE TRIGGER log_grew AFTER INSERT ON log BEGIN SELECT 1; END",
        "CREATE TRIGGER log_never_changed BEFORE UPDATE ON log BEGIN SELECT 1; END",
    ]
    assert "import sqlalchemy" not in revision


def test_a_table_that_is_recreated_keeps_its_triggers(tables: MetaData, migrations: Path) -> None:
    """SQLite drops the triggers of a table together with the table."""
    tables.tables["letters"].append_column(Column("seen", Integer))
    trigger(tables.tables["letters"], "CREATE TRIGGER sent AFTER INSERT ON letters BEGIN SELECT 1; END")
    written(tables, migrations)
    tables.tables["letters"].c.tries.nullable = True

    revision = written(tables, migrations)

    assert (
        revision.index("DROP TRIGGER sent") < revision.index("batch") < revision.index("CREATE TRIGGER sent")
    )
    assert "log_never" not in revision


def test_a_table_that_triggers_of_other_tables_name_can_be_recreated(
    tables: MetaData, migrations: Path
) -> None:
    """SQLite cannot rename a table while a trigger names a table that is missing."""
    tables.tables["servers"].c.gone_at.nullable = False

    revision = written(tables, migrations)

    assert revision.count("DROP TRIGGER") == revision.count("CREATE TRIGGER") == 1
    assert "log_never_deleted" in revision


def test_the_error_says_what_must_be_written_by_hand(tables: MetaData, migrations: Path) -> None:
    servers = tables.tables["servers"]
    servers.append_column(Column("seen", Integer))
    servers.append_constraint(PrimaryKeyConstraint("shard", "id"))

    with pytest.raises(ByHand) as told:
        write("add_x", tables, migrations)

    first, *others = str(told.value).splitlines()
    assert "0002_add_x.py" in first
    assert others == [
        "  missing  table servers: CONSTRAINT pk_servers PRIMARY KEY ( shard , id )",
        "  too much table servers: CONSTRAINT pk_servers PRIMARY KEY ( id , shard )",
    ]
    assert "seen" in (migrations / "versions" / "0002_add_x.py").read_text("utf-8")


def test_the_error_says_that_a_generated_revision_fails(tables: MetaData, migrations: Path) -> None:
    """Alembic takes `:a` for a parameter, so the revision fails."""
    trigger(tables.tables["log"], "CREATE TRIGGER odd AFTER INSERT ON log BEGIN SELECT ' :a'; END")

    with pytest.raises(ByHand, match="must be mended by hand"):
        write("add_x", tables, migrations)


def test_a_new_column_without_a_value_for_existing_rows_is_refused(
    tables: MetaData, migrations: Path
) -> None:
    tables.tables["letters"].append_column(Column("seen", Integer, nullable=False))

    with pytest.raises(ByHand, match=r"letters\.seen .* server_default"):
        write("add_x", tables, migrations)
    assert revisions(migrations) == ["0001_first.py"]


@pytest.mark.parametrize("name", ["", "Add", "add-x", "add__x", "_x", "x_", "../x", "1x", "x" * 41, "x\n"])
def test_an_invalid_name_for_a_revision_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ByHand, match="make migration NAME=add_x"):
        write(name, MetaData(), tmp_path / "nothing is read here")


def test_the_command_says_what_it_did(
    tables: MetaData, migrations: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "every_table", lambda: tables)
    monkeypatch.setattr(generate, "MIGRATIONS", migrations)

    assert generate.main("add_x") == 0
    assert "Nothing was written" in capsys.readouterr().out

    assert generate.main("Add x") == 1
    assert "NAME=Add x" in capsys.readouterr().out

    tables.tables["letters"].append_column(Column("seen", Integer))
    assert generate.main("add_x") == 0
    assert "0002_add_x.py" in capsys.readouterr().out
