"""The table with the one row about the database itself."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("works_with", String, nullable=False),
    Column("key_check", LargeBinary),
)
"""There is one row, with the id 1.

works_with: the oldest revision whose code works with this schema. A migration that older code can't live with
sets it to its own revision. key_check: what only the keyring of this database gives; NULL until the first
start has written it.
"""

LEDGER = (Ledger("installation", internal=("id", "works_with", "key_check")),)
