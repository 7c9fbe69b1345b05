"""Delete again what was deleted after this database was copied: after a backup was restored, at a start."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from bot.ids import PersonId
from bot.logs import get_logger
from bot.own_thread import in_own_thread
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.vault import deletion_store
from bot.vault.deletion_file import Batch, State
from bot.vault.deletion_log import DeletionLog
from bot.vault.sealing import PERSON_CASE, Vault
from bot.vault.store import DataKey

log = get_logger(__name__)

Everyone = Callable[[Tx], Awaitable[Sequence[PersonId]]]
Erase = Callable[[Tx, PersonId, datetime], Awaitable[None]]
WhenOlder = Callable[[Tx, datetime], Awaitable[None]]


class LogTooShort(Exception):
    """The deletion log doesn't go back to when this database was copied."""


class Replayed(Struct, frozen=True):
    """How many data keys and persons were deleted again, and whether persons are left for the next start."""

    keys: int = 0
    persons: int = 0
    persons_left: bool = False

    def and_also(self, other: "Replayed") -> "Replayed":
        return Replayed(
            self.keys + other.keys, self.persons + other.persons, self.persons_left or other.persons_left
        )


class Replay:
    """Compares the database with the deletion log, and deletes what only the log knows of.

    It is safe to run at each start: the log names single data keys, and none of those that were committed as
    deleted can be alive, unless the database is an older copy.
    """

    def __init__(self, db: Database, vault: Vault, deletions: DeletionLog) -> None:
        self._db = db
        self._vault = vault
        self._deletions = deletions
        self._everyone: Everyone | None = None
        self._erase: Erase | None = None
        self._when_older: WhenOlder | None = None

    def erases_with(self, everyone: Everyone, erase: Erase) -> None:
        """Register how to list all persons, and how to erase one of them."""
        self._everyone, self._erase = everyone, erase

    def when_older(self, call: WhenOlder) -> None:
        """Register what else is to be done at a start on an older copy of the database."""
        self._when_older = call

    async def start(self, now: datetime) -> None:
        """Catch up with the log, or begin one. Raises DeletionsUnusable, OSError and StorageUnavailable."""
        mark = await self._mark()
        known, later = await in_own_thread(self._deletions.file.after, mark)
        older = any(one.state is State.COMMITTED for one in later)
        await self._settle_last(mark, older)
        if mark is not None and not known:
            log.error("The deletion log doesn't go back to what this database last deleted")
        done = await self._delete(not_undone(later), now) if older else Replayed()
        if done != Replayed():
            log.warning(
                "The database is an older copy, so what was deleted since then was deleted again",
                keys=done.keys,
                persons=done.persons,
            )
        if not known:
            await self._begin_log()

    async def catch_up(self, now: datetime) -> Replayed:
        """Delete in a restored copy what the log names. A deletion that may not have been committed counts.

        Raises LogTooShort, DeletionsUnusable, OSError and StorageUnavailable.
        """
        mark = await self._mark()
        known, later = await in_own_thread(self._deletions.file.after, mark)
        if mark is not None and not known:
            raise LogTooShort
        return await self._delete(not_undone(later), now)

    # -- inside ---------------------------------------------------------------------------------

    async def _settle_last(self, mark: bytes | None, older: bool) -> None:
        """Say in the log whether the last transaction was committed, if a crash left that open.

        Nobody can tell if the database is an older copy. Then it counts as committed, as in `catch_up`.
        """
        last = await in_own_thread(self._deletions.file.last)
        if last is not None and last.state is State.OPEN:
            self._deletions.confirm(last.id, committed=older or last.id == mark)

    async def _delete(self, batches: Sequence[Batch], now: datetime) -> Replayed:
        if not batches:
            return Replayed()
        named = frozenset().union(*(one.keys for one in batches))
        doomed = await in_own_thread(self._named, await self._every_key(), named)
        persons = frozenset().union(*(one.persons for one in batches))
        return await self._delete_all(doomed, persons, batches[-1].id, now)

    @writes
    async def _delete_all(
        self, tx: Tx, doomed: Sequence[DataKey], persons: frozenset[bytes], mark: bytes, now: datetime
    ) -> Replayed:
        if persons and self._erase is None:
            doomed = [one for one in doomed if not self._opens_account(one, persons)]
            await deletion_store.delete_keys(tx, doomed)
            return Replayed(len(doomed), persons_left=True)
        # People first: their direct messages are found by their account, which one of these keys opens.
        erased = await self._erase_all(tx, persons, now)
        await deletion_store.delete_keys(tx, doomed)
        if self._when_older is not None:
            await self._when_older(tx, now)
        await deletion_store.set_mark(tx, self._deletions.number, mark)
        return Replayed(len(doomed), erased)

    def _opens_account(self, one: DataKey, persons: frozenset[bytes]) -> bool:
        """Whether this key opens the account of one of these persons, who are erased at the next start."""
        own = one.case == PERSON_CASE + one.author
        return own and self._deletions.names.of_person(one.author) in persons

    async def _erase_all(self, tx: Tx, persons: frozenset[bytes], now: datetime) -> int:
        if not persons or self._everyone is None or self._erase is None:
            return 0
        names = self._deletions.names
        there = [one for one in await self._everyone(tx) if names.of_person(one) in persons]
        for person in there:
            await self._erase(tx, person, now)
        return len(there)

    def _named(self, keys: Iterable[DataKey], names: frozenset[bytes]) -> list[DataKey]:
        return [one for one in keys if self._name(one) in names]

    def _name(self, one: DataKey) -> bytes | None:
        key = self._vault.data_key(one)
        return None if key is None else self._deletions.names.of_key(one.case, one.author, key)

    @writes
    async def _begin_log(self, tx: Tx) -> None:
        self._deletions.begin(tx)

    @reads
    async def _mark(self, tx: Tx) -> bytes | None:
        return await deletion_store.mark(tx, self._deletions.number)

    @reads
    async def _every_key(self, tx: Tx) -> list[DataKey]:
        return await deletion_store.every_key(tx)


async def marks(db: Database) -> dict[int, bytes]:
    """Return how far the database has come in each log, by the log's number."""
    return await db.read(deletion_store.marks)


async def forget_log(db: Database) -> None:
    """Let the next start begin a new deletion log."""
    await db.write(deletion_store.forget_marks)


def not_undone(batches: Iterable[Batch]) -> list[Batch]:
    """Return those whose transaction was committed, or may have been."""
    return [one for one in batches if one.state is not State.UNDONE]
