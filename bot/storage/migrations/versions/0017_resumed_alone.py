"""Let one partner of a pair have resumed a pause that a boundary lets go on for the other."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("pair_sides", schema=None) as batch_op:
        batch_op.add_column(sa.Column("resumed_on", sa.Date(), nullable=True))
