"""SQLite triggers, declared with the table that they protect. `make migration` finds them."""

from sqlalchemy import Table

_NEVER_CHANGED = """\
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OF {columns} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"""
_NEVER_DELETED = """\
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
WHEN (SELECT gone_at FROM servers WHERE id = OLD.server) IS NULL
BEGIN SELECT RAISE(ABORT, 'what was written here goes with its server alone'); END"""
# INSERT OR REPLACE deletes the old row without running the trigger above.
_NEVER_REPLACED = """\
CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"""


def written_once(table: Table, same: str, but: str) -> None:
    """Make the database refuse to change a row of this table, or to delete it before its server is gone.

    same: an SQL condition: when the row NEW would replace a row that exists. but: the column with the person
    who wrote it, which changes when that person is erased.
    """
    columns = ", ".join(one.name for one in table.columns if one.name != but)
    for statement in (_NEVER_CHANGED, _NEVER_DELETED, _NEVER_REPLACED):
        trigger(table, statement.format(table=table.name, same=same, columns=columns))


def trigger(table: Table, statement: str) -> None:
    """Declare a trigger of this table, given its CREATE TRIGGER statement."""
    table.info["triggers"] = (*triggers(table), statement)


def triggers(table: Table) -> tuple[str, ...]:
    """Return the CREATE TRIGGER statements of this table."""
    declared: tuple[str, ...] = table.info.get("triggers", ())
    return declared
