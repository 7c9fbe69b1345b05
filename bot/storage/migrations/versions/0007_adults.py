"""Add the role of a server's adults, and let the default threshold follow the size of the server.

A server whose moderators never set the threshold had 5, which was the default, and has the new default now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "adults",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("server", "person", name=op.f("pk_adults")),
    )
    with op.batch_alter_table("adults", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adults_person"), ["person"], unique=False)
    with op.batch_alter_table("servers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("adult_role", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE servers SET ratify_least = 0 WHERE ratify_least = 5"
        " AND id NOT IN (SELECT server FROM config_log WHERE setting = 'ratify_least')"
    )
