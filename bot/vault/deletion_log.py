"""What a transaction deletes for good is in the deletion log before it is committed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from bot.ids import PersonId
from bot.own_thread import in_own_thread
from bot.storage.tx import Tx
from bot.storage.unavailable import Reason, StorageUnavailable, reason_of
from bot.vault import deletion_store
from bot.vault.deletion_file import ID_BYTES, DeletionFile, Entry, Kind
from bot.vault.keyring import Keyring


class DeletionNames:
    """What the deletion log calls data keys and persons: keyed hashes, which name one key and no other.

    A key that is made later for the same case and author has another name, so that replaying the log never
    deletes it. Wrapping a key again doesn't change its name.
    """

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring

    def of_key(self, case: str, author: PersonId, data_key: bytes) -> bytes:
        return self._named("deleted key", case, author, data_key.hex())

    def of_person(self, person: PersonId) -> bytes:
        return self._named("erased person", person)

    def _named(self, *parts: str) -> bytes:
        return self._ring.finger("\x1f".join(parts))[:ID_BYTES]


class DeletionLog:
    """Collects what a transaction deletes, and writes it to the file right before the commit.

    If the file can't be written, the transaction fails as it does when the disk is full.
    number: each process of a bot has a log of its own, with a number.
    """

    def __init__(self, path: Path, ring: Keyring, now: Callable[[], datetime], number: int = 1) -> None:
        self.file = DeletionFile(path, ring)
        self.number = number
        self.names = DeletionNames(ring)
        self._now = now
        self._collected: WeakKeyDictionary[Tx, list[Entry]] = WeakKeyDictionary()
        self._unconfirmed: list[Entry] = []

    def key(self, tx: Tx, case: str, author: PersonId, data_key: bytes) -> None:
        """Record that this transaction deletes a data key."""
        self._of(tx).append(Entry(Kind.KEY, self.names.of_key(case, author, data_key)))

    def person(self, tx: Tx, person: PersonId) -> None:
        """Record that this transaction erases a person."""
        self._of(tx).append(Entry(Kind.PERSON, self.names.of_person(person)))

    def begin(self, tx: Tx) -> None:
        """Write an entry that deletes nothing, so that the database and the file have one in common."""
        self._of(tx)

    def confirm(self, batch: bytes, *, committed: bool = True) -> None:
        """Say in the file whether a batch was committed, now or, if that can't be done, with the next one."""
        self._unconfirmed.append(Entry(Kind.COMMITTED if committed else Kind.UNDONE, batch))
        try:
            self.file.append(self._unconfirmed, self._now().date(), durable=False, waiting=False)
        except OSError:
            return
        self._unconfirmed.clear()

    def _of(self, tx: Tx) -> list[Entry]:
        """Return what the transaction has deleted so far."""
        if tx not in self._collected:
            self._collected[tx] = []
            tx.before_commit(partial(self._write, tx))
        return self._collected[tx]

    async def _write(self, tx: Tx) -> None:
        batch = deletion_store.new_id()
        await deletion_store.set_mark(tx, self.number, batch)
        entries = [*self._unconfirmed, Entry(Kind.BEGUN, batch), *self._collected.pop(tx)]
        try:
            await in_own_thread(self.file.append, entries, self._now().date())
        except OSError as error:
            raise StorageUnavailable(reason_of(error) or Reason.SHUT, "DELETION_LOG") from error
        self._unconfirmed.clear()
        tx.afterwards(partial(self.confirm, batch))
