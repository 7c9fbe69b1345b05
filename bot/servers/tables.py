"""The tables of a server: its settings, its moderators, its adults, its local helplines, and the log."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata
from bot.storage.triggers import written_once

servers = Table(
    "servers",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("retention_days", Integer, nullable=False),
    Column("country", String),
    Column("minors", Boolean, nullable=False),
    Column("newcomer_days", Integer, nullable=False, server_default="3"),
    Column("norms_channel", BigInteger),
    Column("mods_channel", BigInteger),
    Column("ratify_direct", Boolean, nullable=False, server_default="0"),
    Column("ratify_share", Integer, nullable=False, server_default="67"),
    Column("ratify_least", Integer, nullable=False, server_default="5"),
    Column("ratify_days", Integer, nullable=False, server_default="7"),
    Column("gone_at", Moment),
    Column("adult_role", BigInteger),
)
moderators = Table(
    "moderators",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("person", String, primary_key=True),
    Column("seen_at", Moment, nullable=False),
    Column("asked_at", Moment),
)
adults = Table(
    "adults",
    metadata,
    Column("server", BigInteger, primary_key=True),
    Column("person", String, primary_key=True, index=True),
    Column("holds", Boolean, nullable=False),
)
local_lines = Table(
    "local_lines",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("name", String, nullable=False),
    Column("reach", String, nullable=False),
    Column("whom", String, nullable=False),
    Column("doors", String, key="topics", nullable=False),
)
server_names = Table(
    "server_names",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
)
config_log = Table(
    "config_log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String, nullable=False),
    Column("setting", String, nullable=False),
    Column("was", String, nullable=False),
    Column("now", String, nullable=False),
)
written_once(config_log, same="number = NEW.number", but="who")
LEDGER = (
    Ledger("servers", internal=tuple(servers.columns.keys())),
    Ledger("moderators", subjects=("person",), exported=("server", "seen_at"), internal=("asked_at",)),
    Ledger("adults", subjects=("person",), exported=("server", "holds")),
    Ledger("local_lines", internal=tuple(local_lines.columns.keys())),
    Ledger("server_names", internal=tuple(server_names.columns.keys())),
    Ledger(
        "config_log",
        subjects=("who",),
        exported=("server", "at", "setting", "was", "now"),
        internal=("number",),
    ),
)
