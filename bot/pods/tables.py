"""The tables of ties and invitations. People are random ids, and there is no text."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table

from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

ties = Table(
    "ties",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    Column("member", String, nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Index("ix_ties_owner_server_member", "owner", "server", "member", unique=True),
)
invitations = Table(
    "invitations",
    metadata,
    Column("id", String, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    Column("member", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("shown_until", Moment),
    Column("state", String, nullable=False),
    Column("held", Boolean, key="withheld", nullable=False),
    Index("ix_invitations_owner_server_member", "owner", "server", "member", unique=True),
)
LEDGER = (
    Ledger("ties", subjects=("owner", "member"), exported=("server", "since"), internal=("id",)),
    # The state of an invitation, and whether it is withheld, is not exported: it is the other's decision.
    Ledger(
        "invitations",
        subjects=("owner", "member"),
        exported=("server", "made_at"),
        internal=("id", "shown_until", "state", "withheld"),
    ),
)
