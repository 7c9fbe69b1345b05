"""Statements about boundaries."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select

from bot.boundaries.tables import boundaries
from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, with_key

_STANDS = select(boundaries.c.id).where(boundaries.c.pair == bindparam("a_pair")).limit(1)
_STANDING = select(boundaries.c.pair).where(boundaries.c.pair.in_(bindparam("pairs", expanding=True)))
_SET_BY = select(boundaries.c.id).where(
    boundaries.c.owner == bindparam("an_owner"), boundaries.c.pair == bindparam("a_pair")
)
_WITH_KEY = with_key(select(boundaries), PERSON_CASE + boundaries.c.owner, boundaries.c.owner)


async def add(tx: Tx, id: str, owner: PersonId, pair: bytes, other: bytes, now: datetime) -> None:
    await tx.execute(insert(boundaries).values(id=id, owner=owner, pair=pair, other=other, made_at=now))


async def stands(tx: Tx, pair: bytes) -> bool:
    return await tx.scalar(_STANDS, {"a_pair": pair}) is not None


async def standing(tx: Tx, pairs: Collection[bytes]) -> set[bytes]:
    rows = await tx.all(_STANDING, {"pairs": list(pairs)})
    return {row.pair for row in rows}


async def set_by(tx: Tx, owner: PersonId, pair: bytes) -> str | None:
    found: str | None = await tx.scalar(_SET_BY, {"an_owner": owner, "a_pair": pair})
    return found


async def get(tx: Tx, id: str) -> Row[Any] | None:
    return await tx.first(_WITH_KEY.where(boundaries.c.id == id))


async def of(tx: Tx, owner: PersonId) -> list[Row[Any]]:
    rows = await tx.all(
        _WITH_KEY.where(boundaries.c.owner == owner).order_by(boundaries.c.made_at, boundaries.c.id)
    )
    return list(rows)


async def every(tx: Tx) -> list[Row[Any]]:
    """Return all boundaries, each with its key."""
    return list(await tx.all(_WITH_KEY))


async def count(tx: Tx, owner: PersonId) -> int:
    return int(await tx.scalar(select(func.count()).where(boundaries.c.owner == owner)) or 0)


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(boundaries).where(boundaries.c.id == id))
