"""Add what a talk is about. It is unknown of earlier talks, and their texts then leave it open."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), nullable=True))
