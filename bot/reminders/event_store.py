"""Statements about the occurrences of scheduled events before which reminders are posted."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, select, update

from bot.ids import ServerId
from bot.reminders.models import Expected
from bot.reminders.tables import events, reminders
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_new = upsert(events)
_KEEP = _new.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _new.excluded[name] for name in ("starts_at", "told", "occurrence")},
)
_TOLD = update(events).where(events.c.id == bindparam("was_id"))
_THESE = select(events).where(events.c.id.in_(bindparam("these", expanding=True)))
_HERE = (
    select(events)
    .join(reminders, reminders.c.id == events.c.reminder)
    .where(reminders.c.server == bindparam("here"))
    .order_by(events.c.starts_at, events.c.event)
)


async def keep(tx: Tx, expected: Sequence[Expected]) -> None:
    """Add these expected occurrences, or update those that are stored."""
    await tx.execute_all(_KEEP, [asdict(one) for one in expected])


async def told(tx: Tx, expected: Sequence[Expected]) -> None:
    """Mark these occurrences as done: nothing is posted before them any more."""
    await tx.execute_all(_TOLD, [{"was_id": one.id, "told": True} for one in expected])


async def these(tx: Tx, ids: Sequence[str]) -> list[Expected]:
    return [_expected(row) for row in await tx.all(_THESE, {"these": list(ids)})]


async def of_server(tx: Tx, server: ServerId) -> list[Expected]:
    """Return the expected occurrences of all reminders of a server, the earliest first."""
    return [_expected(row) for row in await tx.all(_HERE, {"here": server})]


async def to_come(tx: Tx) -> list[Expected]:
    """Return the expected occurrences, in all servers, before which something may still be posted."""
    return [_expected(row) for row in await tx.all(select(events).where(events.c.told.is_(False)))]


async def remove(tx: Tx, ids: Sequence[str]) -> None:
    await tx.execute(delete(events).where(events.c.id.in_(ids)))


def _expected(row: Row[Any]) -> Expected:
    return Expected(**row._mapping)
