"""Add what an aim is about, and check-ins that were moved to the evening."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("pair_sides", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), nullable=True))
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_to", sa.BigInteger(), nullable=True))
