"""Add paths: the path itself, companions and invitations, commitments, requests, and what is said of them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "path_invitations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("shown_until", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_invitations")),
    )
    with op.batch_alter_table("path_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_invitations_member"), ["member"], unique=False)
        batch_op.create_index(
            "ix_path_invitations_owner_server_member", ["owner", "server", "member"], unique=True
        )

    op.create_table(
        "paths",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("step_since", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("cadence", sa.String(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.Column("waits_until", sa.BigInteger(), nullable=True),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paths")),
    )
    with op.batch_alter_table("paths", schema=None) as batch_op:
        batch_op.create_index("ix_paths_owner_server", ["owner", "server"], unique=False)

    op.create_table(
        "path_answers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("sense", sa.String(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["path"], ["paths.id"], name=op.f("fk_path_answers_path"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_answers")),
    )
    with op.batch_alter_table("path_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_answers_path"), ["path"], unique=False)
        batch_op.create_index(batch_op.f("ix_path_answers_person"), ["person"], unique=False)

    op.create_table(
        "path_commitments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("said_at", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["path"], ["paths.id"], name=op.f("fk_path_commitments_path"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_commitments")),
    )
    with op.batch_alter_table("path_commitments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_commitments_path"), ["path"], unique=False)

    op.create_table(
        "path_companions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("term_at", sa.BigInteger(), nullable=False),
        sa.Column("hushed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["path"], ["paths.id"], name=op.f("fk_path_companions_path"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_companions")),
        sa.UniqueConstraint("person", name=op.f("uq_path_companions_person")),
    )
    with op.batch_alter_table("path_companions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_companions_path"), ["path"], unique=False)

    op.create_table(
        "path_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["path"], ["paths.id"], name=op.f("fk_path_requests_path"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_requests")),
    )
    with op.batch_alter_table("path_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_requests_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_path_requests_path"), ["path"], unique=False)

    op.create_table(
        "path_votes",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["path"], ["paths.id"], name=op.f("fk_path_votes_path"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("path", "about", "person", name=op.f("pk_path_votes")),
    )
    with op.batch_alter_table("path_votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_votes_person"), ["person"], unique=False)
