"""The keys of one installation: the ring that wraps data keys, and the key that finds people."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


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
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
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

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Raises FileNotFoundError when there is none, KeyFileUnusable when it is not a key file."""
        try:
            held = json.loads(path.read_text())
            keys = {str(name): base64.b64decode(key) for name, key in held["keys"].items()}
            ring = cls(keys, str(held["current"]), base64.b64decode(held["finger"]))
            _ = [AESGCM(key) for key in ring.keys.values()], ring.keys[ring.current]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyFileUnusable(str(path)) from error
        return ring
