"""Add the row about the database itself: with which versions it works, and which keys are its own."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("works_with", sa.String(), nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.execute(f"INSERT INTO installation (id, works_with) VALUES (1, '{revision}')")
