"""A real file with the tables of the agenda and the outbox, and the query plans of SQLite."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.delivery.tables import counts, failures, outbox
from bot.scheduling.tables import agenda
from bot.storage.database import Database
from bot.storage.schema import metadata
from bot.storage.sqlite import SqliteAdapter
from bot.storage.tx import Tx


def make_tables(connection: Connection) -> None:
    metadata.create_all(connection, [agenda, counts, failures, outbox])


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "plumbline.db")
    await database.open()
    await database.migrate(make_tables)
    yield database
    await database.close()


async def plans(db: Database, work: Callable[[Tx], Awaitable[Any]]) -> list[str]:
    """Return the query plan of each statement that `work` sends."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    assert isinstance(db.adapter, SqliteAdapter)
    engine = db.adapter.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await db.write(work)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    def explain(connection: Connection) -> list[str]:
        found: list[str] = []
        for statement, parameters in sent:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(str(row.detail) for row in rows)
        return found

    return await db.write(lambda tx: tx.hand_over(explain))
