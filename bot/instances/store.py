"""Statements about logins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.instances.tables import logins
from bot.storage.tx import Tx


async def made_since(tx: Tx, since: datetime) -> Sequence[datetime]:
    """Return when logins were made after that time, the earliest first."""
    return [
        row.at for row in await tx.all(select(logins.c.at).where(logins.c.at > since).order_by(logins.c.at))
    ]


async def add(tx: Tx, shard: int, at: datetime) -> None:
    await tx.execute(insert(logins).values(shard=shard, at=at))


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(logins).where(logins.c.at <= before))
