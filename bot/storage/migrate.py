"""Upgrade a file's schema to the one that this code knows."""

import asyncio
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, inspect, text

from bot.logs import get_logger
from bot.storage.copies import NotADatabase, backup
from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.encryption import encrypt
from bot.storage.file_keys import FileKeys
from bot.storage.installation import works_with
from bot.storage.tx import Tx
from bot.storage.unavailable import Damaged

if TYPE_CHECKING:
    from alembic.config import Config

log = get_logger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
"""The newest revision, read from the files' names; a test compares it with what Alembic finds in them."""


class NewerSchema(Exception):
    """The file was written by a newer Plumbline than this one."""


async def upgrade(db: Database) -> None:
    """Upgrade the database to HEAD. A copy of a file is kept beside it until that has worked.

    A newer schema stays as it is if this code works with it, so that several processes can be replaced by a
    newer version one after the other. Raises NewerSchema, WrongKey and StorageUnavailable.

    Alembic is imported only if there is something to do, since importing it takes a quarter of the start.
    """
    await db.open()
    at = await db.read(_revision)
    if at == HEAD:
        _remove_leftover(db.file)
        return
    if at is not None and at > HEAD:
        if await db.read(works_with) > HEAD:
            raise NewerSchema(at)
        log.info("The database has a newer schema, with which this version works", id=at)
        return
    copy = None if at is None or db.file is None else await asyncio.to_thread(_copy, db.file, db.keys)
    await db.migrate(to_head)
    if await db.read(_revision) == HEAD and copy is not None:
        copy.unlink()


@lru_cache(maxsize=4)
def empty(keys: FileKeys | None = None) -> bytes:
    """Return a database file with the schema of HEAD and no rows, for the demo and the tests."""
    with TemporaryDirectory(prefix="plumbline-schema-") as place:
        path = Path(place) / "empty.db"
        if keys is not None:
            path.write_bytes(empty())
            encrypt(path, keys)
            return path.read_bytes()
        engine = create_engine(f"sqlite:///{path}", module=sqlite)
        with engine.begin() as connection:
            to_head(connection)
        engine.dispose()
        return path.read_bytes()


def alembic_config(connection: Connection, migrations: Path = MIGRATIONS) -> "Config":
    """Return the configuration with which Alembic's commands work in this connection's transaction."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    return config


def to_head(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")
    if connection.dialect.name == "postgresql":
        connection.execute(text(_NO_SAMPLES))


# PostgreSQL keeps a sample of each column's values for its planner. What was deleted would stay in it.
_NO_SAMPLES = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type IN ('character varying', 'text', 'bytea')
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', one.table_name, one.column_name);
    END LOOP;
END $$
"""


async def _revision(tx: Tx) -> str | None:
    if not await tx.hand_over(lambda connection: inspect(connection).has_table("alembic_version")):
        return None
    found: str | None = await tx.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _copy(path: Path, keys: FileKeys | None) -> Path:
    copy = _copy_of(path)
    copy.unlink(missing_ok=True)
    try:
        backup(path, copy, keys)
    except NotADatabase:
        raise Damaged from None
    return copy


def _remove_leftover(path: Path | None) -> None:
    """Delete the copy of an upgrade that worked, if the process was killed before it could do so."""
    copy = None if path is None else _copy_of(path)
    if copy is not None and copy.exists():
        copy.unlink()
        log.info("Deleted the copy that an earlier upgrade of the database had left")


def _copy_of(path: Path) -> Path:
    return path.with_suffix(".before-migration")
