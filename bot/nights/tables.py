"""The tables of nights. What people write is sealed, and all of it goes a day after the night.

`night_cards` has what somebody kept of their own for next time. Nothing here says who planned a night, where
it is, or what happened in it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata


def _night() -> "Column[object]":
    return Column("night", String, ForeignKey("nights.id", ondelete="CASCADE"), nullable=False)


nights = Table(
    "nights",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("zone", String, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("noon_at", Moment, nullable=False),
    Column("channel", BigInteger),
    Column("revision", Integer, nullable=False),
)
night_members = Table(
    "night_members",
    metadata,
    Column("id", String, primary_key=True),
    _night(),
    Column("server", BigInteger, nullable=False),
    Column("person", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("asked_by", String, index=True),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("home_at", Moment),
    Column("check_at", Moment),
    Column("home_asked_at", Moment),
    Column("missed_at", Moment),
    Column("home_said_at", Moment),
    Column("thanked_at", Moment),
    Column("written", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("revision", Integer, nullable=False),
    Index("ix_night_members_night_person", "night", "person", unique=True),
)
night_looks = Table(
    "night_looks",
    metadata,
    Column("id", String, primary_key=True),
    _night(),
    Column("server", BigInteger, nullable=False),
    Column("owner", String, nullable=False, index=True),
    Column("looker", String, nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("ended_at", Moment),
    Column("revision", Integer, nullable=False),
    Index("ix_night_looks_night_owner_looker", "night", "owner", "looker", unique=True),
)
night_hands = Table(
    "night_hands",
    metadata,
    Column("id", String, primary_key=True),
    _night(),
    Column("server", BigInteger, nullable=False),
    Column("caller", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("quick", String),
    Index("ix_night_hands_night", "night"),
)
night_cards = Table(
    "night_cards",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("goes_at", Moment, nullable=False),
    Column("written", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
)
LEDGER = (
    Ledger("nights", internal=tuple(nights.columns.keys())),
    # What became of an invitation or a wish is not exported: it is the other's decision, or would tell of a
    # boundary.
    Ledger(
        "night_members",
        subjects=("person", "asked_by"),
        exported=("server", "content", "home_at", "check_at", "home_said_at"),
        internal=(
            "id", "night", "made_at", "state", "withheld", "home_asked_at", "missed_at", "thanked_at",
            "written", "revision",
        ),
    ),
    Ledger(
        "night_looks",
        subjects=("owner", "looker"),
        exported=("server", "asked_at"),
        internal=("id", "night", "state", "shown", "withheld", "ended_at", "revision"),
    ),
    Ledger(
        "night_hands",
        subjects=("caller",),
        exported=("server", "made_at", "quick"),
        internal=("id", "night"),
    ),
    Ledger(
        "night_cards",
        subjects=("person",),
        exported=("content", "made_at", "goes_at"),
        internal=("id", "written", "revision"),
    ),
)  # fmt: skip
