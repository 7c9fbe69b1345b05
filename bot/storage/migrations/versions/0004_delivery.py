"""Delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "delivery_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "outcome", "code", name=op.f("pk_delivery_counts")),
    )
    op.create_table(
        "delivery_failures",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_failures")),
    )
    op.create_index(op.f("ix_delivery_failures_ended_at"), "delivery_failures", ["ended_at"], unique=False)
    op.create_index(op.f("ix_delivery_failures_server"), "delivery_failures", ["server"], unique=False)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_until", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("holder", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("hindered_since", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("last_code", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_outbox_held_until"),
            ["held_until"],
            unique=False,
            sqlite_where=sa.text("held_until IS NOT NULL"),
            postgresql_where=sa.text("held_until IS NOT NULL"),
        )

    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_until", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("holder", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("hindered_since", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("last_code", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_posts_held_until"),
            ["held_until"],
            unique=False,
            sqlite_where=sa.text("held_until IS NOT NULL"),
            postgresql_where=sa.text("held_until IS NOT NULL"),
        )

    # A post that is being taken down must not keep the next one about its subject from being written.
    op.drop_index("uq_posts_pending", table_name="posts")
    op.create_index(
        "uq_posts_pending",
        "posts",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("shown = 0 AND wanted != 0"),
        postgresql_where=sa.text("shown = 0 AND wanted != 0"),
    )
