"""Statements about how much people have started."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Executable,
    LargeBinary,
    bindparam,
    case,
    delete,
    literal_column,
    select,
    true,
    union_all,
)

from bot.reports.tables import quotas
from bot.storage.schema import Moment
from bot.storage.tx import Tx
from bot.storage.upsert import upsert


class Counted(NamedTuple):
    """How many were started under a key, and when its span ends."""

    key: bytes
    started: int
    ends_at: datetime


async def count(tx: Tx, ends: Mapping[bytes, datetime], now: datetime) -> list[Counted]:
    """Count one more under each key, in one statement. A span that is over begins again.

    ends: when a span that begins now ends.
    """
    values: dict[str, Any] = {"now": now}
    for number, (key, at) in enumerate(ends.items()):
        values |= {f"key_{number}": key, f"at_{number}": at}
    rows = await tx.all(_counting(len(ends)), values)
    return [Counted(row.key, row.started, row.ends_at) for row in rows]


async def counted(tx: Tx, keys: Sequence[bytes], now: datetime) -> list[Counted]:
    """Return what is counted under these keys in spans that aren't over."""
    q = quotas.c
    rows = await tx.all(select(q.key, q.started, q.ends_at).where(q.key.in_(keys), q.ends_at > now))
    return [Counted(row.key, row.started, row.ends_at) for row in rows]


async def keep(tx: Tx, key: bytes, ends_at: datetime) -> None:
    """Let a row stand under this key until then, or until a later time that it has already."""
    new = upsert(quotas).values({"key": key, "started": 1, "ends_at": ends_at})
    later = case((new.excluded.ends_at > quotas.c.ends_at, new.excluded.ends_at), else_=quotas.c.ends_at)
    await tx.execute(new.on_conflict_do_update(index_elements=[quotas.c.key], set_={"ends_at": later}))


async def stands(tx: Tx, key: bytes, now: datetime) -> bool:
    """Whether there is a row under this key whose time isn't over."""
    found = select(quotas.c.started).where(quotas.c.key == key, quotas.c.ends_at > now)
    return await tx.scalar(found) is not None


async def forget_over(tx: Tx, now: datetime) -> None:
    """Delete what was counted in spans that are over."""
    await tx.execute(delete(quotas).where(quotas.c.ends_at <= now))


@cache
def _counting(keys: int) -> Executable:
    """Return the statement for so many keys.

    It takes its rows from a select, because SQLAlchemy compiles an insert of several values each time.
    """
    rows = union_all(
        *(
            select(
                bindparam(f"key_{number}", type_=LargeBinary).label("key"),
                literal_column("1").label("started"),
                bindparam(f"at_{number}", type_=Moment).label("ends_at"),
            )
            for number in range(keys)
        )
    ).subquery()
    # SQLite needs the condition to tell ON CONFLICT from the ON of a join.
    new = upsert(quotas).from_select(["key", "started", "ends_at"], select(rows).where(true()))
    over = quotas.c.ends_at <= bindparam("now", type_=Moment)
    return new.on_conflict_do_update(
        index_elements=[quotas.c.key],
        set_={
            "started": case((over, 1), else_=quotas.c.started + 1),
            "ends_at": case((over, new.excluded.ends_at), else_=quotas.c.ends_at),
        },
    ).returning(quotas.c.key, quotas.c.started, quotas.c.ends_at)
