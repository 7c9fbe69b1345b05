"""Limit what a group and its moderators can learn, and for how long things are kept.

Each ask has the days for which its text is kept at most: those of its server, or those that a closed one has
been promised. Months count people, so that the numbers of asks and pairs of older ones are dropped.

The line that something waits is taken down. The messages of open votes are edited, so that they show no
concerns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_days", sa.Integer(), server_default="7", nullable=False))
    op.execute(
        "UPDATE asks SET kept_days = (SELECT retention_days FROM servers WHERE servers.id = asks.server)"
        " WHERE server IN (SELECT id FROM servers)"
    )
    op.execute(
        "UPDATE asks SET kept_days = (SELECT (due_at - closed_at) / 86400000000 FROM agenda"
        " WHERE kind = 'asks.destroyed' AND subject = asks.id) WHERE state = 'closed'"
        " AND id IN (SELECT subject FROM agenda WHERE kind = 'asks.destroyed')"
    )
    with op.batch_alter_table("norm_stands", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_in", sa.Boolean(), server_default="0", nullable=False))
    op.execute("DELETE FROM posts WHERE kind = 'norms.waits' AND message_id IS NULL AND tried_at IS NULL")
    op.execute("UPDATE posts SET wanted = 0, due_at = made_at, tries = 0 WHERE kind = 'norms.waits'")
    op.execute(
        "UPDATE posts SET wanted = wanted + 1, due_at = COALESCE(due_at, made_at) WHERE kind = 'norms.ballot'"
        " AND wanted > 0 AND subject IN (SELECT version FROM norm_ballots WHERE state = 'open')"
    )
    op.create_table(
        "tally_people",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("finger", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", "month", "what", "finger", name=op.f("pk_tally_people")),
    )
    with op.batch_alter_table("insight_months", schema=None) as batch_op:
        batch_op.alter_column("asks", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("pairs", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE insight_months SET asks = NULL, pairs = NULL")
    op.execute("UPDATE insight_months SET members_in = 0 WHERE members_in < 10")
    op.execute("UPDATE insight_months SET reminders = 0 WHERE reminders < 10")
    with op.batch_alter_table("names", schema=None) as batch_op:
        batch_op.create_index(
            "ix_names_named",
            ["person"],
            unique=False,
            sqlite_where=sa.text("came IS 0"),
            postgresql_where=sa.text("came IS false"),
        )
    with op.batch_alter_table("moderators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", sa.BigInteger(), nullable=True))
