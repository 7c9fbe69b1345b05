"""The tables of norms. The database itself refuses to change a version."""

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
    UniqueConstraint,
)

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata, partial_index
from bot.storage.triggers import written_once

versions = Table(
    "norm_versions",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String, nullable=False),
    Column("norms", String, nullable=False),
    UniqueConstraint("server", "number"),
)
written_once(versions, same="id = NEW.id OR (server = NEW.server AND number = NEW.number)")
ballots = Table(
    "norm_ballots",
    metadata,
    Column("version", String, ForeignKey("norm_versions.id"), primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("share", Integer, nullable=False),
    Column("least", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("closed_at", Moment),
    Column("yes", Integer, nullable=False),
    Column("concerns", Integer, nullable=False),
)
# A server has at most one open proposal.
Index("uq_norm_ballots_open", ballots.c.server, unique=True, **partial_index(ballots.c.state == "open"))
stands = Table(
    "norm_stands",
    metadata,
    Column("version", String, ForeignKey("norm_versions.id"), primary_key=True),
    Column("person", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("stand", String, nullable=False),
    Column("shown_in", Boolean, nullable=False, server_default="0"),
    Column("at", Moment, nullable=False),
)
Index(None, stands.c.person)
drafts = Table(
    "norm_drafts",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("norms", String, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("revision", Integer, nullable=False),
)
notes = Table(
    "norm_notes",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("version", String),
    Column("person", String, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("done_at", Moment),
    Column("text", LargeBinary),
    Column("written", Integer, nullable=False),
)
readers = Table(
    "norm_readers",
    metadata,
    Column("note", String, ForeignKey("norm_notes.id", ondelete="CASCADE"), primary_key=True),
    Column("moderator", String, primary_key=True),
    Column("reads", Boolean, nullable=False),
)
Index(None, readers.c.moderator)

LEDGER = (
    Ledger(
        "norm_versions",
        subjects=("made_by",),
        exported=("server", "number", "made_at"),
        internal=("id", "norms"),
    ),
    Ledger("norm_ballots", internal=tuple(ballots.columns.keys())),
    Ledger(
        "norm_stands",
        subjects=("person",),
        exported=("version", "server", "stand", "at"),
        internal=("shown_in",),
    ),
    Ledger(
        "norm_drafts",
        subjects=("changed_by",),
        exported=("server", "changed_at"),
        internal=("norms", "revision"),
    ),
    Ledger(
        "norm_notes",
        subjects=("person",),
        exported=("server", "kind", "version", "state", "made_at", "sent_at", "done_at", "text"),
        internal=("id", "written"),
    ),
    Ledger("norm_readers", subjects=("moderator",), exported=("note", "reads")),
)
