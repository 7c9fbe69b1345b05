"""The table of the agenda: what is due, and when."""

from sqlalchemy import Column, Index, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata, partial_index

agenda = Table(
    "agenda",
    metadata,
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("parked", String),
    # Without a rowid the table itself is the primary key's index: half the file, and one lookup fewer.
    sqlite_with_rowid=False,
)
# With due_at alone SQLite would read every row of a kind. Parked rows are left out, as they would stay first.
Index(None, agenda.c.kind, agenda.c.due_at, **partial_index(agenda.c.parked.is_(None)))

LEDGER = (Ledger("agenda", internal=("kind", "subject", "due_at", "tries", "parked")),)
"""A subject is the random id of a row, never of a person."""
