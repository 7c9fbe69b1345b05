"""Statements about bars."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.ids import PersonId, ServerId
from bot.reports.models import Bar, BarState
from bot.reports.tables import bars
from bot.storage.tx import Tx

_HOLDING = select(bars).where(bars.c.server == bindparam("here"), bars.c.state == BarState.HOLDS)
_ALL = select(bars).where(bars.c.server == bindparam("here")).order_by(bars.c.made_at, bars.c.id)
_EVERYWHERE = select(bars)
_ONE = select(bars).where(bars.c.id == bindparam("one"))


async def add(tx: Tx, bar: Bar, reason: bytes) -> None:
    await tx.execute(insert(bars).values(**asdict(bar), reason=reason))


async def get(tx: Tx, id: str) -> Bar | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_bar(row)


async def keep(tx: Tx, bar: Bar) -> None:
    await tx.execute(update(bars).where(bars.c.id == bar.id).values(**asdict(bar)))


async def holding(tx: Tx, server: ServerId) -> list[Bar]:
    """Return the bars that hold there: none in nearly every server."""
    return [to_bar(row) for row in await tx.all(_HOLDING, {"here": server})]


async def every(tx: Tx, server: ServerId) -> list[Bar]:
    """Return the bars that hold there, and those that wait for a second moderator, the oldest first."""
    return [to_bar(row) for row in await tx.all(_ALL, {"here": server})]


async def everywhere(tx: Tx) -> list[Bar]:
    """Return the bars of all servers, confirmed or not."""
    return [to_bar(row) for row in await tx.all(_EVERYWHERE)]


async def these(tx: Tx, server: ServerId, ids: Collection[str]) -> list[Bar]:
    """Return those of these bars that are in this server."""
    found = select(bars).where(bars.c.server == server, bars.c.id.in_(ids))
    return [to_bar(row) for row in await tx.all(found)]


async def reason(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(bars.c.reason).where(bars.c.id == id))
    return sealed


async def of_report(tx: Tx, report: str) -> list[Bar]:
    return [to_bar(row) for row in await tx.all(select(bars).where(bars.c.report == report))]


async def proposed_by(tx: Tx, moderator: PersonId) -> list[Bar]:
    """Return the bars that this moderator proposed, in every server, confirmed or not."""
    return [to_bar(row) for row in await tx.all(select(bars).where(bars.c.by == moderator))]


async def remove(tx: Tx, ids: Collection[str]) -> None:
    await tx.execute(delete(bars).where(bars.c.id.in_(ids)))


def to_bar(row: Row[Any]) -> Bar:
    return Bar(
        row.id, ServerId(row.server), row.account, PersonId(row.by), row.made_at, row.until,
        BarState(row.state), row.report,
    )  # fmt: skip
