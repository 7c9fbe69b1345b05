"""Statements about the agenda. Each uses one index."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    null,
    select,
    type_coerce,
    update,
)

from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

BATCH, SHARED_BATCH = 500, 50
"""How many timers of a kind are taken in one transaction: in a file, and where other processes may be waiting
for the transaction to end."""

_new = upsert(agenda)
_UNTRIED = {"tries": literal_column("0"), "parked": null()}
_PUT = _new.values(
    kind=bindparam("kind"), subject=bindparam("subject"), due_at=bindparam("due_at"), **_UNTRIED
).on_conflict_do_update(index_elements=["kind", "subject"], set_={"due_at": _new.excluded.due_at, **_UNTRIED})
_NOT_PARKED = (agenda.c.kind == bindparam("a_kind"), agenda.c.parked.is_(None))
_DUE_AT = select(agenda.c.due_at).where(*_NOT_PARKED, agenda.c.subject == bindparam("a_subject"))
_DUE = (*_NOT_PARKED, agenda.c.due_at <= bindparam("now"))
_TAKE = (
    delete(agenda)
    .where(
        agenda.c.kind == bindparam("a_kind"),
        agenda.c.subject.in_(
            select(agenda.c.subject).where(*_DUE).order_by(agenda.c.due_at).limit(bindparam("most"))
        ),
    )
    .returning(type_coerce(agenda.c.due_at, BigInteger), agenda.c.subject)
)
_TAKE_ONE = (
    delete(agenda).where(*_DUE, agenda.c.subject == bindparam("a_subject")).returning(agenda.c.subject)
)


_CLEAR = delete(agenda).where(
    agenda.c.kind.in_(bindparam("kinds", expanding=True)), agenda.c.subject == bindparam("a_subject")
)
_DROP = delete(agenda).where(
    agenda.c.kind == bindparam("a_kind"), agenda.c.subject.in_(bindparam("subjects", expanding=True))
)


async def put(tx: Tx, kind: str, due: Mapping[str, datetime]) -> None:
    """Put subjects on the agenda, or move them to these times. A parked subject is tried again."""
    await tx.execute_all(
        _PUT, [{"kind": kind, "subject": subject, "due_at": at} for subject, at in due.items()]
    )


async def clear(tx: Tx, subject: str, kinds: Sequence[str]) -> None:
    await tx.execute(_CLEAR, [{"kinds": list(kinds), "a_subject": subject}])


async def drop(tx: Tx, kind: str, subjects: Sequence[str]) -> None:
    await tx.execute(_DROP, [{"a_kind": kind, "subjects": list(subjects)}])


async def due_at(tx: Tx, kind: str, subject: str) -> datetime | None:
    at: datetime | None = await tx.scalar(_DUE_AT, {"a_kind": kind, "a_subject": subject})
    return at


async def overdue(tx: Tx, kind: str, now: datetime) -> list[str]:
    rows = await tx.all(select(agenda.c.subject).where(*_DUE), {"a_kind": kind, "now": now})
    return [row.subject for row in rows]


async def parked(tx: Tx) -> Sequence[Row[Any]]:
    return await tx.all(select(agenda).where(agenda.c.parked.is_not(None)))


async def earliest(tx: Tx, kinds: Sequence[str]) -> dict[str, datetime]:
    """Return MIN(due_at) of each kind that has one, with one index lookup per kind."""
    row = await tx.first(_earliest_of(tuple(kinds))) if kinds else None
    return {kind: at for kind, at in zip(kinds, row or (), strict=False) if at is not None}


@lru_cache(maxsize=8)
def _earliest_of(kinds: tuple[str, ...]) -> Select[Any]:
    # Cached, since building the statement took longer than running it.
    queries = (
        select(func.min(agenda.c.due_at)).where(agenda.c.kind == kind, agenda.c.parked.is_(None))
        for kind in kinds
    )
    return select(*(query.scalar_subquery() for query in queries))


async def take(tx: Tx, kind: str, now: datetime, most: int) -> list[str]:
    """Take at most `most` due subjects off the agenda, the earliest first."""
    rows = (await tx.execute(_TAKE, [{"a_kind": kind, "now": now, "most": most}])).all()
    return [subject for _, subject in sorted(map(tuple, rows))]


async def take_one(tx: Tx, kind: str, subject: str, now: datetime) -> bool:
    """Take this subject off the agenda if it is still due; return whether it was."""
    taken = await tx.execute(_TAKE_ONE, [{"a_kind": kind, "a_subject": subject, "now": now}])
    return taken.first() is not None


async def tries(tx: Tx, kind: str, subject: str) -> int:
    return int(
        await tx.scalar(select(agenda.c.tries).where(agenda.c.kind == kind, agenda.c.subject == subject)) or 0
    )


async def hold_back(tx: Tx, kind: str, subject: str, tries: int, changes: Mapping[str, Any]) -> None:
    """Record a failed try: `changes` holds a later `due_at`, or the error's type as `parked`."""
    await tx.execute(
        update(agenda)
        .where(agenda.c.kind == kind, agenda.c.subject == subject)
        .values(tries=tries, **changes)
    )
