"""The keys of one installation: the ring that wraps data keys, and the key that finds people."""

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

_NONCE = 12
_KEY = 32
"""Bytes of every key: AES-256, and the key that finds people."""


class KeyFileUnusable(Exception):
    """The key file cannot be read as one; without it nothing sealed can be opened."""


class KeyFileMissing(Exception):
    """There is a database, and not the key file that it was written with: a new one could open nothing."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Wrapping keys by name, the one in use, and the finger key (never rotated: rows are found by it)."""

    keys: dict[str, bytes]
    current: str
    finger_key: bytes

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({"1": AESGCM.generate_key(256)}, "1", secrets.token_bytes(32))

    def rotated(self) -> "Keyring":
        """A new key in use; the old ones stay, to open what they wrapped."""
        name = str(max(map(int, self.keys)) + 1)
        return Keyring({**self.keys, name: AESGCM.generate_key(256)}, name, self.finger_key)

    def wrap(self, data_key: bytes, bound_to: bytes) -> tuple[str, bytes]:
        """The data key under the current key, and that key's name."""
        nonce = os.urandom(_NONCE)
        return self.current, nonce + AESGCM(self.keys[self.current]).encrypt(nonce, data_key, bound_to)

    def unwrap(self, name: str, wrapped: bytes, bound_to: bytes) -> bytes:
        return AESGCM(self.keys[name]).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound_to)

    def finger(self, what: str) -> bytes:
        """32 bytes that are always the same for the same text, and tell nothing without the key."""
        return hmac.new(self.finger_key, what.encode(), hashlib.sha256).digest()

    def save(self, path: Path) -> None:
        """Write the file whole or not at all, readable by its owner only."""
        written = path.with_suffix(".new")
        # One left there by a save that was cut short would lend the keys its own mode.
        written.unlink(missing_ok=True)
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
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
        _keep_name(path.parent)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Raises FileNotFoundError when there is none, KeyFileUnusable when it is not a key file."""
        try:
            held = json.loads(path.read_text())
            keys = {str(name): base64.b64decode(key) for name, key in held["keys"].items()}
            ring = cls(keys, str(held["current"]), base64.b64decode(held["finger"]))
            whole = ring.current in keys and all(
                len(key) == _KEY for key in (*keys.values(), ring.finger_key)
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyFileUnusable(str(path)) from error
        if not whole:
            raise KeyFileUnusable(str(path))
        return ring


def open_to_others(path: Path) -> bool:
    """Whether anyone but its owner may do anything with that file or folder."""
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _keep_name(folder: Path) -> None:
    """A file's new name outlasts a power cut only once its folder, too, is on the disk."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
