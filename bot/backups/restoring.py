"""`plumbline restore`: decrypt a backup to where no database is, and delete again what was deleted since."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from bot.backups import age
from bot.backups.leftovers import remove_restored
from bot.delivery.older_copy import look_before_sending
from bot.settings import Settings
from bot.state_dir import file_keys
from bot.storage import copies
from bot.storage.copies import NotADatabase
from bot.storage.database import Database
from bot.storage.encryption import journals
from bot.storage.files import created, make_folder, or_nothing, sync_folder
from bot.storage.lock import Lock
from bot.storage.migrate import HEAD, NewerSchema, upgrade
from bot.storage.moving import to_server
from bot.storage.source import FileSource
from bot.vault.deletion_file import ID_BYTES, DeletionFile, Entry, Kind
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring, KeysMissing
from bot.vault.replay import LogTooShort, Replay, Replayed, forget_log, marks, not_undone
from bot.vault.sealing import Vault
from bot.vault.usage import fits

_CHUNK = 1 << 20


class NoDeletions(Exception):
    """There is no deletion log, and nobody said to go on without."""


class TwoLogs(Exception):
    """A deletion log was given although there is one in place, or although it was said to go on without."""


class NoPrivateKey(Exception):
    """The backup is encrypted, and no private key was given."""


class Deletions(Struct, frozen=True):
    """The deletion logs that were given, if any, and whether to go on without one.

    Each process of a bot has a log of its own, so there can be several. In a rehearsal, those of other
    processes may be missing: they are on other machines.
    """

    given: tuple[Path, ...] = ()
    without: bool = False
    rehearsed: bool = False

    def chosen(self, usual: Path) -> tuple[Path, ...]:
        """Return the logs to use; none to go on without. Raises NoDeletions, TwoLogs, FileNotFoundError."""
        other = self.given and not (usual.exists() and any(_same(one, usual) for one in self.given))
        if usual.exists() and (self.without or other):
            raise TwoLogs(usual)
        for one in self.given:
            if not one.is_file():
                raise FileNotFoundError(one)
        chosen = self.given or ((usual,) if usual.exists() else ())
        if not chosen and not self.without:
            raise NoDeletions
        return chosen


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


async def restore(
    settings: Settings, source: Path, private: str | None, deletions: Deletions, now: datetime
) -> Replayed:
    """Restore a backup, to a file or to the empty database on a server.

    Afterwards either the whole database is there, or nothing of it.

    Raises FileNotFoundError if there is no such backup, NotOverwritten if there is a database, AlreadyRunning
    if the bot is running, NotADatabase, NewerSchema, WrongKey or KeysMissing if the key file is another one,
    what `Deletions.chosen`, `age.decrypt`, `Replay.catch_up` and reading the key file raise, and
    StorageUnavailable.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    if settings.database_url is None:
        copies.refuse_to_overwrite(settings.database_path)
    ring = Keyring.load(settings.key_path)
    logs = deletions.chosen(settings.deletions_path)
    make_folder(settings.state_dir)
    with Lock(settings.state_dir / "lock"), _nothing_left(settings) as restored:
        _decrypt(source, restored, private)
        _examine(restored, ring)
        followed = await _brought_up_to_date(restored, settings, ring, logs, now)
        if followed.others_missing and not deletions.rehearsed:
            raise LogTooShort
        if followed.own is not None:
            _put_in_place(followed.own, settings.deletions_path)
            _leave_for_next_start(followed.persons, settings, ring, now)
        if settings.database_url is None:
            _put_database_in_place(restored, settings.database_path)
        else:
            to_server(restored, file_keys(ring), settings.database_url)
    return followed.done


class _Followed(Struct, frozen=True):
    """What came of following the logs.

    own: the log of this installation's own process; None if there is no log. persons: whom others' logs name,
    and the next start has to erase. others_missing: the database knows logs that weren't given.
    """

    done: Replayed = Replayed()
    own: Path | None = None
    persons: frozenset[bytes] = frozenset()
    others_missing: bool = False


@contextmanager
def _nothing_left(settings: Settings) -> Iterator[Path]:
    """Yield the path, with nothing there of an earlier restore, and leave nothing there after an error."""
    remove_restored(settings)
    try:
        yield settings.restored_path
    finally:
        remove_restored(settings)


def _decrypt(source: Path, target: Path, private: str | None) -> None:
    """Write the decrypted backup. A copy that an earlier version made isn't encrypted by age."""
    with source.open("rb") as backup, os.fdopen(created(target, like=target.parent), "w+b") as written:
        sealed = backup.read(len(age.BEGINS)) == age.BEGINS
        backup.seek(0)
        if sealed and private is None:
            raise NoPrivateKey
        if sealed and private is not None:
            age.decrypt(backup, written, private)
        else:
            while chunk := backup.read(_CHUNK):
                written.write(chunk)


def _examine(restored: Path, ring: Keyring) -> None:
    keys = file_keys(ring)
    health = copies.look_at(restored, keys)
    if not health.whole or health.revision is None:
        raise NotADatabase(restored)
    if health.revision > HEAD:
        raise NewerSchema(health.revision)
    if not fits(FileSource(restored, keys), ring):
        raise KeysMissing


async def _brought_up_to_date(
    restored: Path, settings: Settings, ring: Keyring, logs: Sequence[Path], now: datetime
) -> _Followed:
    db = Database(restored, keys=file_keys(ring))
    try:
        await upgrade(db)
        await db.write(partial(look_before_sending, now=now))
        if not logs:
            await forget_log(db)
            return _Followed()
        return await _followed(db, settings, ring, logs, now)
    finally:
        await db.close()


async def _followed(
    db: Database, settings: Settings, ring: Keyring, logs: Sequence[Path], now: datetime
) -> _Followed:
    """Delete what these logs name. Raises LogTooShort if one of them doesn't go back far enough."""
    left, mine = await marks(db), settings.instance + 1
    done, own, persons = Replayed(), logs[0], frozenset[bytes]()
    for path in logs:
        log = DeletionLog(path, ring, lambda: now)
        log.number = next((number for number, mark in left.items() if log.file.after(mark)[0]), log.number)
        later = log.file.after(left.pop(log.number, None))[1]
        one = await Replay(db, Vault(ring), log).catch_up(now)
        done = done.and_also(one)
        if log.number == mine:
            own = path
        elif one.persons_left:
            persons = persons.union(*(batch.persons for batch in not_undone(later)))
    return _Followed(done, own, persons, others_missing=bool(left))


def _leave_for_next_start(
    persons: frozenset[bytes], settings: Settings, ring: Keyring, now: datetime
) -> None:
    """Write into this process's log whom another process has erased: it can't be done before a bot runs."""
    if persons:
        batch = os.urandom(ID_BYTES)
        entries = (Entry(Kind.BEGUN, batch), *(Entry(Kind.PERSON, one) for one in sorted(persons)))
        file = DeletionFile(settings.deletions_path, ring)
        file.append((*entries, Entry(Kind.COMMITTED, batch)), now.date())


def _put_in_place(log: Path, place: Path) -> None:
    """Copy the log that was given to where the bot goes on writing it."""
    place = place.resolve()
    if place.exists():
        return
    make_folder(place.parent)
    written = place.with_name(f"{place.name}.new")
    with or_nothing(written):
        with os.fdopen(created(written, like=place.parent), "wb") as file:
            file.write(log.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        written.rename(place)
    sync_folder(place.parent)


def _put_database_in_place(restored: Path, place: Path) -> None:
    with restored.open("rb") as file:
        os.fsync(file.fileno())
    copies.refuse_to_overwrite(place)
    for journal in journals(restored):
        journal.unlink(missing_ok=True)
    restored.rename(place)
    sync_folder(place.parent)
