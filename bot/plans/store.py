"""Statements about plans."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.plans.models import Plan, PlanState
from bot.plans.tables import TEXTS, plans
from bot.storage.tx import Tx

_BY_OWNER = select(plans).where(plans.c.owner == bindparam("whose")).order_by(plans.c.id)

Sealed = dict[str, bytes | None]
"""The values of the columns TEXTS."""


async def add(tx: Tx, plan: Plan, sealed: Sealed) -> None:
    fixed = {"id": plan.id, "owner": plan.owner, "source": plan.source, "server": plan.server}
    await tx.execute(insert(plans).values({**fixed, "revision": 0, **_changing(plan), **sealed}))


async def keep(tx: Tx, plan: Plan, sealed: Sealed | None = None) -> Plan:
    """Store a plan if its row is still as it was read; otherwise raise AlreadyDone."""
    here = (plans.c.id == plan.id, plans.c.revision == plan.revision)
    values = {"revision": plan.revision + 1, **_changing(plan), **(sealed or {})}
    if (await tx.execute(update(plans).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, plan.id)
    if found is None:
        raise AlreadyDone
    return found


async def get(tx: Tx, id: str) -> Plan | None:
    row = await tx.first(select(plans).where(plans.c.id == id))
    return None if row is None else to_plan(row)


async def of(tx: Tx, source: str, owner: PersonId | None = None) -> Plan | None:
    wanted = select(plans).where(plans.c.source == source)
    row = await tx.first(wanted if owner is None else wanted.where(plans.c.owner == owner))
    return None if row is None else to_plan(row)


async def by_owner(tx: Tx, owner: PersonId) -> list[Plan]:
    return [to_plan(row) for row in await tx.all(_BY_OWNER, {"whose": owner})]


async def some_of(tx: Tx, owner: PersonId, most: int) -> list[Plan]:
    """Return at most so many of their plans."""
    return [to_plan(row) for row in await tx.all(_BY_OWNER.limit(most), {"whose": owner})]


async def in_server(tx: Tx, server: ServerId) -> list[Plan]:
    return [to_plan(row) for row in await tx.all(select(plans).where(plans.c.server == server))]


async def sealed(tx: Tx, id: str) -> Row[Any] | None:
    return await tx.first(select(*(plans.c[name] for name in TEXTS)).where(plans.c.id == id))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(plans).where(plans.c.id == id))


def to_plan(row: Row[Any]) -> Plan:
    return Plan(
        row.id,
        PersonId(row.owner),
        row.source,
        None if row.server is None else ServerId(row.server),
        PlanState(row.state),
        row.day_at,
        row.did_at,
        row.month,
        row.goes_at,
        row.written,
        row.revision,
    )


def _changing(plan: Plan) -> dict[str, object]:
    return {
        "state": plan.state.value,
        "day_at": plan.day_at,
        "did_at": plan.did_at,
        "month": plan.month,
        "goes_at": plan.goes_at,
        "written": plan.written,
    }
