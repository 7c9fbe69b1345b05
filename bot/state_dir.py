"""The state directory, and the key file in it."""

from bot.logs import get_logger
from bot.settings import Settings
from bot.storage.files import make_folder
from bot.vault.keyring import KeyFileMissing, Keyring, open_to_others

log = get_logger(__name__)


def prepare(settings: Settings) -> None:
    """Create the state directory, accessible only to its owner."""
    make_folder(settings.state_dir)


def ring(settings: Settings) -> Keyring:
    """Return the keys of this installation, creating them at the first run.

    Raises KeyFileUnusable or KeyFileMissing.
    """
    path = settings.key_path
    if path.exists():
        keys = Keyring.load(path)
        if open_to_others(path):
            log.warning("Other users may be able to read the key file. Run chmod 600 on it", path=str(path))
        return keys
    if settings.database_path.exists():
        raise KeyFileMissing(str(path))
    fresh = Keyring.fresh()
    fresh.save(path)
    log.warning(
        "Created a new key file. Keep a copy elsewhere: nothing can be read without it", path=str(path)
    )
    return fresh
