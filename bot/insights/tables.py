"""The tallies of the current month, which are never shown, and the rounded counts of past months."""

from sqlalchemy import BigInteger, Column, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata

tallies = Table(
    "tallies",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("month", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
months = Table(
    "insight_months",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("month", String, primary_key=True),
    Column("members_in", Integer, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("reminders", Integer, nullable=False),
)
LEDGER = (
    Ledger("tallies", internal=tuple(tallies.columns.keys())),
    Ledger("insight_months", internal=tuple(months.columns.keys())),
)
