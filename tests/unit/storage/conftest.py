"""A real file with one plain table in it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from bot.storage.database import Database
from tests import no_fsync

own = MetaData()
notes = Table("notes", own, Column("id", Integer, primary_key=True), Column("text", String, nullable=False))


@pytest.fixture(autouse=True)
def as_the_bot_does() -> Iterator[None]:
    """Open the database as the bot does, because these tests try out how it does that."""
    no_fsync.forbid()
    yield
    no_fsync.allow()


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "plumbline.db")
    await database.open()
    await database.migrate(own.create_all)
    yield database
    await database.close()
