"""Keep from moderators what a count or a line in their channel told them of a note that they can't read.

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
