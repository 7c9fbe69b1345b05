"""What is deleted for good stays deleted, whichever older copy of the database comes back."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.ids import PersonId
from bot.storage.database import Database, StorageUnavailable
from bot.storage.sqlite import SqliteAdapter
from bot.storage.tx import Tx
from bot.vault.deletion_file import LINE, DeletionsUnusable, State
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import LogTooShort, Replay, Replayed
from bot.vault.sealing import PERSON_CASE, Cell, Vault
from tests.unit.vault.conftest import CELL, ROBIN

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OTHER = replace(CELL, case="ask:2")
ACCOUNT = Cell(PERSON_CASE + ROBIN, ROBIN, "people", "discord_id", ROBIN)


@dataclass
class Installation:
    """A database with its deletion log, as a bot has them from one start to the next."""

    place: Path
    ring: Keyring
    db: Database
    vault: Vault
    deletions: DeletionLog
    replay: Replay

    @classmethod
    def at(cls, place: Path, ring: Keyring, db: Database, number: int = 1) -> "Installation":
        deletions = DeletionLog(place / "deletions.log", ring, lambda: NOW, number)
        vault = Vault(ring, deletions)
        return cls(place, ring, db, vault, deletions, Replay(db, vault, deletions))

    async def restarted(self, before: Callable[[], object] = lambda: None) -> "Installation":
        """Stop, do something to the files, and start again."""
        await self.db.close()
        before()
        again = Installation.at(self.place, self.ring, Database(self.db.path))
        await again.replay.start(NOW)
        return again

    async def seal(self, text: str = "words") -> bytes:
        return await self.db.write(lambda tx: self.vault.seal(tx, CELL, text))

    async def text(self, sealed: bytes) -> str | None:
        return await self.db.read(lambda tx: self.vault.unseal(tx, CELL, sealed))

    async def drop(self) -> None:
        await self.db.write(lambda tx: self.vault.drop(tx, CELL.case, ROBIN))

    async def copy(self) -> Path:
        await self.db.checkpoint()
        return Path(shutil.copy(self.db.path, self.place / "copy.db"))

    def puts_back(self, copy: Path) -> Callable[[], object]:
        return lambda: shutil.copy(copy, self.db.path)


@pytest.fixture
async def here(tmp_path: Path, ring: Keyring, db: Database) -> Installation:
    found = Installation.at(tmp_path, ring, db)
    await found.replay.start(NOW)
    return found


async def test_a_deletion_is_in_the_log_before_it_is_committed(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.seal()
    found: list[int] = []
    commit = SqliteAdapter._commit

    async def noting(self: SqliteAdapter, writer: Any) -> None:
        found.append(sum(len(one.keys) for one in here.deletions.file.batches()))
        await commit(self, writer)

    monkeypatch.setattr(SqliteAdapter, "_commit", noting)
    await here.drop()

    assert found == [1]
    last = here.deletions.file.last()
    assert last is not None
    assert (len(last.keys), last.state) == (1, State.COMMITTED)


async def test_nothing_is_logged_for_a_transaction_that_deletes_nothing_or_is_undone(
    here: Installation,
) -> None:
    before = here.deletions.file.path.read_bytes()
    await here.seal()
    await here.drop()
    after = here.deletions.file.path.read_bytes()
    await here.drop()

    async def fails(tx: Tx) -> None:
        await here.vault.drop(tx, CELL.case)
        raise KeyError

    await here.seal()
    with pytest.raises(KeyError):
        await here.db.write(fails)

    assert len(after) - len(before) == 3 * LINE
    assert here.deletions.file.path.read_bytes() == after


async def test_what_was_deleted_after_a_copy_is_deleted_again_when_the_copy_comes_back(
    here: Installation,
) -> None:
    sealed = await here.seal()
    kept = await here.db.write(lambda tx: here.vault.seal(tx, OTHER, "kept"))
    copy = await here.copy()
    await here.drop()

    again = await here.restarted(here.puts_back(copy))

    assert await again.text(sealed) is None
    assert await again.db.read(lambda tx: again.vault.unseal(tx, OTHER, kept)) == "kept"
    once_more = await again.restarted()
    assert await once_more.replay.catch_up(NOW) == Replayed()


async def test_each_process_of_a_bot_follows_its_own_log(here: Installation) -> None:
    """Two of them delete in turn. Neither takes the other's deletions to be missing from its own log."""
    other = Installation.at(here.place / "other", here.ring, here.db, number=2)
    await other.replay.start(NOW)
    first = await here.seal()
    second = await here.db.write(lambda tx: here.vault.seal(tx, OTHER, "of another case"))
    copy = await here.copy()
    await here.drop()
    await other.db.write(lambda tx: other.vault.drop(tx, OTHER.case, ROBIN))
    for one in (here, other):
        assert await one.replay.catch_up(NOW) == Replayed()

    again = await here.restarted(here.puts_back(copy))
    assert await again.text(first) is None
    assert await again.db.read(lambda tx: again.vault.unseal(tx, OTHER, second)) == "of another case"
    later = Installation.at(other.place, other.ring, again.db, number=2)
    await later.replay.start(NOW)
    assert await again.db.read(lambda tx: again.vault.unseal(tx, OTHER, second)) is None


async def test_a_key_that_was_made_again_for_the_same_author_is_not_deleted(here: Installation) -> None:
    await here.seal()
    await here.drop()
    sealed = await here.seal("written again")
    copy = await here.copy()

    again = await here.restarted(here.puts_back(copy))
    await again.db.write(lambda tx: deletion_mark_lost(tx))
    again = await again.restarted()

    assert await again.text(sealed) == "written again"


async def deletion_mark_lost(tx: Tx) -> None:
    from bot.vault import deletion_store

    await deletion_store.forget_marks(tx)


async def test_a_key_that_was_wrapped_again_is_recognised(here: Installation) -> None:
    sealed = await here.seal()
    copy = await here.copy()
    here.vault.use(here.ring.rotated())
    await here.db.write(here.vault.rewrap)
    await here.drop()

    again = await here.restarted(here.puts_back(copy))

    assert await again.text(sealed) is None


@pytest.mark.parametrize("again", ["the same process", "the next start"])
async def test_a_deletion_whose_commit_failed_is_not_replayed(
    here: Installation, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    sealed = await here.seal()
    copy = await here.copy()

    async def fails(*_: object) -> None:
        raise KeyError

    with monkeypatch.context() as patched:
        patched.setattr(SqliteAdapter, "_commit", fails)
        with pytest.raises(KeyError):
            await here.drop()
    if again == "the same process":
        await here.db.write(lambda tx: here.vault.seal(tx, OTHER, "other"))
        await here.db.write(lambda tx: here.vault.drop(tx, OTHER.case))
    started = await here.restarted()

    assert await started.text(sealed) == "words"
    state = {len(one.keys): one.state for one in started.deletions.file.batches()[1:2]}
    assert state == {1: State.UNDONE}
    assert await started.replay.catch_up(NOW) == Replayed()
    assert await started.text(sealed) == "words"
    restored = await started.restarted(started.puts_back(copy))
    assert await restored.replay.catch_up(NOW) == Replayed()
    assert await restored.text(sealed) == "words"


async def test_a_commit_that_the_log_does_not_know_of_yet_is_noted_at_the_next_start(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = await here.seal()
    copy = await here.copy()
    monkeypatch.setattr(DeletionLog, "confirm", lambda *_, **__: None)
    await here.drop()
    assert [one.state for one in here.deletions.file.batches()][-1] is State.OPEN
    monkeypatch.undo()

    started = await here.restarted()
    assert [one.state for one in started.deletions.file.batches()][-1] is State.COMMITTED
    assert await (await started.restarted(started.puts_back(copy))).text(sealed) is None


async def test_what_was_being_deleted_at_a_crash_is_also_deleted_in_a_copy_that_is_older_than_that(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = await here.seal()
    await here.db.write(lambda tx: here.vault.seal(tx, OTHER, "other"))
    copy = await here.copy()
    await here.db.write(lambda tx: here.vault.drop(tx, OTHER.case))
    monkeypatch.setattr(DeletionLog, "confirm", lambda *_, **__: None)
    await here.drop()
    monkeypatch.undo()

    again = await here.restarted(here.puts_back(copy))

    assert await again.text(sealed) is None
    assert {one.state for one in again.deletions.file.batches()} == {State.COMMITTED}


async def test_a_restored_copy_also_loses_what_was_being_deleted_when_the_machine_stopped(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = await here.seal()
    copy = await here.copy()
    monkeypatch.setattr(DeletionLog, "confirm", lambda *_, **__: None)
    await here.drop()
    await here.db.close()
    here.puts_back(copy)()

    again = Installation.at(here.place, here.ring, Database(here.db.path))

    assert await again.replay.catch_up(NOW) == Replayed(keys=1)
    assert await again.text(sealed) is None


async def test_while_the_log_can_not_be_written_nothing_is_deleted(here: Installation) -> None:
    sealed = await here.seal()
    here.deletions.file.path.unlink()
    here.deletions.file.path.mkdir()

    with pytest.raises(StorageUnavailable):
        await here.drop()
    assert await here.text(sealed) == "words"

    here.deletions.file.path.rmdir()
    await here.drop()
    assert await here.text(sealed) is None


async def test_a_confirmation_that_has_to_wait_comes_with_the_next_deletion(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, busy = here.deletions.file.append, True

    def appending(*arguments: Any, waiting: bool = True, **more: Any) -> None:
        if busy and not waiting:
            raise BlockingIOError
        append(*arguments, waiting=waiting, **more)

    monkeypatch.setattr(here.deletions.file, "append", appending)
    await here.seal()
    await here.drop()
    assert [one.state for one in here.deletions.file.batches()] == [State.COMMITTED, State.OPEN]
    busy = False
    await here.seal()
    await here.drop()

    assert [one.state for one in here.deletions.file.batches()] == [State.COMMITTED] * 3


async def test_an_erased_person_is_erased_again(here: Installation) -> None:
    copy = await here.copy()
    await here.db.write(lambda tx: erasing(here.vault, tx))
    erased: list[PersonId] = []

    async def everyone(_tx: Tx) -> list[PersonId]:
        return [PersonId("kim"), ROBIN]

    async def erase(_tx: Tx, person: PersonId, _now: datetime) -> None:
        erased.append(person)

    await here.db.close()
    here.puts_back(copy)()
    again = Installation.at(here.place, here.ring, Database(here.db.path))
    assert await again.replay.catch_up(NOW) == Replayed(persons_left=True)
    again.replay.erases_with(everyone, erase)
    await again.replay.start(NOW)

    assert erased == [ROBIN]
    await again.replay.start(NOW)
    assert erased == [ROBIN]


async def test_an_account_can_be_read_until_its_person_is_erased_again(here: Installation) -> None:
    """Their direct messages are found by it. Whatever else they wrote can't be read from the restore on."""
    words = await here.seal()
    account = await here.db.write(lambda tx: here.vault.seal(tx, ACCOUNT, "account"))
    copy = await here.copy()

    async def erase(tx: Tx) -> None:
        await erasing(here.vault, tx)
        await here.vault.drop_author(tx, ROBIN)

    await here.db.write(erase)
    await here.db.close()
    here.puts_back(copy)()
    again = Installation.at(here.place, here.ring, Database(here.db.path))
    read: list[str | None] = []

    async def read_account(tx: Tx, _person: PersonId = ROBIN, _now: datetime = NOW) -> None:
        read.append(await again.vault.unseal(tx, ACCOUNT, account))

    async def everyone(_tx: Tx) -> list[PersonId]:
        return [ROBIN]

    assert await again.replay.catch_up(NOW) == Replayed(keys=1, persons_left=True)
    assert await again.text(words) is None
    again.replay.erases_with(everyone, read_account)
    await again.replay.start(NOW)
    await again.db.read(read_account)

    assert read == ["account", None]


async def erasing(vault: Vault, tx: Tx) -> None:
    vault.erase_person(tx, ROBIN)


async def test_a_lost_log_is_told_and_a_new_one_begun_that_older_copies_are_not_in(
    here: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    await here.seal()
    await here.drop()
    copy = await here.copy()

    again = await here.restarted(here.deletions.file.path.unlink)

    assert "doesn't go back" in caplog.text
    assert len(again.deletions.file.batches()) == 1
    caplog.clear()
    again = await again.restarted()
    assert not caplog.text
    await again.db.close()
    again.puts_back(copy)()
    with pytest.raises(LogTooShort):
        await Installation.at(here.place, here.ring, Database(here.db.path)).replay.catch_up(NOW)


async def test_a_log_of_another_installation_stops_the_start_and_is_left_as_it_is(here: Installation) -> None:
    here.deletions.file.path.write_bytes(b"x" * 200)

    with pytest.raises(DeletionsUnusable):
        await here.restarted()

    assert here.deletions.file.path.read_bytes() == b"x" * 200


async def test_a_data_key_that_is_damaged_does_not_stop_the_replay(here: Installation) -> None:
    from sqlalchemy import text

    sealed = await here.seal()
    await here.db.write(lambda tx: here.vault.seal(tx, OTHER, "other"))
    damaging = text(
        "UPDATE data_keys SET wrapped = x'00112233445566778899aabbccddeeff' WHERE \"case\" = 'ask:2'"
    )
    await here.db.write(lambda tx: tx.execute(damaging))
    copy = await here.copy()
    await here.drop()

    assert await (await here.restarted(here.puts_back(copy))).text(sealed) is None


async def test_dropping_a_data_key_that_is_damaged_deletes_its_row(here: Installation) -> None:
    from sqlalchemy import text

    sealed = await here.seal()
    damaging = text("UPDATE data_keys SET wrapped = x'00112233445566778899aabbccddeeff'")
    await here.db.write(lambda tx: tx.execute(damaging))

    await here.drop()

    assert await here.text(sealed) is None
