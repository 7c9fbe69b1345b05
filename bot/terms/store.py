"""Statements about the terms that people keep."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.terms.models import OwnTerms
from bot.terms.tables import terms

_OF = select(terms).where(terms.c.author == bindparam("whose"))


async def add(tx: Tx, own: OwnTerms, content: bytes) -> None:
    values = {"id": own.id, "author": own.author, "revision": 0, "content": content, **_changing(own)}
    await tx.execute(insert(terms).values(values))


async def keep(tx: Tx, own: OwnTerms, content: bytes | None = None) -> OwnTerms:
    """Store terms if their row is still as it was read; otherwise raise AlreadyDone."""
    here = (terms.c.id == own.id, terms.c.revision == own.revision)
    values: dict[str, object] = {"revision": own.revision + 1, **_changing(own)}
    if content is not None:
        values["content"] = content
    if (await tx.execute(update(terms).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, own.id)
    if found is None:
        raise AlreadyDone
    return found


async def of(tx: Tx, author: PersonId) -> OwnTerms | None:
    row = await tx.first(_OF, {"whose": author})
    return None if row is None else to_terms(row)


async def get(tx: Tx, id: str) -> OwnTerms | None:
    row = await tx.first(select(terms).where(terms.c.id == id))
    return None if row is None else to_terms(row)


async def content(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(terms.c.content).where(terms.c.id == id))
    return sealed


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(terms).where(terms.c.id == id))


def to_terms(row: Row[Any]) -> OwnTerms:
    return OwnTerms(
        row.id, PersonId(row.author), row.made_at, row.goes_at, row.written, row.tells, row.revision
    )


def _changing(own: OwnTerms) -> dict[str, object]:
    return {"made_at": own.made_at, "goes_at": own.goes_at, "written": own.written, "tells": own.tells}
