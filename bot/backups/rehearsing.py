"""`plumbline rehearse`: restore a backup in a place of its own, to see that it works, and delete it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.backups import age, making
from bot.backups.leftovers import remove_rehearsed
from bot.backups.restoring import Deletions, restore
from bot.settings import Settings
from bot.storage.files import make_folder
from bot.storage.lock import Lock
from bot.vault.replay import Replayed


async def rehearse(settings: Settings, source: Path | None, private: str | None, now: datetime) -> Replayed:
    """Restore `source`, or a new backup if it is None, with copies of the key file and the deletion log.

    The new one is encrypted to a key that exists only meanwhile, since the private key is kept elsewhere.
    Raises what `backup` and `restore` raise, and AlreadyRunning if another rehearsal is under way.
    """
    with _a_place_of_its_own(settings) as place:
        if source is None:
            once = age.new_pair()
            made = making.backup(settings, place.state_dir / "backup.age", once.public, None, now)
            source, private = made.path, once.private
        there = settings.deletions_path.exists()
        return await restore(place, source, private, Deletions(without=not there, rehearsed=True), now)


@contextmanager
def _a_place_of_its_own(settings: Settings) -> Iterator[Settings]:
    """Yield the settings of an installation that has nothing but the key file and the deletion log."""
    folder = settings.rehearsal_path
    make_folder(settings.state_dir)
    with Lock(settings.rehearsal_lock_path):
        remove_rehearsed(settings)
        make_folder(folder)
        try:
            place = settings.changed(state_dir=folder, key_file=None, deletions=None, database_url=None)
            shutil.copy(settings.key_path, place.key_path)
            if settings.deletions_path.exists():
                shutil.copy(settings.deletions_path, place.deletions_path)
            yield place
        finally:
            remove_rehearsed(settings)
