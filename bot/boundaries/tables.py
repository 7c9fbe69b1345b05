"""The table of boundaries. The owner is a random id, the other person is sealed, the pair is an HMAC."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

boundaries = Table(
    "boundaries",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("pair", LargeBinary, nullable=False, index=True),
    Column("other", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("by_account", Boolean, nullable=False, server_default="0"),
    Index("ix_boundaries_owner_pair", "owner", "pair", unique=True),
)
LEDGER = (
    Ledger(
        "boundaries",
        subjects=("owner",),
        exported=("other", "made_at"),
        internal=("id", "pair", "by_account"),
    ),
)
