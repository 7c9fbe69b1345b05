"""The table of wrapped data keys, one for each (case, author). Without its row a sealed text is lost."""

from sqlalchemy import (
    Column,
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
LEDGER = (Ledger("data_keys", subjects=("author",), internal=("case", "ring_key", "wrapped")),)
