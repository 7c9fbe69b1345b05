"""What statements may do. SQLite asks for each part of a statement while it compiles it, before it runs.

Every statement is ours, and no text that somebody wrote ever becomes part of one. If that breaks one day, or
if somebody has changed the schema in the file, this still keeps a statement from reaching other files,
loading code, changing the schema, or switching a protection off.
"""

from msgspec import Struct

from bot.storage.driver import sqlite

_READS = frozenset(
    {sqlite.SQLITE_SELECT, sqlite.SQLITE_READ, sqlite.SQLITE_TRANSACTION, sqlite.SQLITE_RECURSIVE}
)
_WRITES = frozenset({sqlite.SQLITE_INSERT, sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE})
_CHANGES_OF_THE_SCHEMA = frozenset(
    {
        sqlite.SQLITE_CREATE_TABLE, sqlite.SQLITE_CREATE_INDEX, sqlite.SQLITE_CREATE_TRIGGER,
        sqlite.SQLITE_DROP_TABLE, sqlite.SQLITE_DROP_INDEX, sqlite.SQLITE_DROP_TRIGGER,
        sqlite.SQLITE_ALTER_TABLE, sqlite.SQLITE_REINDEX,
    }
)  # fmt: skip
_OTHER_FILES = frozenset({sqlite.SQLITE_ATTACH, sqlite.SQLITE_DETACH})
_FUNCTIONS = frozenset({"coalesce", "count", "like", "max", "min", "nullif", "sum"})
_OF_ALTER_TABLE = frozenset(
    {
        "length", "like", "printf", "substr",
        "sqlite_drop_column", "sqlite_rename_column", "sqlite_rename_quotefix", "sqlite_rename_table",
        "sqlite_rename_test",
    }
)  # fmt: skip
"""What SQLite itself calls to change a table."""
_OWN = "sqlite_"
"""How the names of SQLite's own tables begin, such as that of the schema."""


class Allowed(Struct, frozen=True):
    """What is allowed on one connection: actions by SQLite's number, functions and pragmas by name.

    The tables that hold the schema can be written to only where the schema may change.
    """

    actions: frozenset[int]
    functions: frozenset[str] = _FUNCTIONS
    pragmas: frozenset[str] = frozenset()

    def __call__(
        self, action: int, first: str | None, second: str | None, _schema: str | None, _inner: str | None
    ) -> int:
        """Return SQLite's answer. What the two texts mean depends on the action."""
        return sqlite.SQLITE_OK if self._may(action, first or "", second or "") else sqlite.SQLITE_DENY

    def _may(self, action: int, first: str, second: str) -> bool:
        if action == sqlite.SQLITE_FUNCTION:
            return second in self.functions
        if action == sqlite.SQLITE_PRAGMA:
            return first in self.pragmas
        if action in _WRITES and first.startswith(_OWN):
            return self.actions >= _CHANGES_OF_THE_SCHEMA
        return action in self.actions


READING = Allowed(_READS, pragmas=frozenset({"busy_timeout", "table_info"}))
WRITING = Allowed(
    _READS | _WRITES,
    pragmas=frozenset({"busy_timeout", "incremental_vacuum", "user_version", "wal_checkpoint"}),
)
MIGRATING = Allowed(
    _READS | _WRITES | _CHANGES_OF_THE_SCHEMA,
    _FUNCTIONS | _OF_ALTER_TABLE,
    frozenset(
        {
            "foreign_key_check", "foreign_key_list", "foreign_keys", "index_info", "index_list",
            "index_xinfo", "table_info", "table_list", "table_xinfo",
        }
    ),
)  # fmt: skip
INSPECTING = Allowed(_READS, pragmas=frozenset({"cipher_integrity_check", "integrity_check"}))
COPYING = Allowed(
    MIGRATING.actions | _OTHER_FILES,
    MIGRATING.functions | {"quote", "sqlcipher_export"},
    frozenset({"auto_vacuum", "journal_mode", "synchronous", "user_version"}),
)
"""Copying a whole file into another one."""
