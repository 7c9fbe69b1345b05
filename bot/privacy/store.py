"""Statements over the tables that slices have registered, page by page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, UniqueConstraint, func, select, tuple_

from bot.ids import PersonId
from bot.privacy.slice_privacy import HeldTable
from bot.storage.tx import Tx


async def count(tx: Tx, held: HeldTable, person: PersonId) -> int:
    """Return how many rows of this table are exported to the person."""
    if held.mine is None:
        return 0
    return int(await tx.scalar(select(func.count()).select_from(held.table).where(held.mine(person))) or 0)


async def page(
    tx: Tx, held: HeldTable, person: PersonId, after: Sequence[Any] | None, most: int
) -> list[Row[Any]]:
    """Return the next rows in the order of the table's key, after the row with this key."""
    if held.mine is None:
        return []
    key = _key(held)
    found = select(held.table).where(held.mine(person)).order_by(*key).limit(most)
    if after is not None:
        found = found.where(tuple_(*key) > tuple_(*after))
    return list(await tx.all(found))


def key_of(held: HeldTable, row: Row[Any]) -> list[Any]:
    """Return the key of a row, for `page`."""
    return [row._mapping[column] for column in _key(held)]


def _key(held: HeldTable) -> list[Any]:
    primary = list(held.table.primary_key.columns)
    if primary:
        return primary
    # `consents` has no primary key, but a unique constraint over what identifies its rows.
    unique = next(one for one in held.table.constraints if isinstance(one, UniqueConstraint))
    return list(unique.columns)
