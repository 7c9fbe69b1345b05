"""Many rows are stored with the same values as a few, whichever code binds them."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from bot.delivery.outbox import Lane, MessageState
from bot.storage.database import Database
from bot.storage.schema import Moment
from bot.storage.tx import Tx
from tests.unit.storage.conftest import own

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)

kept = Table(
    "kept",
    own,
    Column("id", Integer, primary_key=True),
    Column("at", Moment),
    Column("day", Date),
    Column("yes", Boolean),
    Column("state", String),
    Column("lane", Integer),
)
_MOVE = update(kept).where(kept.c.id == bindparam("which")).values(at=bindparam("later"))


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "at": None if number % 3 else NOON + timedelta(days=number),
            "day": date(2026, 11, 25) if number % 2 else None,
            "yes": bool(number % 2),
            "state": MessageState.WAITING,
            "lane": Lane.NOTICE if number % 2 else None,
        }
        for number in range(count)
    ]


async def all_of(db: Database) -> list[dict[str, Any]]:
    found = await db.read(lambda tx: tx.all(select(kept).order_by(kept.c.id)))
    return [dict(row._mapping) for row in found]


@pytest.mark.parametrize("count", [0, 1, 25, 26, 300])
async def test_rows_are_read_exactly_as_they_were_written(db: Database, count: int) -> None:
    await db.write(lambda tx: tx.execute_all(insert(kept), rows(count)))

    assert await all_of(db) == rows(count)


@pytest.mark.parametrize("count", [20, 200])
async def test_a_bulk_update_also_applies_the_values_and_conditions_of_its_statement(
    db: Database, count: int
) -> None:
    await db.write(lambda tx: tx.execute_all(insert(kept), rows(count)))
    moved = [{"which": number, "later": NOON} for number in range(count)]
    odd = _MOVE.where(kept.c.yes.is_(True)).values(day=date(2026, 1, 1))
    await db.write(lambda tx: tx.execute_all(odd, moved))

    assert await all_of(db) == [
        {**row, "at": NOON, "day": date(2026, 1, 1)} if row["id"] % 2 else row for row in rows(count)
    ]


@pytest.mark.parametrize("count", [20, 200])
async def test_a_bulk_update_changes_only_the_rows_that_it_names(db: Database, count: int) -> None:
    await db.write(lambda tx: tx.execute_all(insert(kept), rows(count)))
    moved = [{"which": number, "later": NOON} for number in range(0, count, 2)]
    await db.write(lambda tx: tx.execute_all(_MOVE, moved))

    before = rows(count)
    assert await all_of(db) == [row if row["id"] % 2 else {**row, "at": NOON} for row in before]


async def test_many_rows_and_a_few_rows_are_stored_the_same_on_disk(db: Database) -> None:
    async def both(tx: Tx) -> None:
        await tx.execute_all(insert(kept), rows(100))
        await tx.execute_all(insert(kept), [{**row, "id": row["id"] + 1000} for row in rows(10)])

    await db.write(both)

    def raw(low: int, connection: Connection) -> None:
        found.append(
            connection.exec_driver_sql(
                "SELECT at, day, yes, state, lane FROM kept WHERE id >= ? ORDER BY id LIMIT 10", (low,)
            ).all()
        )

    found: list[Any] = []
    await db.read(lambda tx: tx.hand_over(partial(raw, 0)))
    await db.read(lambda tx: tx.hand_over(partial(raw, 1000)))
    assert found[0] == found[1]


async def test_one_failing_row_undoes_all_rows_and_the_error_contains_no_values(db: Database) -> None:
    doubled = [*rows(100), {**rows(1)[0], "state": "canary"}]

    with pytest.raises(DBAPIError) as failed:
        await db.write(lambda tx: tx.execute_all(insert(kept), doubled))

    assert "canary" not in str(failed.value)
    assert await all_of(db) == []
