"""The keys of one installation: those that wrap data keys, and the HMAC key by which people are found."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.files import or_nothing, sync_folder

_NONCE = 12
_KEY = 32
"""The length of every key in bytes, as AES-256 needs it."""
_OF_FILES = b"plumbline database file"
"""What keeps the key of the file apart from the wrapping key from which it is derived."""


class KeyFileUnusable(Exception):
    """The key file is damaged. Without it nothing sealed can be opened."""


class KeyFileMissing(Exception):
    """There is a database but not its key file. A new key file could open nothing in it."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The wrapping keys by name, the name of the current one, and the HMAC key.

    The HMAC key is never rotated, because rows are found by its results.
    """

    keys: dict[str, bytes]
    current: str
    finger_key: bytes

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({"1": AESGCM.generate_key(256)}, "1", secrets.token_bytes(32))

    def rotated(self) -> "Keyring":
        """Return a keyring with a new current key. The old keys stay, to unwrap what they wrapped."""
        name = str(max(map(int, self.keys)) + 1)
        return Keyring({**self.keys, name: AESGCM.generate_key(256)}, name, self.finger_key)

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

    def save(self, path: Path) -> None:
        """Write the file atomically, readable only by its owner."""
        written = path.with_suffix(".new")
        # A temporary file that was left by an interrupted save could have other permissions.
        written.unlink(missing_ok=True)
        opened = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with or_nothing(written), os.fdopen(opened, "w") as file:
            json.dump(
                {
                    "current": self.current,
                    "finger": base64.b64encode(self.finger_key).decode(),
                    "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
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
        """Read the key file. Raises FileNotFoundError if there is none, KeyFileUnusable if it is damaged."""
        try:
            stored = json.loads(path.read_text())
            keys = {str(name): base64.b64decode(key) for name, key in stored["keys"].items()}
            ring = cls(keys, str(stored["current"]), base64.b64decode(stored["finger"]))
            whole = ring.current in keys and all(
                len(key) == _KEY for key in (*keys.values(), ring.finger_key)
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyFileUnusable(str(path)) from error
        if not whole:
            raise KeyFileUnusable(str(path))
        return ring


def open_to_others(path: Path) -> bool:
    """Whether anyone but its owner has any permission for that file or folder."""
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))
