"""The tables of talks and requests. People are random ids, and there is no text."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

talks = Table(
    "talks",
    metadata,
    Column("id", String, primary_key=True),
    Column("asker", String, nullable=False, index=True),
    Column("server", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("day", Moment),
    Column("goes_at", Moment),
    Column("seen", Boolean, nullable=False),
    Column("about", String),
    Column("revision", Integer, nullable=False),
)
requests = Table(
    "talk_requests",
    metadata,
    Column("id", String, primary_key=True),
    Column("talk", String, ForeignKey("talks.id", ondelete="CASCADE"), nullable=False),
    Column("person", String, nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
    Column("reply", String),
    Index("ix_talk_requests_talk_person", "talk", "person", unique=True),
)
LEDGER = (
    Ledger(
        "talks",
        subjects=("asker",),
        exported=("server", "about"),
        # State, day and when it is deleted follow from what the other said, also if a boundary of theirs
        # keeps that from the asker.
        internal=("state", "day", "goes_at", "id", "questions", "seen", "revision"),
    ),
    # An export leaves out requests that the person it names didn't agree to.
    Ledger(
        "talk_requests",
        subjects=("person",),
        exported=("asked_at", "reply"),
        internal=("id", "talk", "place", "withheld"),
    ),
)
