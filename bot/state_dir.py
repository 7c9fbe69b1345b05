"""The state directory, and the keys in it."""

from bot.logs import get_logger
from bot.settings import Settings
from bot.vault.keyring import KeyFileMissing, Keyring, open_to_others

log = get_logger(__name__)


def prepare(settings: Settings) -> None:
    """The state directory, for nobody but its owner."""
    settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)


def ring(settings: Settings) -> Keyring:
    """The keys of this installation, made at its first run. Raises KeyFileUnusable, KeyFileMissing."""
    path = settings.key_path
    if path.exists():
        held = Keyring.load(path)
        if open_to_others(path):
            log.warning(
                "Others on this machine may read the key file. Shut it with chmod 600", path=str(path)
            )
        return held
    if settings.database_path.exists():
        raise KeyFileMissing(str(path))
    fresh = Keyring.fresh()
    fresh.save(path)
    log.warning(
        "A new key file was made. Keep a copy of it elsewhere: nothing can be read without it", path=str(path)
    )
    return fresh
