"""What a statement may do, decided by SQLite while it compiles it, before anything of it runs.

All statements are ours, and no text that somebody wrote ever becomes a part of one. If that is broken one day, or if
somebody has changed the schema in the file, this keeps a statement from reaching other files, loading code,
changing the schema, or switching protections off.
"""

from collections.abc import Callable

from bot.storage.driver import sqlite

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]

_FUNCTIONS = frozenset({"coalesce", "count", "max", "min", "sum", "like", "nullif"})
_PRAGMAS = frozenset(
    {"busy_timeout", "foreign_keys", "incremental_vacuum", "wal_checkpoint", "table_info", "table_xinfo"}
)
_INSIDE = "sqlite_"
"""How the names of SQLite's own tables begin, such as the schema."""
_ROWS = (sqlite.SQLITE_INSERT, sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE)
_READING = (sqlite.SQLITE_SELECT, sqlite.SQLITE_READ, sqlite.SQLITE_TRANSACTION, sqlite.SQLITE_RECURSIVE)
