"""Backups are encrypted with age (age-encryption.org) to a public key. Only this module imports `pyrage`."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import BinaryIO

import pyrage
from pyrage import x25519

BEGINS = b"age-encryption.org/"
"""How every file begins that age has encrypted."""


class BadPublicKey(Exception):
    """The text isn't a public key of age."""


class BadPrivateKey(Exception):
    """The text has no private key of age in it."""


class WrongPrivateKey(Exception):
    """The file was encrypted to another public key."""


class Unreadable(Exception):
    """The file is cut short or was changed."""


class NotTheSame(Exception):
    """What was decrypted for a check differs from what was encrypted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A public key, and the private key that opens what was encrypted to it."""

    public: str
    private: str = field(repr=False)


def new_pair() -> Pair:
    identity = x25519.Identity.generate()
    return Pair(str(identity.to_public()), str(identity))


def encrypt(source: BinaryIO, target: BinaryIO, public: str) -> None:
    """Encrypt to a public key, and decrypt all of it once to see that it opens. Both are streams.

    The check uses a second key that exists only for these moments, since the private key is elsewhere.
    Raises BadPublicKey, NotTheSame and OSError.
    """
    once = x25519.Identity.generate()
    read, written = _Hashing(source), _Noting(target)
    try:
        pyrage.encrypt_io(read, written, [_recipient(public), once.to_public()])
    except pyrage.EncryptError as error:
        raise written.failed or NotTheSame() from error
    target.seek(0)
    again = _Hashing()
    try:
        pyrage.decrypt_io(target, again, [once])
    except (pyrage.DecryptError, OSError) as error:
        raise NotTheSame from error
    if again.digest() != read.digest():
        raise NotTheSame


def decrypt(source: BinaryIO, target: BinaryIO, private: str) -> None:
    """Decrypt a stream with the private key in this text. What was written before an error is worth nothing.

    Raises BadPrivateKey, WrongPrivateKey, Unreadable and OSError.
    """
    identity, written = _identity(private), _Noting(target)
    try:
        pyrage.decrypt_io(source, written, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if written.failed is not None:
            raise written.failed from error
        if "No matching keys" in str(error):
            raise WrongPrivateKey from error
        raise Unreadable from error


def _recipient(public: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(public)
    except pyrage.RecipientError as error:
        raise BadPublicKey from error


def _identity(text: str) -> x25519.Identity:
    """Return the private key in the text, which may have comments before it, as age's own files have."""
    found = re.search(r"^AGE-SECRET-KEY-1\w+", text, re.MULTILINE)
    if found is None:
        raise BadPrivateKey
    try:
        return x25519.Identity.from_str(found[0])
    except pyrage.IdentityError as error:
        raise BadPrivateKey from error


class _Hashing:
    """A stream whose content is hashed while it is read, or while it is written to nowhere."""

    def __init__(self, source: BinaryIO | None = None) -> None:
        self._source = source
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        assert self._source is not None
        found = self._source.read(size)
        self._hash.update(found)
        return found

    def write(self, content: bytes) -> int:
        self._hash.update(content)
        return len(content)

    def flush(self) -> None:
        pass

    def digest(self) -> bytes:
        return self._hash.digest()


class _Noting:
    """A stream that is written, and the error with which that failed: age's own error doesn't tell it."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.failed: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self._target.write(content)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        self._target.flush()
