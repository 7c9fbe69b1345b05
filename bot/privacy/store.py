"""Statements over the tables that slices have registered, page by page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Row, UniqueConstraint, case, func, select, tuple_

from bot.ids import PersonId
from bot.privacy.slice_privacy import HeldTable
from bot.storage.tx import Tx


async def count(tx: Tx, held: HeldTable, person: PersonId) -> int:
    """Return how many rows of this table are exported to the person."""
    if held.mine is None:
        return 0
    counted = await tx.scan(select(func.count()).select_from(held.table).where(held.mine(person)))
    return int(counted[0][0])


async def keys(tx: Tx, held: HeldTable, person: PersonId) -> Sequence[Row[Any]]:
    """Return the keys of all rows that are exported to the person, in their order.

    Reading them page by page would sort all of them, or search the whole table, once for each page.
    """
    if held.mine is None:
        return []
    columns = key(held)
    return await tx.scan(select(*columns).where(held.mine(person)).order_by(*columns))


async def page(tx: Tx, held: HeldTable, person: PersonId, chosen: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return the rows with these keys that are still there and theirs to see, in the order of their keys."""
    if held.mine is None:
        return []
    first, *others = columns = key(held)
    if others:
        among = tuple_(*columns).in_([tuple(one) for one in chosen])
    else:
        among = first.in_([one[0] for one in chosen])
    # In a CASE, so that the rows are found by their keys, and not by searching everything of the person.
    theirs = case((held.mine(person), True))
    return await tx.all(select(held.table).where(among, theirs).order_by(*columns))


def key(held: HeldTable) -> Sequence[Column[Any]]:
    """Return the columns that identify a row of the table."""
    primary = list(held.table.primary_key.columns)
    if primary:
        return primary
    # `consents` has no primary key, but a unique constraint over what identifies its rows.
    unique = next(one for one in held.table.constraints if isinstance(one, UniqueConstraint))
    return list(unique.columns)
