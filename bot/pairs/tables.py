"""The tables of pairs, and their ledgers. People are random ids, and all that they write is sealed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

_SCHEDULE = ("cadence", "day", "minute", "weeks")


def _schedule_columns() -> list["Column[object]"]:
    return [
        Column("cadence", String, nullable=False),
        Column("day", Integer, nullable=False),
        Column("minute", Integer, nullable=False),
        Column("weeks", Integer, nullable=False),
    ]


pairs = Table(
    "pairs",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("starter", String, nullable=False, index=True),
    Column("partner", String, index=True),
    Column("state", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    *_schedule_columns(),
    Column("asked_at", Moment),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("declined", Boolean, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("paused_until", Moment),
    Column("paused_by", String),
    Column("ended_at", Moment),
    Column("revision", Integer, nullable=False),
)
sides = Table(
    "pair_sides",
    metadata,
    Column("id", String, primary_key=True),
    Column("pair", String, ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False),
    Column("person", String, nullable=False, index=True),
    Column("zone", String, nullable=False),
    Column("question", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("words", LargeBinary),
    Column("next_day", Date),
    Column("next_at", Moment),
    Column("missed", Integer, nullable=False),
    Column("hushed_until", Moment),
    Column("seen", Boolean, nullable=False),
    Column("told_at", Moment),
    Column("about", String),
    Column("resumed_on", Date),
    Index("ix_pair_sides_pair_person", "pair", "person", unique=True),
)
check_ins = Table(
    "check_ins",
    metadata,
    Column("id", String, primary_key=True),
    Column("pair", String, ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("side", String, nullable=False),
    Column("server", BigInteger, nullable=False),
    Column("person", String, nullable=False),
    Column("partner", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("question", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("last", Boolean, nullable=False),
    Column("status", String),
    Column("written", Integer, nullable=False),
    Column("note", LargeBinary),
    Column("shared_at", Moment),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("seen", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("wish", String),
    Column("wish_held", Boolean, key="wish_withheld", nullable=False),
    Column("revision", Integer, nullable=False),
    Column("moved_to", Moment),
    Index("ix_check_ins_side_day", "side", "day", unique=True),
)
changes = Table(
    "pair_changes",
    metadata,
    Column("pair", String, ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True),
    Column("by", String, primary_key=True),
    *_schedule_columns(),
    Column("made_at", Moment, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("renew", Boolean, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
)
# A pair that never began is its starter's, so the partner's export leaves it out.
LEDGER = (
    Ledger(
        "pairs",
        subjects=("starter", "partner", "paused_by"),
        exported=("server", "state", "made_at", *_SCHEDULE, "asked_at", "ended_at"),
        # Under a boundary a pause is one's own side's alone, and so is its end. Both move these days.
        internal=("id", "withheld", "declined", "revision", "paused_until", "starts_on", "ends_on"),
    ),
    Ledger(
        "pair_sides",
        subjects=("person",),
        exported=("zone", "about", "words", "next_day", "next_at"),
        internal=(
            "hushed_until", "resumed_on", "id", "pair", "question", "written", "missed", "seen", "told_at",
        ),
    ),
    Ledger(
        "check_ins",
        subjects=("person", "partner"),
        exported=(
            "server", "day", "question", "asked_at", "closes_at", "late",
            "status", "note", "shared_at", "moved_to",
        ),
        # A wish also says what the partner answered, which a boundary may keep from them.
        internal=(
            "wish",
            "id", "pair", "side", "last", "written", "withheld", "seen", "told", "wish_withheld", "revision",
        ),
    ),
    Ledger(
        "pair_changes",
        subjects=("by",),
        exported=(*_SCHEDULE, "made_at", "proposed", "renew"),
        internal=("pair", "withheld"),
    ),
)  # fmt: skip
