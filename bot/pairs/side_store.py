"""Statements about the two sides of pairs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.ids import PersonId
from bot.pairs.models import About, Side
from bot.pairs.tables import pairs, sides
from bot.storage.tx import Tx

_SIDE = Side.__struct_fields__
_ONE = select(sides).where(sides.c.id == bindparam("one"))
_OF = select(sides).where(sides.c.pair == bindparam("a_pair"), sides.c.person == bindparam("whose"))
_WORDS = select(sides.c.words).where(sides.c.id == bindparam("one"))
_ADD = insert(sides)
_KEEP = update(sides).where(sides.c.id == bindparam("was_id"))


async def add(tx: Tx, side: Side) -> Side:
    await tx.execute(_ADD, [_columns(side)])
    return side


async def of(tx: Tx, pair: str, person: PersonId) -> Side | None:
    row = await tx.first(_OF, {"a_pair": pair, "whose": person})
    return None if row is None else to_side(row)


async def get(tx: Tx, id: str) -> Side | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_side(row)


async def of_pairs(tx: Tx, pair_ids: Sequence[str]) -> dict[str, list[Side]]:
    """Return the sides of each of these pairs."""
    found: dict[str, list[Side]] = {id: [] for id in pair_ids}
    for row in await tx.all(select(sides).where(sides.c.pair.in_(pair_ids)).order_by(sides.c.id)):
        found[row.pair].append(to_side(row))
    return found


async def these(tx: Tx, ids: Sequence[str]) -> list[Side]:
    return [to_side(row) for row in await tx.all(select(sides).where(sides.c.id.in_(ids)))]


async def of_person(tx: Tx, person: PersonId) -> list[Side]:
    return [to_side(row) for row in await tx.all(select(sides).where(sides.c.person == person))]


async def keep(tx: Tx, side: Side, **sealed: bytes | None) -> Side:
    await tx.execute(_KEEP, [{"was_id": side.id, **_columns(side), **sealed}])
    return side


async def keep_next(tx: Tx, moved: Sequence[Side]) -> None:
    """Store when each of these is asked next, and the number of the question."""
    rows = [
        {"was_id": one.id, "next_day": one.next_day, "next_at": one.next_at, "question": one.question}
        for one in moved
    ]
    await tx.execute_all(_KEEP, rows)


async def words(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(_WORDS, {"one": id})
    return sealed


async def forget_words(tx: Tx, pair: str) -> None:
    gone = {"words": None, "next_day": None, "next_at": None, "hushed_until": None, "resumed_on": None}
    await tx.execute(update(sides).where(sides.c.pair == pair).values(gone))


async def remove(tx: Tx, pair: str, person: PersonId | None = None) -> None:
    """Delete the side of one person, or both sides."""
    gone = delete(sides).where(sides.c.pair == pair)
    await tx.execute(gone if person is None else gone.where(sides.c.person == person))


async def expected(tx: Tx) -> list[tuple[str, int, date, datetime]]:
    """Return every distinct (zone, minute, day, time) at which somebody is asked next."""
    rows = await tx.all(
        select(sides.c.zone, pairs.c.minute, sides.c.next_day, sides.c.next_at)
        .join(pairs, pairs.c.id == sides.c.pair)
        .where(sides.c.next_at.is_not(None))
        .distinct()
    )
    return [(row.zone, row.minute, row.next_day, row.next_at) for row in rows]


async def expecting(tx: Tx, zone: str, minute: int, next_at: datetime) -> list[Side]:
    """Return the sides in the zone that are asked next at that time, with that minute of the day."""
    rows = await tx.all(
        select(sides)
        .join(pairs, pairs.c.id == sides.c.pair)
        .where(sides.c.zone == zone, pairs.c.minute == minute, sides.c.next_at == next_at)
    )
    return [to_side(row) for row in rows]


def _columns(side: Side) -> dict[str, Any]:
    return {name: getattr(side, name) for name in _SIDE}


def to_side(row: Row[Any]) -> Side:
    values = {name: getattr(row, name) for name in _SIDE}
    return Side(**{**values, "about": None if row.about is None else About(row.about)})
