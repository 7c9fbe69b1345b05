"""Delete what a killed `backup` or `restore` left in the state folder: it would keep what people delete."""

from bot.settings import Settings
from bot.storage import copies
from bot.storage.lock import AlreadyRunning, Lock


def remove_restored(settings: Settings) -> None:
    """Delete what a killed `restore` left. Whoever calls this has the lock of the state folder."""
    copies.delete(settings.restored_path)
    copies.delete(settings.restored_path.with_suffix(".before-migration"))


def remove_copy(settings: Settings) -> None:
    """Delete the copy that a killed `backup` left, unless a backup is being made right now."""
    if any(settings.state_dir.glob(f"{settings.backup_copy_path.name}*")):
        try:
            with Lock(settings.backup_lock_path):
                copies.delete(settings.backup_copy_path)
        except AlreadyRunning:
            return
