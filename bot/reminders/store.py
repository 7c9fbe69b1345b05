"""Statements about reminders. Rows become models here."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.ids import PersonId, ServerId
from bot.reminders.models import Reminder, ReminderKind, ReminderState
from bot.reminders.tables import reminders
from bot.scheduling.cadence import Cadence
from bot.storage.tx import Tx

_ONE = select(reminders).where(reminders.c.id == bindparam("one"))
_THESE = select(reminders).where(reminders.c.id.in_(bindparam("these", expanding=True)))
_HERE = (
    select(reminders)
    .where(reminders.c.server == bindparam("here"))
    .order_by(reminders.c.made_at, reminders.c.id)
)
_NEXT = update(reminders).where(reminders.c.id == bindparam("was_id"))


async def add(tx: Tx, reminder: Reminder) -> Reminder:
    await tx.execute(insert(reminders).values(**asdict(reminder)))
    return reminder


async def get(tx: Tx, id: str) -> Reminder | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else _reminder(row)


async def these(tx: Tx, ids: Sequence[str]) -> list[Reminder]:
    return [_reminder(row) for row in await tx.all(_THESE, {"these": list(ids)})]


async def of_server(tx: Tx, server: ServerId) -> list[Reminder]:
    """Return the reminders of a server, the oldest first."""
    return [_reminder(row) for row in await tx.all(_HERE, {"here": server})]


async def how_many(tx: Tx, server: ServerId) -> int:
    return int(
        await tx.scalar(select(func.count()).select_from(reminders).where(reminders.c.server == server))
    )


async def waiting(tx: Tx) -> list[Reminder]:
    """Return all reminders that have a next time."""
    return [_reminder(row) for row in await tx.all(select(reminders).where(reminders.c.next_at.is_not(None)))]


async def keep(tx: Tx, reminder: Reminder) -> Reminder:
    await tx.execute(update(reminders).where(reminders.c.id == reminder.id).values(**asdict(reminder)))
    return reminder


async def keep_next(tx: Tx, moved: Sequence[Reminder]) -> None:
    """Store the next times of these reminders."""
    await tx.execute_all(_NEXT, [{"was_id": one.id, "next_at": one.next_at} for one in moved])


async def posted(tx: Tx, id: str) -> None:
    """Count one more post of the reminder."""
    await tx.execute(update(reminders).where(reminders.c.id == id).values(turn=reminders.c.turn + 1))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(reminders).where(reminders.c.id == id))


async def any_by(tx: Tx, person: PersonId) -> bool:
    """Whether this person set any reminder."""
    return await tx.scalar(select(reminders.c.id).where(reminders.c.made_by == person).limit(1)) is not None


async def unname(tx: Tx, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of whoever set a reminder."""
    await tx.execute(update(reminders).where(reminders.c.made_by == person).values(made_by=instead))


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(reminders).where(reminders.c.server == server))


def _reminder(row: Row[Any]) -> Reminder:
    values = dict(row._mapping)
    return Reminder(
        **{
            **values,
            "server": ServerId(row.server),
            "made_by": PersonId(row.made_by),
            "kind": ReminderKind(row.kind),
            "state": ReminderState(row.state),
            "cadence": Cadence(row.cadence),
        }
    )
