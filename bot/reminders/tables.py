"""The tables of reminders. They belong to servers, and are about nobody but the moderator who set them."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

reminders = Table(
    "reminders",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("zone", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("cadence", String, nullable=False),
    Column("day", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("at_least", Integer, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("state", String, nullable=False),
    Column("paused_until", Moment),
    Column("turn", Integer, nullable=False),
    Column("next_at", Moment),
)
events = Table(
    "reminder_events",
    metadata,
    Column("id", String, primary_key=True),
    Column("reminder", String, ForeignKey("reminders.id", ondelete="CASCADE"), nullable=False),
    Column("event", BigInteger, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("occurrence", BigInteger, nullable=False, server_default="0"),
)
# A reminder is posted at most once before an occurrence of an event.
Index("uq_reminder_events", events.c.reminder, events.c.event, events.c.occurrence, unique=True)

LEDGER = (
    Ledger(
        "reminders",
        subjects=("made_by",),
        exported=("server", "kind", "made_at"),
        internal=(
            "id", "channel", "zone", "starts_on", "cadence", "day", "minute", "before", "at_least",
            "quiet_from", "quiet_to", "state", "paused_until", "turn", "next_at",
        ),
    ),
    Ledger("reminder_events", internal=("id", "reminder", "event", "starts_at", "told", "occurrence")),
)  # fmt: skip
