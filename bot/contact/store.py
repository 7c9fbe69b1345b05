"""The table of reminders that people set before writing to somebody: a random id and the person."""

from sqlalchemy import Column, String, Table, delete, insert, select

from bot.ids import PersonId, new_id
from bot.storage.ledger import Ledger
from bot.storage.schema import metadata
from bot.storage.tx import Tx

contact_alarms = Table(
    "contact_alarms",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False, unique=True),
)
LEDGER = (Ledger("contact_alarms", subjects=("person",), internal=("id",)),)


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
