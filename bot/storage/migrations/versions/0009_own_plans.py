"""Plans that were made from nothing else belong to no server."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.alter_column("server", existing_type=sa.BigInteger(), nullable=True)
