"""The tallies of the current month, which are never shown, and the rounded counts of past months.

`tally_people` says who is in a tally by a keyed hash only, and is emptied when its month ends.
"""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table

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
people = Table(
    "tally_people",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("month", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("finger", LargeBinary, primary_key=True),
    Column("count", Integer, nullable=False),
)
months = Table(
    "insight_months",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("month", String, primary_key=True),
    Column("members_in", Integer, nullable=False),
    Column("asks", Integer, key="askers"),
    Column("pairs", Integer, key="in_pairs"),
    Column("reminders", Integer, nullable=False),
)
LEDGER = (
    Ledger("tallies", internal=tuple(tallies.columns.keys())),
    Ledger("tally_people", internal=tuple(people.columns.keys())),
    Ledger("insight_months", internal=tuple(months.columns.keys())),
)
