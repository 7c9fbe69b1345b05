"""Statements about boundaries, and about the accounts of those between whom one may stand."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, func, insert, literal, select, union_all, update

from bot.boundaries.tables import boundaries
from bot.ids import PersonId
from bot.people.tables import people, strangers
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, with_key

_THESE: BindParameter[Any] = bindparam("these", expanding=True)
# One statement, because it is on the way of `Send`: the fingers of the people, and the pairs of the
# boundaries that any of them has set.
_AMONG = union_all(
    *(
        select(literal(True).label("known"), table.c.id.label("person"), table.c.finger.label("hash")).where(
            table.c.id.in_(_THESE)
        )
        for table in (people, strangers)
    ),
    select(literal(False), boundaries.c.owner, boundaries.c.pair).where(boundaries.c.owner.in_(_THESE)),
)
_FOUND = union_all(
    *(
        select(table.c.id, table.c.finger).where(table.c.finger.in_(bindparam("fingers", expanding=True)))
        for table in (people, strangers)
    )
)
_WITH_KEY = with_key(select(boundaries), PERSON_CASE + boundaries.c.owner, boundaries.c.owner)


@dataclass(frozen=True, slots=True)
class Among:
    """What is known of some people: their fingers, and the pairs of the boundaries that each has set."""

    fingers: dict[PersonId, bytes]
    pairs: dict[PersonId, set[bytes]]


async def among(tx: Tx, persons: Collection[PersonId]) -> Among:
    fingers: dict[PersonId, bytes] = {}
    pairs: dict[PersonId, set[bytes]] = defaultdict(set)
    for row in await tx.all(_AMONG, {"these": list(persons)}):
        if row.known:
            fingers[PersonId(row.person)] = row.hash
        else:
            pairs[PersonId(row.person)].add(row.hash)
    return Among(fingers, pairs)


async def people_of(tx: Tx, fingers: Collection[bytes]) -> dict[bytes, PersonId]:
    """Return the people of these fingers, without accounts of which nobody is known."""
    rows = await tx.all(_FOUND, {"fingers": list(fingers)})
    return {row.finger: PersonId(row.id) for row in rows}


async def add(tx: Tx, id: str, owner: PersonId, pair: bytes, other: bytes, made_at: datetime) -> None:
    new = {"id": id, "owner": owner, "pair": pair, "other": other, "made_at": made_at, "by_account": True}
    await tx.execute(insert(boundaries).values(**new))


async def set_by(tx: Tx, owner: PersonId, pairs: Collection[bytes]) -> str:
    """Return the id of this person's boundary that has one of these pairs."""
    mine = select(boundaries.c.id).where(boundaries.c.owner == owner, boundaries.c.pair.in_(pairs))
    return str(await tx.scalar(mine))


async def get(tx: Tx, id: str) -> Row[Any] | None:
    return await tx.first(_WITH_KEY.where(boundaries.c.id == id))


async def of(tx: Tx, owner: PersonId) -> list[Row[Any]]:
    rows = await tx.all(
        _WITH_KEY.where(boundaries.c.owner == owner).order_by(boundaries.c.made_at, boundaries.c.id)
    )
    return list(rows)


async def count(tx: Tx, owner: PersonId) -> int:
    return int(await tx.scalar(select(func.count()).where(boundaries.c.owner == owner)) or 0)


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(boundaries).where(boundaries.c.id == id))


async def remove_of(tx: Tx, owner: PersonId) -> list[str]:
    """Delete all boundaries that a person set; return their ids."""
    gone = delete(boundaries).where(boundaries.c.owner == owner).returning(boundaries.c.id)
    return [row.id for row in await tx.all(gone)]


async def by_person(tx: Tx) -> Sequence[Row[Any]]:
    """Return the boundaries whose pair is still an HMAC of two PersonIds, as before version 0.2."""
    return await tx.all(_WITH_KEY.where(boundaries.c.by_account.is_(False)))


async def recognise(tx: Tx, id: str, pair: bytes, other: bytes) -> None:
    """Store the pair as an HMAC of two accounts."""
    values = {"pair": pair, "other": other, "by_account": True}
    await tx.execute(update(boundaries).where(boundaries.c.id == id).values(**values))
