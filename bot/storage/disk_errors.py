"""Which errors mean that the disk can't be written or that a file can't be opened, whoever reports them."""

import errno
import sqlite3

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_SQLITE_NO_SPACE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)
_KIND = 0xFF
"""The part of one of SQLite's error codes that says what kind it is of."""


def is_full(error: BaseException) -> bool:
    """Return whether the disk is full or read only."""
    match _cause(error):
        case OSError(errno=number):
            return number in _NO_SPACE
        case sqlite3.Error() as reported:
            return _kind(reported) in _SQLITE_NO_SPACE
    return False


def is_shut(error: BaseException) -> bool:
    """Return whether the database's file can't be opened."""
    cause = _cause(error)
    return isinstance(cause, sqlite3.Error) and _kind(cause) == sqlite3.SQLITE_CANTOPEN


def _cause(error: BaseException) -> object:
    """Return the error that SQLAlchemy wrapped, or the error itself."""
    return getattr(error, "orig", None) or error


def _kind(error: sqlite3.Error) -> int:
    """Return which kind of error SQLite reported; 0 if it isn't SQLite's own."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & _KIND
