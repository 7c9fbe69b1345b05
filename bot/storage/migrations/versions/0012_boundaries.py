"""Let boundaries recognise accounts, and let answers say whether their asker was told of them.

The pair of a boundary becomes an HMAC of two accounts. That takes the keyring, so the bot does it at its next
start; until then `by_account` is false. When a boundary was set is known to the hour alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_HOUR = 3_600_000_000


def upgrade() -> None:
    with op.batch_alter_table("askings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.Boolean(), server_default="0", nullable=False))
    with op.batch_alter_table("boundaries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_account", sa.Boolean(), server_default="0", nullable=False))
    # An answer that a boundary kept from its asker looked as if it had come until they opened it.
    op.execute("UPDATE askings SET reply = 'withheld' WHERE reply = 'answered' AND held AND NOT shown")
    # Nothing was stored of who has looked, so every other answer counts as one that the asker was told of.
    op.execute("UPDATE askings SET told = true WHERE reply = 'answered' OR shown")
    op.execute(f"UPDATE boundaries SET made_at = made_at - made_at % {_HOUR}")
