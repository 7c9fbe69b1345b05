"""The library that reads and writes database files: SQLCipher, which is SQLite with every page encrypted.

Its module is made like the standard library's `sqlite3`, but its classes are its own: an error of the
database is a `sqlite.Error`, never a `sqlite3.Error`. So whatever opens a file, or expects such an error,
imports `sqlite` from here.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite  # SQLCipher's module ships no types
else:
    from sqlcipher3 import dbapi2 as sqlite

__all__ = ["sqlite"]
