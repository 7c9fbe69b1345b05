"""Nights."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "night_cards",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("goes_at", sa.BigInteger(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_cards")),
        sa.UniqueConstraint("person", name=op.f("uq_night_cards_person")),
    )
    op.create_table(
        "nights",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("noon_at", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nights")),
    )
    with op.batch_alter_table("nights", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nights_server"), ["server"], unique=False)

    op.create_table(
        "night_hands",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("night", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("quick", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["night"], ["nights.id"], name=op.f("fk_night_hands_night"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_hands")),
    )
    with op.batch_alter_table("night_hands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_night_hands_caller"), ["caller"], unique=False)
        batch_op.create_index("ix_night_hands_night", ["night"], unique=False)

    op.create_table(
        "night_looks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("night", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("looker", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night"], ["nights.id"], name=op.f("fk_night_looks_night"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_looks")),
    )
    with op.batch_alter_table("night_looks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_night_looks_looker"), ["looker"], unique=False)
        batch_op.create_index("ix_night_looks_night_owner_looker", ["night", "owner", "looker"], unique=True)
        batch_op.create_index(batch_op.f("ix_night_looks_owner"), ["owner"], unique=False)

    op.create_table(
        "night_members",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("night", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("home_at", sa.BigInteger(), nullable=True),
        sa.Column("check_at", sa.BigInteger(), nullable=True),
        sa.Column("home_asked_at", sa.BigInteger(), nullable=True),
        sa.Column("missed_at", sa.BigInteger(), nullable=True),
        sa.Column("home_said_at", sa.BigInteger(), nullable=True),
        sa.Column("thanked_at", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night"], ["nights.id"], name=op.f("fk_night_members_night"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_members")),
    )
    with op.batch_alter_table("night_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_night_members_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index("ix_night_members_night_person", ["night", "person"], unique=True)
        batch_op.create_index(batch_op.f("ix_night_members_person"), ["person"], unique=False)
