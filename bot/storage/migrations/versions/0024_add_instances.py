"""Add what several processes of one bot share: when they logged in, and what servers are called."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "logins",
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("at", "shard", name=op.f("pk_logins")),
    )
    op.create_table(
        "server_names",
        sa.Column("server", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("server", name=op.f("pk_server_names")),
    )
