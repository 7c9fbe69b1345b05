"""Statements about boundaries, and about the accounts of those between whom one may stand."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    FromClause,
    Row,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from bot.boundaries.tables import boundaries
from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, SealedText, with_key

_WITH_KEY = with_key(select(boundaries), PERSON_CASE + boundaries.c.owner, boundaries.c.owner)


class Among(Struct, frozen=True):
    """What is known of some people: their fingers, and the pairs of the boundaries that each has set."""

    fingers: dict[PersonId, bytes]
    pairs: dict[PersonId, set[bytes]]


class Kept(Struct, frozen=True):
    """A boundary as it is stored. `other` is the owner's sealed note of whom it is with."""

    id: str
    owner: PersonId
    other: SealedText
    made_at: datetime
    by_account: bool


async def among(tx: Tx, known: FromClause, persons: Collection[PersonId]) -> Among:
    fingers: dict[PersonId, bytes] = {}
    pairs: dict[PersonId, set[bytes]] = defaultdict(set)
    for row in await tx.all(_among(known), {"these": list(persons)}):
        if row.known:
            fingers[PersonId(row.person)] = row.hash
        else:
            pairs[PersonId(row.person)].add(row.hash)
    return Among(fingers, pairs)


@cache
def _among(known: FromClause) -> CompoundSelect[Any]:
    # One statement, because it is on the way of `Send`.
    these: BindParameter[Any] = bindparam("these", expanding=True)
    return union_all(
        select(literal(True).label("known"), known.c.person, known.c.finger.label("hash")).where(
            known.c.person.in_(these)
        ),
        select(literal(False), boundaries.c.owner, boundaries.c.pair).where(boundaries.c.owner.in_(these)),
    )


async def people_of(tx: Tx, known: FromClause, fingers: Collection[bytes]) -> dict[bytes, PersonId]:
    """Return the people of these fingers, without accounts of which nobody is known."""
    rows = await tx.all(select(known).where(known.c.finger.in_(fingers)))
    return {row.finger: PersonId(row.person) for row in rows}


async def add(tx: Tx, id: str, owner: PersonId, pair: bytes, other: bytes, made_at: datetime) -> None:
    new = {"id": id, "owner": owner, "pair": pair, "other": other, "made_at": made_at, "by_account": True}
    await tx.execute(insert(boundaries).values(**new))


async def set_by(tx: Tx, owner: PersonId, pairs: Collection[bytes]) -> str:
    """Return the id of this person's boundary that has one of these pairs."""
    mine = select(boundaries.c.id).where(boundaries.c.owner == owner, boundaries.c.pair.in_(pairs))
    return str(await tx.scalar(mine))


async def get(tx: Tx, id: str) -> Kept | None:
    row = await tx.first(_WITH_KEY.where(boundaries.c.id == id))
    return None if row is None else _kept(row)


async def of(tx: Tx, owner: PersonId) -> list[Kept]:
    mine = _WITH_KEY.where(boundaries.c.owner == owner)
    return [_kept(row) for row in await tx.all(mine.order_by(boundaries.c.made_at, boundaries.c.id))]


async def every(tx: Tx) -> list[Kept]:
    """Return all boundaries."""
    return [_kept(row) for row in await tx.all(_WITH_KEY)]


async def count(tx: Tx, owner: PersonId) -> int:
    return int(await tx.scalar(select(func.count()).where(boundaries.c.owner == owner)) or 0)


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(boundaries).where(boundaries.c.id == id))


async def remove_of(tx: Tx, owner: PersonId) -> list[str]:
    """Delete all boundaries that a person set; return their ids."""
    gone = delete(boundaries).where(boundaries.c.owner == owner).returning(boundaries.c.id)
    return [row.id for row in await tx.all(gone)]


async def by_person(tx: Tx) -> list[Kept]:
    """Return the boundaries whose pair is still an HMAC of two PersonIds, as in version 0.1."""
    return [_kept(row) for row in await tx.all(_WITH_KEY.where(boundaries.c.by_account.is_(False)))]


async def recognise(tx: Tx, id: str, pair: bytes, other: bytes) -> None:
    """Store the pair as an HMAC of two accounts."""
    values = {"pair": pair, "other": other, "by_account": True}
    await tx.execute(update(boundaries).where(boundaries.c.id == id).values(**values))


def _kept(row: Row[Any]) -> Kept:
    return Kept(row.id, PersonId(row.owner), SealedText.of(row, "other"), row.made_at, row.by_account)
