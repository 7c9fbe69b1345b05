"""Statements about nights."""

from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, insert, select, update

from bot.errors import AlreadyDone
from bot.ids import ServerId
from bot.nights.models import WATCHED_FROM, Night
from bot.nights.tables import nights
from bot.storage.tx import Tx


async def add(tx: Tx, night: Night) -> None:
    await tx.execute(insert(nights).values(asdict(night)))


async def keep(tx: Tx, night: Night) -> Night:
    """Store a night if its row is still as it was read; otherwise raise AlreadyDone."""
    here = (nights.c.id == night.id, nights.c.revision == night.revision)
    values = {**asdict(night), "revision": night.revision + 1}
    if (await tx.execute(update(nights).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, night.id)
    if found is None:
        raise AlreadyDone
    return found


async def get(tx: Tx, id: str) -> Night | None:
    row = await tx.first(select(nights).where(nights.c.id == id))
    return None if row is None else to_night(row)


async def in_server(tx: Tx, server: ServerId) -> list[Night]:
    rows = await tx.all(select(nights).where(nights.c.server == server).order_by(nights.c.id))
    return [to_night(row) for row in rows]


async def every(tx: Tx) -> list[Night]:
    return [to_night(row) for row in await tx.all(select(nights).order_by(nights.c.starts_at, nights.c.id))]


async def watched(tx: Tx, now: datetime) -> list[Night]:
    """Return the nights in which somebody can call for a hand now."""
    on = (nights.c.starts_at <= now + WATCHED_FROM, nights.c.noon_at > now)
    return [to_night(row) for row in await tx.all(select(nights).where(*on).order_by(nights.c.id))]


async def remove(tx: Tx, id: str) -> None:
    """Delete a night, and with it everybody in it, who looks out for whom, and all calls."""
    await tx.execute(delete(nights).where(nights.c.id == id))


def to_night(row: Row[Any]) -> Night:
    return Night(
        row.id,
        ServerId(row.server),
        row.zone,
        row.starts_at,
        row.ends_at,
        row.noon_at,
        row.channel,
        row.revision,
    )
