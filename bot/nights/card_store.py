"""Statements about the cards that people keep for next time."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, insert, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId
from bot.nights.models import KeptCard
from bot.nights.tables import night_cards
from bot.storage.tx import Tx

_CARDS = night_cards.c


async def add(tx: Tx, kept: KeptCard, content: bytes) -> None:
    await tx.execute(insert(night_cards).values({**asdict(kept), "content": content}))


async def keep(tx: Tx, kept: KeptCard, content: bytes) -> KeptCard:
    """Store another text if the row is still as it was read; otherwise raise AlreadyDone."""
    here = (_CARDS.id == kept.id, _CARDS.revision == kept.revision)
    values = {**asdict(kept), "revision": kept.revision + 1, "content": content}
    if (await tx.execute(update(night_cards).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await of(tx, kept.person)
    if found is None:
        raise AlreadyDone
    return found


async def of(tx: Tx, person: PersonId) -> KeptCard | None:
    row = await tx.first(select(night_cards).where(_CARDS.person == person))
    return None if row is None else to_kept(row)


async def get(tx: Tx, id: str) -> KeptCard | None:
    row = await tx.first(select(night_cards).where(_CARDS.id == id))
    return None if row is None else to_kept(row)


async def content(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(_CARDS.content).where(_CARDS.id == id))
    return sealed


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(night_cards).where(_CARDS.id == id))


def to_kept(row: Row[Any]) -> KeptCard:
    return KeptCard(row.id, PersonId(row.person), row.made_at, row.goes_at, row.written, row.revision)
