"""The only tables that know Discord accounts. An account is sealed, and found by an HMAC of its id."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata, partial_index

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("finger", LargeBinary, nullable=False, unique=True),
    Column("discord_id", LargeBinary, nullable=False),
    Column("dm_channel", LargeBinary),
    Column("since", Moment, nullable=False),
    Column("zone", String),
    Column("quiet_start", Integer),
    Column("quiet_end", Integer),
    Column("resting_until", Moment),
    Column("minor_since", Moment),
)
strangers = Table(
    "strangers",
    metadata,
    Column("id", String, primary_key=True),
    Column("finger", LargeBinary, nullable=False, unique=True),
)
names = Table(
    "names",
    metadata,
    Column("person", String, primary_key=True),
    Column("server", BigInteger, primary_key=True),
    Column("finger", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("username", LargeBinary),
    Column("revision", Integer, nullable=False),
    Column("came", Boolean, nullable=False),
    Column("checked_at", Moment),
    Column("since", Moment),
)
NAMED = names.c.came.is_(False)
"""The names that only others have given, to people who have not used the bot in that server."""
Index("ix_names_named", names.c.person, **partial_index(NAMED))
consents = Table(
    "consents",
    metadata,
    Column("person", String, nullable=False),
    Column("text", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("person", "text", "version"),
)
LEDGER = (
    Ledger(
        "people",
        subjects=("id",),
        exported=("since", "zone", "quiet_start", "quiet_end", "resting_until", "minor_since", "discord_id"),
        internal=("finger", "dm_channel"),
    ),
    Ledger("strangers", subjects=("id",), internal=("finger",)),
    Ledger(
        "names",
        subjects=("person",),
        exported=("server", "name", "username", "came"),
        internal=("finger", "revision", "checked_at", "since"),
    ),
    Ledger("consents", subjects=("person",), exported=("text", "version", "at")),
)
