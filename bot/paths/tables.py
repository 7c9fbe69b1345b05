"""The tables of paths, and their ledgers. What people write is sealed; nothing says what happened."""

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


def _path() -> "Column[object]":
    return Column("path", String, ForeignKey("paths.id", ondelete="CASCADE"), nullable=False, index=True)


paths = Table(
    "paths",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("step", String, nullable=False),
    Column("step_since", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("begun_at", Moment),
    Column("zone", String),
    Column("cadence", String),
    Column("day", Integer),
    Column("minute", Integer),
    Column("starts_on", Date),
    Column("next_at", Moment),
    Column("number", Integer, nullable=False),
    Column("ready_at", Moment),
    Column("waits_until", Moment),
    Column("closing", Boolean, nullable=False),
    Column("closed_at", Moment),
    Column("revision", Integer, nullable=False),
    Index("ix_paths_owner_server", "owner", "server"),
)
path_companions = Table(
    "path_companions",
    metadata,
    Column("id", String, primary_key=True),
    _path(),
    Column("server", BigInteger, nullable=False),
    Column("person", String, nullable=False, unique=True),
    Column("since", Moment, nullable=False),
    Column("term_at", Moment, nullable=False),
    Column("hushed_at", Moment),
)
path_invitations = Table(
    "path_invitations",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    Column("member", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("shown_until", Moment),
    Column("state", String, nullable=False),
    Column("withheld", Boolean, nullable=False),
    Index("ix_path_invitations_owner_server_member", "owner", "server", "member", unique=True),
)
path_commitments = Table(
    "path_commitments",
    metadata,
    Column("id", String, primary_key=True),
    _path(),
    Column("owner", String, nullable=False),
    Column("step", String, nullable=False),
    Column("about", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("look_at", Moment),
    Column("said", String),
    Column("said_at", Moment),
    Column("written", Integer, nullable=False),
    Column("text", LargeBinary),
)
path_requests = Table(
    "path_requests",
    metadata,
    Column("id", String, primary_key=True),
    _path(),
    Column("by", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("released_at", Moment),
    Column("withheld", Boolean, nullable=False),
    Column("reader", String),
    Column("text", LargeBinary),
)
path_votes = Table(
    "path_votes",
    metadata,
    Column("path", String, ForeignKey("paths.id", ondelete="CASCADE"), primary_key=True),
    Column("about", String, primary_key=True),
    Column("person", String, primary_key=True, index=True),
    Column("said", String, nullable=False),
    Column("at", Moment, nullable=False),
)
path_answers = Table(
    "path_answers",
    metadata,
    Column("id", String, primary_key=True),
    _path(),
    Column("server", BigInteger, nullable=False),
    Column("person", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("alone", Boolean, nullable=False),
    Column("met", Boolean),
    Column("sense", String),
    Column("told", Boolean, nullable=False),
)
SCHEDULE = ("zone", "cadence", "day", "minute")
LEDGER = (
    Ledger(
        "paths",
        subjects=("owner",),
        exported=(
            "server", "made_at", "step", "step_since", "state", "begun_at", *SCHEDULE, "starts_on", "next_at",
            "ready_at", "waits_until", "closed_at",
        ),
        internal=("id", "number", "closing", "revision"),
    ),
    Ledger(
        "path_companions",
        subjects=("person",),
        exported=("server", "since", "term_at"),
        # It would tell of a boundary.
        internal=("id", "path", "hushed_at"),
    ),
    # As with invitations to a pod, what became of one is the other's decision.
    Ledger(
        "path_invitations",
        subjects=("owner", "member"),
        exported=("server", "made_at"),
        internal=("id", "shown_until", "state", "withheld"),
    ),
    Ledger(
        "path_commitments",
        subjects=("owner",),
        exported=("step", "about", "made_at", "look_at", "said", "said_at", "text"),
        internal=("id", "path", "written", "written_at"),
    ),
    # When a request reached the person depends on the other companions.
    Ledger(
        "path_requests",
        subjects=("by", "reader"),
        exported=("kind", "made_at", "text"),
        internal=("id", "path", "released_at", "withheld"),
    ),
    # One that is hidden from somebody is not theirs, so what was said is exported only with the row.
    Ledger("path_votes", subjects=("person",), exported=("said", "at"), internal=("path", "about")),
    Ledger(
        "path_answers",
        subjects=("person",),
        exported=("server", "asked_at", "alone", "met", "sense", "told"),
        internal=("id", "path", "number"),
    ),
)  # fmt: skip
