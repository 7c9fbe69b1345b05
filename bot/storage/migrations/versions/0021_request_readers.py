"""Let a request name the person whom it has reached, with whose key its sentence is sealed from then on."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    with op.batch_alter_table("path_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reader", sa.String(), nullable=True))
