"""Statements about requests."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, insert, select, update

from bot.ids import PersonId
from bot.paths.request import Request, RequestKind
from bot.paths.tables import path_requests
from bot.storage.tx import Tx


async def add(tx: Tx, request: Request, sealed: bytes) -> Request:
    await tx.execute(insert(path_requests).values({**asdict(request), "text": sealed}))
    return request


async def release(tx: Tx, request: Request, sealed: bytes | None) -> None:
    """Store that a request was released, with its sentence sealed for the person on the path."""
    there = update(path_requests).where(path_requests.c.id == request.id)
    await tx.execute(there.values({**asdict(request), "text": sealed}))


async def text(tx: Tx, id: str) -> bytes | None:
    """Return the sealed sentence of a request."""
    found: bytes | None = await tx.scalar(select(path_requests.c.text).where(path_requests.c.id == id))
    return found


async def get(tx: Tx, id: str) -> Request | None:
    row = await tx.first(select(path_requests).where(path_requests.c.id == id))
    return None if row is None else to_request(row)


async def of(tx: Tx, path: str) -> list[tuple[Request, bytes | None]]:
    """Return a path's requests, the oldest first, each with its sealed sentence."""
    r = path_requests.c
    rows = await tx.all(select(path_requests).where(r.path == path).order_by(r.made_at, r.id))
    return [(to_request(row), row.text) for row in rows]


async def by(tx: Tx, person: PersonId) -> list[Request]:
    """Return every request that this person entered."""
    return [
        to_request(row) for row in await tx.all(select(path_requests).where(path_requests.c.by == person))
    ]


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(path_requests).where(path_requests.c.id == id))


async def unname(tx: Tx, request: Request, instead: PersonId) -> None:
    """Let a request name somebody who isn't known. Its sentence stays if it has a reader."""
    there = update(path_requests).where(path_requests.c.id == request.id)
    gone = {} if request.reader is not None else {"text": None}
    await tx.execute(there.values({"by": instead, **gone}))


def to_request(row: Row[Any]) -> Request:
    values = {name: getattr(row, name) for name in Request.__struct_fields__}
    return Request(**{**values, "kind": RequestKind(row.kind)})
