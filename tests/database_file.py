"""Open a database file as the bot does, with the key file beside it, to read or change it by hand."""

from pathlib import Path

from bot.state_dir import file_keys
from bot.storage.connecting import Mode, connect
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys, key_of
from bot.vault.keyring import Keyring

KEYS = "keys.json"


def open_file(path: Path, mode: Mode = "mode=rwc") -> sqlite.Connection:
    """Return a connection to the file. Each statement is a transaction, unless one is begun by hand."""
    return connect(path, key_of(path, keys_beside(path)), mode)


def keys_beside(path: Path) -> FileKeys | None:
    """Return the keys from the key file in the same folder; None if there is none, and the file is plain."""
    keys = path.with_name(KEYS)
    return file_keys(Keyring.load(keys)) if keys.exists() else None
