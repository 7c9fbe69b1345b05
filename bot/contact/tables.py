"""The table of reminders that people set before writing to somebody: a random id and the person."""

from sqlalchemy import Column, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata

contact_alarms = Table(
    "contact_alarms",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False, unique=True),
)
LEDGER = (Ledger("contact_alarms", subjects=("person",), internal=("id",)),)
