"""The keys of one installation: those that wrap data keys, and the HMAC key by which people are found."""

import base64
import errno
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.files import created, or_nothing, sync_folder

_NONCE = 12
_KEY = 32
"""The length of every key in bytes, as AES-256 needs it."""
_OF_FILES = b"plumbline database file"
"""What keeps the key of the file apart from the wrapping key from which it is derived."""


class KeyFileUnusable(Exception):
    """The key file is damaged. Without it nothing sealed can be opened."""


class KeyFileMissing(Exception):
    """There is a database but not its key file. A new key file could open nothing in it."""


class KeysOfAnother(Exception):
    """The key file belongs to another database: it would find nobody, and open nothing."""


class KeysMissing(Exception):
    """The key file lacks a key with which something in the database is encrypted."""


class KeyUnknown(Exception):
    """The keyring has no key of this name."""


class KeyIsCurrent(Exception):
    """The current key can't be retired: new data keys are wrapped with it."""


class KeyRetired(Exception):
    """A retired key can't be used any more."""


class KeyNotRetired(Exception):
    """Only a retired key can be destroyed."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The wrapping keys by name, the name of the current one, the HMAC key, and the names of retired keys.

    The HMAC key is never rotated, because rows are found by its results. A retired key wraps nothing in the
    database any more. It is kept to open old backups until it is destroyed.
    """

    keys: dict[str, bytes]
    current: str
    finger_key: bytes
    retired: frozenset[str] = frozenset()

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({"1": AESGCM.generate_key(256)}, "1", secrets.token_bytes(32))

    @property
    def older(self) -> list[str]:
        """The names of all keys but the current one."""
        return [name for name in self.keys if name != self.current]

    @property
    def newest(self) -> str:
        """The name of the key that was made last."""
        return str(max(map(int, self.keys)))

    def with_another(self) -> "Keyring":
        """Return a keyring with one more key, which opens what others wrap with it, and wraps nothing yet."""
        name = str(int(self.newest) + 1)
        return replace(self, keys={**self.keys, name: AESGCM.generate_key(256)})

    def using(self, name: str) -> "Keyring":
        """Return a keyring whose current key is this one. Raises KeyUnknown and KeyRetired."""
        self._require(name)
        if name in self.retired:
            raise KeyRetired(name)
        return replace(self, current=name)

    def rotated(self) -> "Keyring":
        """Return a keyring with a new current key. The old keys stay, to unwrap what they wrapped."""
        more = self.with_another()
        return more.using(more.newest)

    def without_use_of(self, name: str) -> "Keyring":
        """Return a keyring in which this key is retired. Raises KeyUnknown and KeyIsCurrent."""
        self._require(name)
        if name == self.current:
            raise KeyIsCurrent(name)
        return replace(self, retired=self.retired | {name})

    def without(self, name: str) -> "Keyring":
        """Return a keyring that no longer has this key. Raises KeyUnknown and KeyNotRetired."""
        self._require(name)
        if name not in self.retired:
            raise KeyNotRetired(name)
        kept = {other: key for other, key in self.keys.items() if other != name}
        return replace(self, keys=kept, retired=self.retired - {name})

    def derived(self, purpose: str) -> bytes:
        """Return a key for one purpose, the same after every rotation. It tells nothing about other keys."""
        return HKDF(SHA256(), _KEY, salt=None, info=purpose.encode()).derive(self.finger_key)

    def wrap(self, data_key: bytes, bound_to: bytes) -> tuple[str, bytes]:
        """Wrap a data key with the current key; return that key's name and the wrapped data key."""
        nonce = os.urandom(_NONCE)
        return self.current, nonce + AESGCM(self.keys[self.current]).encrypt(nonce, data_key, bound_to)

    def unwrap(self, name: str, wrapped: bytes, bound_to: bytes) -> bytes:
        return AESGCM(self.keys[name]).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound_to)

    def file_key(self, name: str) -> bytes:
        """Return the key of a database file that is encrypted while this key is the current one."""
        return HKDF(SHA256(), _KEY, salt=None, info=_OF_FILES).derive(self.keys[name])

    def finger(self, what: str) -> bytes:
        """Return the HMAC of a text: 32 bytes that reveal nothing about it without the key."""
        return hmac.new(self.finger_key, what.encode(), hashlib.sha256).digest()

    @property
    def check(self) -> bytes:
        """Return 32 bytes that only this keyring gives, also after keys were rotated."""
        return self.finger("the keyring of this database")

    def _require(self, name: str) -> None:
        if name not in self.keys:
            raise KeyUnknown(name)

    def save(self, path: Path) -> None:
        """Write the file atomically, readable only by its owner.

        If `path` is a link, what it leads to is written. Raises OSError, also if that isn't a regular file.
        """
        path = path.resolve()
        _require_regular(path)
        written = path.with_suffix(".new")
        with or_nothing(written), os.fdopen(created(written, like=path), "w") as file:
            json.dump(
                {
                    "current": self.current,
                    "finger": base64.b64encode(self.finger_key).decode(),
                    "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
                    "retired": sorted(self.retired, key=int),
                },
                file,
                indent=2,
            )
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
        sync_folder(path.parent)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the key file. Raises FileNotFoundError if there is none, KeyFileUnusable if it is damaged,
        and OSError if it isn't a regular file or can't be read.
        """
        _require_regular(path)
        try:
            stored = json.loads(path.read_text())
            keys = {str(name): base64.b64decode(key) for name, key in stored["keys"].items()}
            retired = frozenset(map(str, stored.get("retired", ())))
            ring = cls(keys, str(stored["current"]), base64.b64decode(stored["finger"]), retired)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyFileUnusable(str(path)) from error
        if not ring._is_whole():
            raise KeyFileUnusable(str(path))
        return ring

    def _is_whole(self) -> bool:
        return (
            self.current in self.keys
            and self.current not in self.retired
            and self.retired <= self.keys.keys()
            and all(name.isdecimal() for name in self.keys)
            and all(len(key) == _KEY for key in (*self.keys.values(), self.finger_key))
        )


def _require_regular(path: Path) -> None:
    """Raises OSError for what isn't a file. A named pipe, for example, would be waited for without an end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


@contextmanager
def changing(path: Path) -> Iterator[Keyring]:
    """Read the key file, with no other command changing it until the block ends.

    Raises FileNotFoundError if there is none, KeyFileUnusable, and OSError.
    """
    file = _locked(path)
    try:
        yield Keyring.load(path)
    finally:
        os.close(file)


def _locked(path: Path) -> int:
    """Return the key file, open and locked until it is closed.

    Each change puts another file in its place, so after waiting for one the lock is on a file that is gone.
    """
    while True:
        _require_regular(path)
        file = os.open(path, os.O_RDONLY)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.path.samestat(os.fstat(file), path.stat()):
            return file
        os.close(file)


def open_to_others(path: Path) -> bool:
    """Whether anyone but its owner has any permission for that file or folder."""
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))
