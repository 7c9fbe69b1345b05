"""Statements about local helplines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from bot.ids import ServerId
from bot.servers.models import LocalLine
from bot.servers.tables import local_lines
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_ALL = select(local_lines).order_by(local_lines.c.made_at, local_lines.c.id)


async def every(tx: Tx) -> list[tuple[ServerId, LocalLine]]:
    """Return the helplines of all servers, the oldest first in each server."""
    return [(ServerId(row.server), _line(row)) for row in await tx.all(_ALL)]


async def of(tx: Tx, server: ServerId) -> list[LocalLine]:
    """Return the helplines of a server, the oldest first."""
    return [_line(row) for row in await tx.all(_ALL.where(local_lines.c.server == server))]


async def taken(tx: Tx, id: str) -> bool:
    """Whether any server has a helpline with this id."""
    return await tx.first(select(local_lines.c.id).where(local_lines.c.id == id)) is not None


async def keep(tx: Tx, server: ServerId, line: LocalLine, now: datetime) -> None:
    """Insert a helpline, or update its text; `made_at` doesn't change."""
    words = {"name": line.name, "reach": line.reach, "whom": line.whom, "topics": " ".join(line.topics)}
    kept = upsert(local_lines).values(id=line.id, server=server, made_at=now, **words)
    await tx.execute(kept.on_conflict_do_update(index_elements=["id"], set_=words))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(local_lines).where(local_lines.c.id == id))


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(local_lines).where(local_lines.c.server == server))


def _line(row: Row[Any]) -> LocalLine:
    topics: Sequence[str] = row.topics.split()
    return LocalLine(row.id, row.name, row.reach, row.whom, tuple(topics))
