"""Open a database file as the bot does, with the key file beside it, to read or change it by hand."""

from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.state_dir import file_keys
from bot.storage.connecting import Mode, connect
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys, key_of
from bot.vault.keyring import Keyring

KEYS = "keys.json"
_PAGE, _SALT = 4096, 16
_RESERVED = 48
"""The end of each page: its initialisation vector of 16 bytes, and the HMAC-SHA256 of the page."""
_JOURNAL, _FRAME = 32, 24
"""The lengths of what begins a journal, and of what begins each page in it."""


def open_file(path: Path, mode: Mode = "mode=rwc") -> sqlite.Connection:
    """Return a connection to the file. Each statement is a transaction, unless one is begun by hand."""
    return connect(path, key_of(path, keys_beside(path)), None, mode)


def plain_copy(path: Path, target: Path) -> None:
    """Write a copy that isn't encrypted."""
    with closing(open_file(path)) as original:
        original.execute("ATTACH ? AS target KEY ''", (str(target),))
        original.execute("SELECT sqlcipher_export('target')")


def decrypted(files: dict[str, bytes], keys: Path) -> dict[str, bytes]:
    """Return the files of a database as they would be without its encryption, each page in its place.

    A test that looks for what must not be stored so finds it in free pages and in the journal as well, and
    also if nothing but the encryption of the file hides it.
    """
    ring = file_keys(Keyring.load(keys))
    (begins,) = {held[:_SALT] for name, held in files.items() if name.endswith(".db")}
    found = ring.fitting(begins)
    assert found is not None, "no key fits"
    return {name: _in_clear(name, held, found.key) for name, held in files.items()}


def _in_clear(name: str, held: bytes, key: bytes) -> bytes:
    if name.endswith("-wal"):
        starts = range(_JOURNAL + _FRAME, len(held), _FRAME + _PAGE)
    elif name.endswith(".db"):
        starts = range(0, len(held), _PAGE)
    else:
        return held
    return b"".join(_page(held[at : at + _PAGE], key) for at in starts)


def _page(page: bytes, key: bytes) -> bytes:
    """Decrypt one page. Of the first page of a file, 32 bytes come out wrong, in which there is no text."""
    vector = page[_PAGE - _RESERVED : _PAGE - _RESERVED + 16]
    cipher = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[: _PAGE - _RESERVED]) + cipher.finalize()


def keys_beside(path: Path) -> FileKeys | None:
    """Return the keys from the key file in the same folder; None if there is none, and the file is plain."""
    keys = path.with_name(KEYS)
    return file_keys(Keyring.load(keys)) if keys.exists() else None
