"""What a database that can't be used right now raises: one error, whichever engine reports it and however."""

import errno
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

    `code` is the engine's name for the error. It never contains anything that somebody wrote. `saving` is
    False if it was a read that failed: then a write before it may have been stored.
    """

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(trouble, code)
        self.trouble = trouble
        self.code = code
        self.saving = True


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
_NO_ROOM = {sqlite3.SQLITE_IOERR_SHMSIZE: Trouble.FULL}
"""The index of the journal could not be made larger, which SQLite doesn't report as a full disk."""
_KIND = 0xFF
"""The part of one of SQLite's error codes that says what kind it is of."""


_TROUBLES_OF_FILES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAILING,
}


def unavailable(error: Exception) -> StorageUnavailable | None:
    """Return what to raise instead of an error of SQLite; None if the error is about the statement alone."""
    trouble = trouble_of(error)
    if trouble is None:
        return None
    code = getattr(_cause(error), "sqlite_errorname", "")
    return Damaged(code) if trouble is Trouble.DAMAGED else StorageUnavailable(trouble, code)


def trouble_of(error: BaseException) -> Trouble | None:
    """Return why the disk or the database can't be used, whoever reports it; None for any other error."""
    match _cause(error):
        case StorageUnavailable(trouble=trouble):
            return trouble
        case OSError(errno=int(number)):
            return _TROUBLES_OF_FILES.get(number)
        case sqlite3.Error() as reported:
            number = getattr(reported, "sqlite_errorcode", 0)
            return _NO_ROOM.get(number) or _TROUBLES.get(number & _KIND)
    return None


def _cause(error: BaseException) -> BaseException | None:
    """Return the error that SQLAlchemy wrapped, or the error itself."""
    return error.orig if isinstance(error, DBAPIError) else error
