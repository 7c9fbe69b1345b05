"""The table of wrapped data keys, one for each (case, author), and how far the deletion log was followed.

Without its row in `data_keys` a sealed text is lost.
"""

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata

data_keys = Table(
    "data_keys",
    metadata,
    Column("case", String, primary_key=True),
    Column("author", String, primary_key=True),
    Column("ring_key", String, nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
)
deletion_marks = Table(
    "deletion_marks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),
)
"""How far this database has come in each deletion log. There is a row for each process that has had one."""

LEDGER = (
    Ledger("data_keys", subjects=("author",), internal=("case", "ring_key", "wrapped")),
    Ledger("deletion_marks", internal=("id", "entry")),
)
