"""Statements about the reminders that people set before writing to somebody."""

from sqlalchemy import delete, insert, select

from bot.contact.tables import contact_alarms
from bot.ids import PersonId, new_id
from bot.storage.tx import Tx


async def of(tx: Tx, person: PersonId) -> str | None:
    """Return the id of their reminder; None if none is set."""
    id: str | None = await tx.scalar(select(contact_alarms.c.id).where(contact_alarms.c.person == person))
    return id


async def add(tx: Tx, person: PersonId) -> str:
    id = new_id()
    await tx.execute(insert(contact_alarms).values(id=id, person=person))
    return id


async def take(tx: Tx, id: str) -> PersonId | None:
    """Delete a reminder, and return whose it was; None if there is none."""
    person = await tx.scalar(select(contact_alarms.c.person).where(contact_alarms.c.id == id))
    await tx.execute(delete(contact_alarms).where(contact_alarms.c.id == id))
    return None if person is None else PersonId(person)
