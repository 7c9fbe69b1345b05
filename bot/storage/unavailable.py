"""What a database that can't be used right now raises: one error, whichever engine reports it and however."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class Trouble(StrEnum):
    """Why the database can't be used. The value is what the log says."""

    FULL = "the disk is full"
    READ_ONLY = "the file is read only"
    LOCKED = "another program has locked the file"
    FAILING = "the disk reports an error"
    SHUT = "the file can't be opened"
    DAMAGED = "the file is damaged"


class StorageUnavailable(Exception):
    """The database can't be used right now. Nothing of the transaction was stored.

    `code` is the engine's name for the error. It never contains anything that somebody wrote.
    """

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(trouble, code)
        self.trouble = trouble
        self.code = code


class Damaged(StorageUnavailable):
    """The file is not a database, or no longer a whole one."""

    def __init__(self, code: str = "") -> None:
        super().__init__(Trouble.DAMAGED, code)


_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_IOERR: Trouble.FAILING,
    sqlite3.SQLITE_CANTOPEN: Trouble.SHUT,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}
_KIND = 0xFF
"""The part of one of SQLite's error codes that says what kind it is of."""


def unavailable(error: Exception) -> StorageUnavailable | None:
    """Return what to raise instead of an error of SQLite; None if the error is about the statement alone."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    trouble = _TROUBLES.get(getattr(cause, "sqlite_errorcode", 0) & _KIND)
    if trouble is None:
        return None
    code = getattr(cause, "sqlite_errorname", "")
    return Damaged(code) if trouble is Trouble.DAMAGED else StorageUnavailable(trouble, code)
