"""Statements about the tallies of the current month, and the rounded counts of past months."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, func, select, update

from bot.ids import ServerId
from bot.insights.models import Month
from bot.insights.tables import months, people, tallies
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_new = upsert(tallies)
_ADD = _new.on_conflict_do_update(
    index_elements=["server", "month", "what"], set_={"count": tallies.c.count + _new.excluded.count}
)
_person = upsert(people)
_ADD_PERSON = _person.on_conflict_do_update(
    index_elements=["server", "month", "what", "finger"], set_={"count": people.c["count"] + 1}
)


async def add(tx: Tx, server: ServerId, month: str, what: str, more: int = 1) -> None:
    await tx.execute(_ADD, [{"server": server, "month": month, "what": what, "count": more}])


async def add_person(tx: Tx, server: ServerId, month: str, what: str, finger: bytes) -> None:
    """Count somebody, or once more."""
    row = {"server": server, "month": month, "what": what, "finger": finger, "count": 1}
    await tx.execute(_ADD_PERSON, [row])


async def take_person(tx: Tx, server: ServerId, month: str, what: str, finger: bytes) -> None:
    """Count them once less. After the month nothing happens."""
    c = people.c
    theirs = (c.server == server) & (c.month == month) & (c.what == what) & (c.finger == finger)
    await tx.execute(update(people).where(theirs).values(count=c["count"] - 1))
    await tx.execute(delete(people).where(theirs, c["count"] <= 0))


async def first_counted(tx: Tx) -> str | None:
    """Return the earliest month with a tally."""
    found = [await tx.scalar(select(func.min(table.c.month))) for table in (tallies, people)]
    return min((month for month in found if month is not None), default=None)


async def last_ended(tx: Tx) -> str | None:
    """Return the newest month that was closed."""
    month: str | None = await tx.scalar(select(func.max(months.c.month)))
    return month


async def counted(tx: Tx, month: str) -> dict[ServerId, dict[str, int]]:
    """Return all tallies of a month, by server and by what was counted."""
    found: dict[ServerId, dict[str, int]] = {}
    for row in await tx.all(select(tallies).where(tallies.c.month == month)):
        found.setdefault(ServerId(row.server), {})[row.what] = row._mapping["count"]
    many = select(people.c.server, people.c.what, func.count().label("many")).where(people.c.month == month)
    for row in await tx.all(many.group_by(people.c.server, people.c.what)):
        found.setdefault(ServerId(row.server), {})[row.what] = row.many
    return found


async def close(tx: Tx, ended: Mapping[ServerId, Month], up_to: str, kept_from: str) -> None:
    """Store ended months, and delete the tallies up to `up_to` and the months before `kept_from`."""
    rows = [{"server": server, **asdict(month)} for server, month in ended.items()]
    await tx.execute_all(upsert(months).on_conflict_do_nothing(), rows)
    for table in (tallies, people):
        await tx.execute(delete(table).where(table.c.month <= up_to))
    await tx.execute(delete(months).where(months.c.month < kept_from))


async def latest(tx: Tx, server: ServerId, most: int) -> Sequence[Month]:
    """Return the last months that have ended, the newest last."""
    rows = await tx.all(
        select(months).where(months.c.server == server).order_by(months.c.month.desc()).limit(most)
    )
    return [_month(row) for row in reversed(rows)]


async def forget(tx: Tx, server: ServerId) -> None:
    for table in (tallies, people, months):
        await tx.execute(delete(table).where(table.c.server == server))


def _month(row: Row[Any]) -> Month:
    return Month(row.month, row.members_in, row.askers, row.in_pairs, row.reminders)
