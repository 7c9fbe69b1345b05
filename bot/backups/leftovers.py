"""Delete what a killed `backup`, `rehearse`, `restore` or `move` left: it would keep what people delete."""

import shutil
from contextlib import suppress

from bot.settings import Settings
from bot.storage import copies
from bot.storage.lock import AlreadyRunning, Lock


def remove_restored(settings: Settings) -> None:
    """Delete what a killed `restore` or `move` left. Whoever calls this has the lock of the state folder."""
    copies.delete(settings.restored_path)
    for left in settings.state_dir.glob(f"{settings.database_path.name}.moving*"):
        left.unlink()
    copies.delete(settings.restored_path.with_suffix(".before-migration"))


def remove_copies(settings: Settings) -> None:
    """Delete what a killed `backup` or `rehearse` left, unless another one is under way right now."""
    if any(settings.state_dir.glob(f"{settings.backup_copy_path.name}*")):
        with suppress(AlreadyRunning), Lock(settings.backup_lock_path):
            copies.delete(settings.backup_copy_path)
    if settings.rehearsal_path.exists():
        with suppress(AlreadyRunning), Lock(settings.rehearsal_lock_path):
            remove_rehearsed(settings)


def remove_rehearsed(settings: Settings) -> None:
    """Delete everything of a rehearsal. Whoever calls this has its lock."""
    if settings.rehearsal_path.exists():
        shutil.rmtree(settings.rehearsal_path)
