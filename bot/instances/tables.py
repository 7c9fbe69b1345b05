"""The table of logins, in which the processes of one bot count them together."""

from sqlalchemy import Column, Integer, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

logins = Table(
    "logins",
    metadata,
    Column("at", Moment, primary_key=True),
    Column("shard", Integer, primary_key=True, autoincrement=False),
)

LEDGER = (Ledger("logins", internal=("at", "shard")),)
