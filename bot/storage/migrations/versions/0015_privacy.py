"""Add what is to be deleted from direct messages. An erased person can be taken out of versions and logs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_COLUMNS = {
    "norm_versions": "id, server, number, made_at, norms",
    "config_log": "number, server, at, setting, was, now",
}
"""The columns that never change: all but the one with who wrote the row."""
_NEVER_CHANGED = """\
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OF {columns} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"""

_NEVER_CHANGED_THERE = """\
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def upgrade() -> None:
    op.create_table(
        "dm_deletions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dm_deletions")),
    )
    with op.batch_alter_table("dm_deletions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dm_deletions_person"), ["person"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        for table, columns in _COLUMNS.items():
            op.execute(f"DROP TRIGGER {table}_never_changed ON {table}")
            op.execute(_NEVER_CHANGED_THERE.format(table=table, columns=columns))
        return
    for table, columns in _COLUMNS.items():
        op.execute(f"DROP TRIGGER {table}_never_changed")
        op.execute(_NEVER_CHANGED.format(table=table, columns=columns))
