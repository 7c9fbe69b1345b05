"""The tables of terms and of who carries them. What people write is sealed. Nothing here names a path."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

terms = Table(
    "terms",
    metadata,
    Column("id", String, primary_key=True),
    Column("author", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("goes_at", Moment, nullable=False),
    Column("written", Integer, nullable=False),
    Column("tells", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_terms_author", "author", unique=True),
)
carryings = Table(
    "carryings",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("author", String, nullable=False),
    Column("carrier", String, nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("shown_until", Moment),
    Column("state", String, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("rests_until", Moment),
    Column("let", Integer),
    Column("given", Integer),
    Column("stale", Boolean, nullable=False),
    Column("seen", Boolean, nullable=False),
    Column("said", String),
    Column("came", String),
    Column("came_at", Moment),
    Column("came_seen", Boolean, nullable=False),
    Column("ended_at", Moment),
    Column("content", LargeBinary),
    Column("revision", Integer, nullable=False),
    Index("ix_carryings_author_carrier", "author", "carrier", unique=True),
)
LEDGER = (
    Ledger(
        "terms",
        subjects=("author",),
        exported=("content", "made_at", "goes_at", "tells"),
        internal=("id", "written", "revision"),
    ),
    # What became of it is not exported: it is the other's decision, or would tell of a boundary. The copy
    # of the carrier is its author's, who has it in their terms.
    Ledger(
        "carryings",
        subjects=("author", "carrier"),
        exported=("server", "asked_at"),
        internal=(
            "id", "made_at", "shown_until", "state", "withheld", "rests_until", "let", "given", "stale",
            "seen", "said", "came", "came_at", "came_seen", "ended_at", "content", "revision",
        ),
    ),
)  # fmt: skip
