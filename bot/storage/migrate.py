"""Bringing a file's schema to the one that this code knows."""

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, create_engine, inspect, text

from bot.storage.copies import backup
from bot.storage.database import Database
from bot.storage.tx import Tx

HEAD = "0003"
"""The newest revision in `migrations/versions`; a test compares it with what Alembic finds there."""


class NewerSchema(Exception):
    """The file was written by a newer Plumbline than this one."""


async def upgrade(db: Database) -> None:
    """Bring the file to HEAD; a copy stands beside it until the new schema has opened. Raises NewerSchema.

    Alembic is imported only when there is something to do: it costs a quarter of the start.
    """
    await db.open()
    at = await db.read(_revision)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise NewerSchema(at)
    copy = await asyncio.to_thread(_copy, db.path) if at is not None else None
    await db.migrate(_to_head)
    if await db.read(_revision) == HEAD and copy is not None:
        copy.unlink()


@cache
def empty() -> bytes:
    """A file with the schema of HEAD and nothing in it, made once a process: for the stage and for tests."""
    with TemporaryDirectory(prefix="plumbline-schema-") as place:
        path = Path(place) / "empty.db"
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            _to_head(connection)
        engine.dispose()
        return path.read_bytes()


def _to_head(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _revision(tx: Tx) -> str | None:
    if not await tx.hand_over(lambda connection: inspect(connection).has_table("alembic_version")):
        return None
    found: str | None = await tx.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _copy(path: Path) -> Path:
    copy = path.with_suffix(".before-migration")
    copy.unlink(missing_ok=True)
    backup(path, copy)
    return copy
