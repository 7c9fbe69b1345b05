"""Add reports, bars and quotas, and whether somebody has opened the text of an ask that was put to them.

Whoever has answered an ask, or said that it is too much for friends, had opened it. Of a "can't" that isn't
known, so it counts as unopened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "bars",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bars")),
    )
    with op.batch_alter_table("bars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bars_by"), ["by"], unique=False)
        batch_op.create_index("ix_bars_server_account", ["server", "account"], unique=False)
    op.create_table(
        "quotas",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_quotas")),
    )
    with op.batch_alter_table("quotas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotas_ends_at"), ["ends_at"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("about", name=op.f("uq_reports_about")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_reporter"), ["reporter"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_server"), ["server"], unique=False)
    op.create_table(
        "report_readers",
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("moderator", sa.String(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_report_readers_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "moderator", name=op.f("pk_report_readers")),
    )
    with op.batch_alter_table("report_readers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_readers_moderator"), ["moderator"], unique=False)
    with op.batch_alter_table("askings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened", sa.Boolean(), server_default="0", nullable=False))
    op.execute(
        "UPDATE askings SET opened = true"
        " WHERE reply IN ('reading', 'answered', 'withheld', 'beyond', 'danger')"
    )
