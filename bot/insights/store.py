"""Statements about the tallies of the current month, and the rounded counts of past months."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ids import ServerId
from bot.insights.models import Month
from bot.insights.tables import months, tallies
from bot.storage.tx import Tx

_new = upsert(tallies)
_ADD = _new.on_conflict_do_update(
    index_elements=["server", "month", "what"], set_={"count": tallies.c.count + _new.excluded.count}
)


async def add(tx: Tx, server: ServerId, month: str, what: str, more: int = 1) -> None:
    await tx.execute(_ADD, [{"server": server, "month": month, "what": what, "count": more}])


async def first_counted(tx: Tx) -> str | None:
    """Return the earliest month with a tally."""
    month: str | None = await tx.scalar(select(func.min(tallies.c.month)))
    return month


async def last_ended(tx: Tx) -> str | None:
    """Return the newest month that was closed."""
    month: str | None = await tx.scalar(select(func.max(months.c.month)))
    return month


async def counted(tx: Tx, month: str) -> dict[ServerId, dict[str, int]]:
    """Return all tallies of a month, by server and by what was counted."""
    found: dict[ServerId, dict[str, int]] = {}
    for row in await tx.all(select(tallies).where(tallies.c.month == month)):
        found.setdefault(ServerId(row.server), {})[row.what] = row._mapping["count"]
    return found


async def close(tx: Tx, ended: Mapping[ServerId, Month], up_to: str, kept_from: str) -> None:
    """Store ended months, and delete the tallies up to `up_to` and the months before `kept_from`."""
    rows = [{"server": server, **asdict(month)} for server, month in ended.items()]
    await tx.execute_all(upsert(months).on_conflict_do_nothing(), rows)
    await tx.execute(delete(tallies).where(tallies.c.month <= up_to))
    await tx.execute(delete(months).where(months.c.month < kept_from))


async def latest(tx: Tx, server: ServerId, most: int) -> Sequence[Month]:
    """Return the last months that have ended, the newest last."""
    rows = await tx.all(
        select(months).where(months.c.server == server).order_by(months.c.month.desc()).limit(most)
    )
    return [_month(row) for row in reversed(rows)]


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(tallies).where(tallies.c.server == server))
    await tx.execute(delete(months).where(months.c.server == server))


def _month(row: Row[Any]) -> Month:
    return Month(row.month, row.members_in, row.asks, row.pairs, row.reminders)
