"""A real file with the tables of the agenda and the outbox, and the query plans of SQLite."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.delivery.tables import counts, failures, outbox, posts
from bot.scheduling.tables import agenda
from bot.storage.database import Database
from bot.storage.schema import metadata
from bot.storage.tx import Tx
from tests.databases import database, hear


def make_tables(connection: Connection) -> None:
    metadata.create_all(connection, [agenda, counts, failures, outbox, posts])


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = database(tmp_path / "plumbline.db")
    await opened.open()
    yield opened
    await opened.close()


async def plans(db: Database, work: Callable[[Tx], Awaitable[Any]]) -> list[str]:
    """Return the query plan of each statement that `work` sends."""
    sent: list[tuple[str, Any]] = []

    end = hear(db, lambda statement, values: sent.append((statement, values)))
    try:
        await db.write(work)
    finally:
        end()

    def explain(connection: Connection) -> list[str]:
        found: list[str] = []
        for statement, parameters in sent:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(str(row.detail) for row in rows)
        return found

    return await db.write(lambda tx: tx.hand_over(explain))
