"""What a database that can't be used right now raises: one error, whichever engine reports it and however."""

import errno
from enum import StrEnum

from sqlalchemy.exc import DBAPIError

from bot.storage.driver import sqlite


class Reason(StrEnum):
    """Why the database can't be used. The value is what the log says."""

    FULL = "the disk is full"
    READ_ONLY = "the file is read only"
    LOCKED = "another program has locked the file"
    FAILING = "the disk reports an error"
    SHUT = "the file can't be opened"
    UNREACHABLE = "the database's server can't be reached"
    DAMAGED = "the file is damaged"


class DriverMissing(Exception):
    """A database on a server is to be used, and what is needed for that isn't installed."""


class StorageUnavailable(Exception):
    """The database can't be used right now. Nothing of the transaction was stored.

    `code` is the engine's name for the error. It never contains anything that somebody wrote. `saving` is
    False if it was a read that failed: then a write before it may have been stored.
    """

    def __init__(self, reason: Reason, code: str = "") -> None:
        super().__init__(reason, code)
        self.reason = reason
        self.code = code
        self.saving = True


class Damaged(StorageUnavailable):
    """The file is not a database, or no longer a whole one."""

    def __init__(self, code: str = "") -> None:
        super().__init__(Reason.DAMAGED, code)


_REASONS = {
    sqlite.SQLITE_FULL: Reason.FULL,
    sqlite.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite.SQLITE_BUSY: Reason.LOCKED,
    sqlite.SQLITE_LOCKED: Reason.LOCKED,
    sqlite.SQLITE_PROTOCOL: Reason.LOCKED,
    sqlite.SQLITE_IOERR: Reason.FAILING,
    sqlite.SQLITE_CANTOPEN: Reason.SHUT,
    sqlite.SQLITE_CORRUPT: Reason.DAMAGED,
    sqlite.SQLITE_NOTADB: Reason.DAMAGED,
}
_SENTENCES = {
    "database or disk is full": Reason.FULL,
    "attempt to write a readonly database": Reason.READ_ONLY,
    "database is locked": Reason.LOCKED,
    "disk I/O error": Reason.FAILING,
    "unable to open database file": Reason.SHUT,
    "database disk image is malformed": Reason.DAMAGED,
    "file is not a database": Reason.DAMAGED,
}
"""SQLite's fixed sentences. The driver leaves out the number of an error that a backup or an export meets."""
_KIND = 0xFF
"""The part of one of SQLite's error codes that says what kind it is of."""


_REASONS_OF_FILES = {
    errno.ENOSPC: Reason.FULL,
    errno.EDQUOT: Reason.FULL,
    errno.EFBIG: Reason.FULL,
    errno.EROFS: Reason.READ_ONLY,
    errno.EIO: Reason.FAILING,
}


def unavailable(error: Exception) -> StorageUnavailable | None:
    """Return what to raise instead of an error of SQLite; None if the error is about the statement alone."""
    reason = reason_of(error)
    if reason is None:
        return None
    code = getattr(_cause(error), "sqlite_errorname", "")
    return Damaged(code) if reason is Reason.DAMAGED else StorageUnavailable(reason, code)


def reason_of(error: BaseException) -> Reason | None:
    """Return why the disk or the database can't be used, whoever reports it; None for any other error."""
    match _cause(error):
        case StorageUnavailable(reason=reason):
            return reason
        case OSError(errno=int(number)):
            return _REASONS_OF_FILES.get(number)
        case sqlite.Error() as reported:
            number = getattr(reported, "sqlite_errorcode", 0)
            return _REASONS.get(number & _KIND) or _SENTENCES.get(str(reported))
    return None


def _cause(error: BaseException) -> BaseException | None:
    """Return the error that SQLAlchemy wrapped, or the error itself."""
    return error.orig if isinstance(error, DBAPIError) else error
