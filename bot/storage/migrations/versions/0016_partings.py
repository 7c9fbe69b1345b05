"""Let an answerer's part in an ask say that a boundary's parting is over, and a name when Discord was asked.

A report recognises the account of its passage's author, and no longer their id.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.batch_alter_table("askings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parted", sa.Boolean(), server_default="0", nullable=False))
    with op.batch_alter_table("names", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checked_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_author"))
    # It was a keyed hash of the author's id. Without one, the author is looked up when a bar is proposed.
    op.execute("UPDATE reports SET author = NULL")
