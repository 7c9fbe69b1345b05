"""One reminder before each occurrence of an event, rather than before each event."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("reminder_events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("occurrence", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.drop_index(batch_op.f("uq_reminder_events"))
        batch_op.create_index("uq_reminder_events", ["reminder", "event", "occurrence"], unique=True)
