"""The tables of reminders: a server's, and about nobody but who set them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

reminders = Table(
    "reminders",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("cadence", String, nullable=False),
    Column("day", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", String, nullable=False),
    Column("before", Integer, nullable=False),
    Column("at_least", Integer, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("state", String, nullable=False),
    Column("starts_on", String, nullable=False),
    Column("paused_until", Moment),
    Column("skips", Boolean, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("next_at", Moment),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String, nullable=False),
    Column("revision", Integer, nullable=False),
)
events = Table(
    "reminder_events",
    metadata,
    Column("id", String, primary_key=True),
    Column("reminder", String, ForeignKey("reminders.id", ondelete="CASCADE"), nullable=False),
    Column("event", BigInteger, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("told", Boolean, nullable=False),
)
# Never twice for one event.
Index("uq_reminder_events", events.c.reminder, events.c.event, unique=True)
Index(None, events.c.event)

LEDGER = (
    Ledger(
        "reminders",
        whose=("made_by",),
        told=("server", "kind", "made_at"),
        plumbing=(
            "id", "channel", "cadence", "day", "minute", "zone", "before", "at_least", "quiet_from",
            "quiet_to", "state", "starts_on", "paused_until", "skips", "turn", "next_at", "revision",
        ),
    ),
    Ledger("reminder_events", plumbing=("id", "reminder", "event", "starts_at", "told")),
)  # fmt: skip
