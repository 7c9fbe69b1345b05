"""The table of plans. What people write is sealed."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

plans = Table(
    "plans",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("server", BigInteger),
    Column("state", String, nullable=False),
    Column("day_at", Moment),
    Column("did_at", Moment),
    Column("month", Integer, nullable=False),
    Column("goes_at", Moment),
    Column("written", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("action", LargeBinary),
    Column("different", LargeBinary),
    Column("stay_away", LargeBinary),
    Index("ix_plans_source_owner", "source", "owner", unique=True),
)
TEXTS = ("action", "different", "stay_away")
"""The columns with what people write."""
LEDGER = (
    Ledger(
        "plans",
        subjects=("owner",),
        exported=("server", "state", "day_at", "did_at", "month", "goes_at", *TEXTS),
        internal=("id", "source", "written", "revision"),
    ),
)
