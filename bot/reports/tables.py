"""The tables of reports and their readers, of bars, and of how much people have started."""

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

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("reporter", String, nullable=False, index=True),
    Column("about", LargeBinary, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("author", LargeBinary),
    Column("sent_at", Moment),
    Column("done_at", Moment),
    Column("written", Integer, nullable=False),
    Column("content", LargeBinary),
)
readers = Table(
    "report_readers",
    metadata,
    Column("report", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("moderator", String, primary_key=True),
    Column("reads", Boolean, nullable=False),
)
Index(None, readers.c.moderator)
bars = Table(
    "bars",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("account", LargeBinary, nullable=False),
    Column("by", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("report", String),
    Column("reason", LargeBinary),
    Index("ix_bars_server_account", "server", "account"),
)
quotas = Table(
    "quotas",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("started", Integer, nullable=False),
    Column("ends_at", Moment, nullable=False, index=True),
)

LEDGER = (
    Ledger(
        "reports",
        subjects=("reporter",),
        exported=("server", "made_at", "state", "sent_at", "done_at", "content"),
        internal=("id", "about", "author", "written"),
    ),
    Ledger("report_readers", subjects=("moderator",), exported=("report", "reads")),
    Ledger(
        "bars",
        subjects=("by",),
        exported=("server", "made_at", "until", "state", "reason"),
        internal=("id", "account", "report"),
    ),
    # Its keys are hashes of people that nobody can take apart, and a row goes when its span is over.
    Ledger("quotas", internal=tuple(quotas.columns.keys())),
)
