"""The keys that encrypt a database file, and how a file says which of them it needs.

SQLCipher keeps the first 16 bytes of a file in clear, as a salt that we may choose. Ours are a random number
and a check value, which only the key of the file gives for that number. So a key that doesn't fit is told
apart from a file that is damaged, and nothing has to be kept beside the file.
"""

import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from bot.storage.unavailable import Damaged

_PLAIN = b"SQLite format 3\0"
"""How a file begins that isn't encrypted."""
_NUMBER = 8
"""The length in bytes of the random number, and of the check value."""
_PAGE = 4096
"""SQLCipher's page size."""
_CHECKED = b"plumbline: the key of this file"


class WrongKey(Exception):
    """None of the keys fits the file. Either they are another installation's, or its beginning is damaged."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """One key of 32 bytes, and the first 16 bytes of the file that it is for."""

    key: bytes = field(repr=False)
    salt: bytes

    def literal(self) -> str:
        """Return both as SQLCipher takes them: a key as it is, from which nothing has to be derived."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"


@dataclass(frozen=True, slots=True)
class FileKeys:
    """The key that files are encrypted with now, and the keys of files that were written before it."""

    current: bytes = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)

    def fresh(self) -> FileKey:
        """Return the key for a new file."""
        number = os.urandom(_NUMBER)
        return FileKey(self.current, number + _check_value(self.current, number))

    def fitting(self, begins: bytes) -> FileKey | None:
        """Return the key of the file that begins so; None if it is none of these."""
        for key in (self.current, *self.older):
            if hmac.compare_digest(begins[_NUMBER:], _check_value(key, begins[:_NUMBER])):
                return FileKey(key, begins)
        return None


def key_of(path: Path, keys: FileKeys | None) -> FileKey | None:
    """Return the key with which to open a file, or create it. None: it is plain, or there are no keys.

    Raises WrongKey, Damaged and OSError.
    """
    if keys is None:
        return None
    begins = _beginning(path)
    if not begins:
        return keys.fresh()
    if begins == _PLAIN:
        return None
    found = keys.fitting(begins)
    if found is None:
        # A file with the right key can end within a page, after a write for which there was no room.
        raise WrongKey(str(path)) if is_encrypted(path) else Damaged
    return found


def is_encrypted(path: Path) -> bool:
    """Whether the file can be an encrypted database: it isn't a plain one, and consists of whole pages."""
    return _beginning(path) not in (b"", _PLAIN) and path.stat().st_size % _PAGE == 0


def is_under(path: Path, key: bytes) -> bool:
    """Whether the file is encrypted with this key."""
    return FileKeys(key).fitting(_beginning(path)) is not None


def _beginning(path: Path) -> bytes:
    """Return the first 16 bytes; none if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN))
    except FileNotFoundError:
        return b""


def _check_value(key: bytes, number: bytes) -> bytes:
    return hmac.digest(key, _CHECKED + number, "sha256")[:_NUMBER]
