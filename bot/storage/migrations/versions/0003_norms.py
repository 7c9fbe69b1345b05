"""Norms, reminders, insights, the log; the alarm of `/contact`, local lines."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "config_log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_config_log")),
    )
    op.create_index(op.f("ix_config_log_server"), "config_log", ["server"], unique=False)
    op.create_table(
        "contact_alarms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_alarms")),
        sa.UniqueConstraint("person", name=op.f("uq_contact_alarms_person")),
    )
    op.create_table(
        "insight_months",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("members_in", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", "month", name=op.f("pk_insight_months")),
    )
    op.create_table(
        "local_lines",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("doors", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_lines")),
    )
    op.create_index(op.f("ix_local_lines_server"), "local_lines", ["server"], unique=False)
    op.create_table(
        "moderators",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("server", "person", name=op.f("pk_moderators")),
    )
    op.create_table(
        "norm_drafts",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("norms", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", name=op.f("pk_norm_drafts")),
    )
    op.create_table(
        "norm_notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_notes")),
    )
    op.create_index(op.f("ix_norm_notes_person"), "norm_notes", ["person"], unique=False)
    op.create_index(op.f("ix_norm_notes_server"), "norm_notes", ["server"], unique=False)
    op.create_table(
        "norm_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("norms", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_versions")),
        sa.UniqueConstraint("server", "number", name=op.f("uq_norm_versions_server_number")),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(
        op.f("ix_posts_due_at"),
        "posts",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_posts_kind_subject"), "posts", ["kind", "subject"], unique=False)
    op.create_index(op.f("ix_posts_server"), "posts", ["server"], unique=False)
    op.create_index(
        "uq_posts_pending",
        "posts",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("shown = 0"),
        postgresql_where=sa.text("shown = 0"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_server"), "reminders", ["server"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", "month", "what", name=op.f("pk_tallies")),
    )
    op.create_table(
        "norm_ballots",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("concerns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["norm_versions.id"], name=op.f("fk_norm_ballots_version")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_norm_ballots")),
    )
    op.create_index(op.f("ix_norm_ballots_server"), "norm_ballots", ["server"], unique=False)
    op.create_index(
        "uq_norm_ballots_open",
        "norm_ballots",
        ["server"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "norm_readers",
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("moderator", sa.String(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note"], ["norm_notes.id"], name=op.f("fk_norm_readers_note"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("note", "moderator", name=op.f("pk_norm_readers")),
    )
    op.create_index(op.f("ix_norm_readers_moderator"), "norm_readers", ["moderator"], unique=False)
    op.create_table(
        "norm_stands",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["norm_versions.id"], name=op.f("fk_norm_stands_version")),
        sa.PrimaryKeyConstraint("version", "person", name=op.f("pk_norm_stands")),
    )
    op.create_index(op.f("ix_norm_stands_person"), "norm_stands", ["person"], unique=False)
    op.create_index(op.f("ix_norm_stands_server"), "norm_stands", ["server"], unique=False)
    op.create_table(
        "reminder_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reminder", sa.String(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reminder"], ["reminders.id"], name=op.f("fk_reminder_events_reminder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_events")),
    )
    op.create_index("uq_reminder_events", "reminder_events", ["reminder", "event"], unique=True)
    op.add_column("servers", sa.Column("newcomer_days", sa.Integer(), server_default="3", nullable=False))
    op.add_column("servers", sa.Column("norms_channel", sa.BigInteger(), nullable=True))
    op.add_column("servers", sa.Column("mods_channel", sa.BigInteger(), nullable=True))
    op.add_column("servers", sa.Column("ratify_direct", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("servers", sa.Column("ratify_share", sa.Integer(), server_default="67", nullable=False))
    op.add_column("servers", sa.Column("ratify_least", sa.Integer(), server_default="5", nullable=False))
    op.add_column("servers", sa.Column("ratify_days", sa.Integer(), server_default="7", nullable=False))
    op.add_column("servers", sa.Column("gone_at", sa.BigInteger(), nullable=True))

    if op.get_context().dialect.name == "postgresql":
        for function in (_REFUSE_CHANGE, _REFUSE_DELETION):
            op.execute(function)
        for table in _WRITTEN_ONCE:
            op.execute(_NEVER_CHANGED_THERE.format(table=table))
            op.execute(_NEVER_DELETED_THERE.format(table=table))
        return
    for table, same in _WRITTEN_ONCE.items():
        op.execute(_NEVER_CHANGED.format(table=table))
        op.execute(_NEVER_DELETED.format(table=table))
        op.execute(_NEVER_REPLACED.format(table=table, same=same))


_WRITTEN_ONCE = {
    "config_log": "number = NEW.number",
    "norm_versions": "id = NEW.id OR (server = NEW.server AND number = NEW.number)",
}
"""Each table with what makes a new row the same as one that stands there."""
_NEVER_CHANGED = """
CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END
"""
_NEVER_DELETED = """
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
WHEN (SELECT gone_at FROM servers WHERE id = OLD.server) IS NULL
BEGIN SELECT RAISE(ABORT, 'what was written here goes with its server alone'); END
"""
# A row that is replaced is deleted without a word to the trigger above.
_NEVER_REPLACED = """
CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END
"""
_REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was written here is never changed' USING ERRCODE = '23000'; END $$
"""
_REFUSE_DELETION = """
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF (SELECT gone_at FROM servers WHERE id = OLD.server) IS NULL THEN
RAISE EXCEPTION 'what was written here goes with its server alone' USING ERRCODE = '23000';
END IF;
RETURN OLD; END $$
"""
# PostgreSQL has no INSERT OR REPLACE, so it needs no third trigger.
_NEVER_CHANGED_THERE = """
CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
_NEVER_DELETED_THERE = """
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_deletion()
"""
