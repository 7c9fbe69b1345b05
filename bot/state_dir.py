"""The state directory, and the key file in it."""

from pathlib import Path

from bot.logs import get_logger
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.file_keys import FileKeys, is_encrypted
from bot.storage.files import make_folder
from bot.storage.session import Session
from bot.storage.source import FileSource, Source
from bot.storage.unavailable import DriverMissing
from bot.vault.keyring import KeyFileMissing, Keyring, open_to_others

log = get_logger(__name__)


def prepare(settings: Settings) -> None:
    """Create the state directory, accessible only to its owner."""
    make_folder(settings.state_dir)


def ring(settings: Settings) -> Keyring:
    """Return the keys of this installation, creating them at the first run.

    Several machines may use a database on a server, with the same keys, so for that none are ever created.
    Raises KeyFileUnusable or KeyFileMissing.
    """
    path = settings.key_path
    if path.exists():
        keys = Keyring.load(path)
        if open_to_others(path):
            log.warning("Other users may be able to read the key file. Run chmod 600 on it", path=str(path))
        return keys
    if settings.database_url is not None or settings.database_path.exists():
        raise KeyFileMissing(str(path))
    fresh = Keyring.fresh()
    fresh.save(path)
    log.warning(
        "Created a new key file. Keep a copy elsewhere: nothing can be read without it", path=str(path)
    )
    return fresh


def database(settings: Settings, ring: Keyring) -> Database:
    """Return the database of this installation, not opened yet: a file, or one on a server.

    Raises DriverMissing.
    """
    if settings.database_url is None:
        return Database(settings.database_path, keys=file_keys(ring))
    try:
        # What it needs is an extra, which few install.
        from bot.storage.postgres import PostgresAdapter

        # It looks for its driver when it is made.
        return Database(None, PostgresAdapter(settings.database_url))
    except ModuleNotFoundError as missing:
        raise DriverMissing from missing


def session(settings: Settings) -> Session | None:
    """Return this process's session on the database's server, not opened yet; None without a server.

    Raises DriverMissing.
    """
    if settings.database_url is None:
        return None
    try:
        from bot.storage.postgres_session import PostgresSession
    except ModuleNotFoundError as missing:
        raise DriverMissing from missing
    return PostgresSession(settings.database_url)


def known_file_keys(settings: Settings, database: Path) -> FileKeys | None:
    """Return the keys with which to read a database or a copy, from the key file; None if there is none yet.

    Raises KeyFileUnusable, OSError, and KeyFileMissing if that database can't be read without it.
    """
    try:
        return file_keys(Keyring.load(settings.key_path))
    except FileNotFoundError:
        if is_encrypted(database):
            raise KeyFileMissing(str(settings.key_path)) from None
        return None


def source(settings: Settings) -> Source:
    """Return where commands look at the database of this installation.

    Raises KeyFileUnusable, OSError, and KeyFileMissing if it can't be read without its key file.
    """
    path = settings.database_path.absolute()
    if settings.database_url is None:
        return FileSource(path, known_file_keys(settings, path))
    from bot.storage.server import ServerSource

    return ServerSource(settings.database_url)


def file_keys(ring: Keyring) -> FileKeys:
    """Return the keys of the database file: that of the current key, then those of older ones."""
    older = tuple(ring.file_key(name) for name in ring.keys if name != ring.current)
    return FileKeys(ring.file_key(ring.current), older)
