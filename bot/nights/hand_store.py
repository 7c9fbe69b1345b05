"""Statements about calls for a hand."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, insert, select, update

from bot.ids import PersonId, ServerId
from bot.nights.models import Hand, Quick
from bot.nights.tables import night_hands
from bot.storage.tx import Tx

_HANDS = night_hands.c


async def add(tx: Tx, hand: Hand) -> None:
    await tx.execute(insert(night_hands).values(asdict(hand)))


async def say(tx: Tx, id: str, quick: Quick) -> None:
    """Store what it is. The last word counts."""
    await tx.execute(update(night_hands).where(_HANDS.id == id).values(quick=quick.value))


async def get(tx: Tx, id: str) -> Hand | None:
    row = await tx.first(select(night_hands).where(_HANDS.id == id))
    return None if row is None else to_hand(row)


async def last(tx: Tx, night: str, caller: PersonId) -> Hand | None:
    """Return the last call of this person in a night."""
    theirs = select(night_hands).where(_HANDS.night == night, _HANDS.caller == caller)
    row = await tx.first(theirs.order_by(_HANDS.made_at.desc(), _HANDS.id).limit(1))
    return None if row is None else to_hand(row)


async def of_night(tx: Tx, night: str) -> list[Hand]:
    rows = await tx.all(select(night_hands).where(_HANDS.night == night).order_by(_HANDS.made_at))
    return [to_hand(row) for row in rows]


async def of_person(tx: Tx, person: PersonId) -> list[Hand]:
    rows = await tx.all(select(night_hands).where(_HANDS.caller == person).order_by(_HANDS.made_at))
    return [to_hand(row) for row in rows]


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(night_hands).where(_HANDS.id == id))


def to_hand(row: Row[Any]) -> Hand:
    quick = None if row.quick is None else Quick(row.quick)
    return Hand(row.id, row.night, ServerId(row.server), PersonId(row.caller), row.made_at, quick)
