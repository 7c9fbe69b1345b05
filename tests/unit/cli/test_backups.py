"""`plumbline backup` and `restore`, as the person who runs them sees them."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.backups import age, making
from bot.backups.age import Pair
from bot.backups.rotation import name_at
from bot.delivery.channel_posts import ChannelPost, ChannelPosts
from bot.delivery.outbox import Outbox
from bot.ids import PersonId, ServerId
from bot.settings import Settings
from bot.state_dir import file_keys
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.vault.deletion_file import Batch, DeletionFile, Entry, Kind
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import Replay
from bot.vault.sealing import Cell, Vault
from tests.database_file import open_file
from tests.disk_faults import no_file_grows
from tests.unit.cli.conftest import Plumbline
from tests.unit.vault.conftest import entries

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CELL = Cell("ask:1", PersonId("robin"), "asks", "words", "1")
LONG_AGO = datetime(2025, 11, 30, 12, tzinfo=UTC)
WORDS = "canary-words"
Work = Callable[[Database, Vault], Awaitable[Any]]


class Used:
    """An installation in which somebody wrote something, as a bot leaves it, and the operator's keys."""

    def __init__(self, state: Path, plumbline: Plumbline, pair: Pair) -> None:
        self.state = state
        self.plumbline = plumbline
        self.pair = pair
        self.database = state / "plumbline.db"
        self.log = state / "deletions.log"
        self.identity = Path("identity.txt")
        self.identity.write_text(f"# made on a Monday\n{pair.private}\n")

    def run(self, work: Work | None = None) -> Any:
        """Start and stop as the bot does, with some work in between."""
        return asyncio.run(self._run(work))

    async def _run(self, work: Work | None) -> Any:
        ring = Keyring.load(self.state / "keys.json")
        db = Database(self.database, keys=file_keys(ring))
        log = DeletionLog(self.log, ring, lambda: NOW)
        vault = Vault(ring, log)
        try:
            await Replay(db, vault, log).start(NOW)
            return await work(db, vault) if work is not None else None
        finally:
            await db.close()

    def text(self, sealed: bytes) -> str | None:
        found: str | None = self.run(lambda db, vault: db.read(lambda tx: vault.unseal(tx, CELL, sealed)))
        return found

    def write(self) -> bytes:
        sealed: bytes = self.run(lambda db, vault: db.write(lambda tx: vault.seal(tx, CELL, WORDS)))
        return sealed

    def delete(self) -> None:
        self.run(lambda db, vault: db.write(lambda tx: vault.drop(tx, CELL.case)))

    def back_up(self, *more: str, to: str = "backup.age") -> Path:
        told = self.plumbline("backup", to, "--to", self.pair.public, *more)
        assert told.exit_code == 0, told.output
        return Path(to)

    def restore(self, *more: str, source: str = "backup.age") -> tuple[int, str]:
        told = self.plumbline("restore", source, "--key-file", str(self.identity), *more)
        assert not told.exception or isinstance(told.exception, SystemExit)
        return told.exit_code, told.output

    def lose(self) -> None:
        """Lose the database, but neither the key file nor the deletion log."""
        for one in self.state.glob("plumbline.db*"):
            one.unlink()

    def left(self) -> list[str]:
        """Return what is in the state folder, but for locks and journals that are empty."""
        there = [one for one in self.state.iterdir() if not one.name.endswith(("lock", "-shm"))]
        return sorted(one.name for one in there if not one.name.endswith("-wal") or one.stat().st_size)


@pytest.fixture
def used(installed: Path, plumbline: Plumbline) -> Used:
    found = Used(installed, plumbline, age.new_pair())
    found.run()
    return found


def test_a_backup_can_be_restored(used: Used) -> None:
    sealed = used.write()
    told = used.plumbline("backup", "backup.age", "--to", used.pair.public)
    assert told.exit_code == 0, told.output
    assert "the key file (state/keys.json) and the deletion log (state/deletions.log)" in told.output
    used.lose()

    code, said = used.restore()

    assert code == 0, said
    assert "Everything else is as it was then." in said
    assert used.text(sealed) == WORDS
    assert used.database.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_encrypted_to_the_public_key_and_only_its_time_is_left(used: Used) -> None:
    used.write()
    before = used.left()

    path = used.back_up()

    assert path.read_bytes().startswith(age.BEGINS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert used.left() == sorted([*before, "last-backup"])
    assert sorted(one.name for one in Path().iterdir()) == [".env", "backup.age", "identity.txt", "state"]
    with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")


def test_the_public_key_can_be_a_setting(used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "plumbline keys backup" in used.plumbline("backup", "backup.age").stderr
    monkeypatch.setenv("PLUMBLINE_BACKUP_KEY", used.pair.public)

    assert used.plumbline("backup", "backup.age").exit_code == 0

    monkeypatch.setenv("PLUMBLINE_BACKUP_KEY", used.pair.private)
    told = used.plumbline("backup", "other.age")
    assert "PLUMBLINE_BACKUP_KEY should be a public key" in told.stderr
    assert used.pair.private not in told.output


def test_what_was_deleted_after_the_backup_stays_deleted(used: Used) -> None:
    sealed = used.write()
    used.back_up()
    used.delete()
    used.lose()

    code, said = used.restore()

    assert code == 0
    assert "deleted again (data keys: 1)" in said
    assert used.text(sealed) is None


@pytest.mark.parametrize("log_lost", [False, True])
def test_what_waited_is_looked_for_before_it_is_sent(used: Used, log_lost: bool) -> None:
    """It may have been sent after the backup was made. What is due later has not been."""

    async def tell(tx: Tx) -> None:
        server, robin = ServerId(1), PersonId("robin")
        await Outbox().tell(tx, robin, "pods.joined", "waits", LONG_AGO)
        await Outbox().tell(tx, robin, "pods.joined", "later", NOW, not_before=NOW + timedelta(weeks=9999))
        await ChannelPosts().put(tx, ChannelPost.to(server, 2, "norms.ballot", "post", LONG_AGO))

    used.run(lambda db, vault: db.write(tell))
    used.back_up()
    used.lose()
    if log_lost:
        used.log.unlink()

    code, said = used.restore(*(("--without-deletions",) if log_lost else ()))

    assert code == 0, said
    with closing(open_file(used.database)) as database:
        every = " UNION ".join(f"SELECT subject, tried_at, made_at FROM {one}" for one in ("outbox", "posts"))
        marked = {subject: at == made_at for subject, at, made_at in database.execute(every)}
    assert marked == {"waits": True, "later": False, "post": True}


def test_the_deletion_log_can_come_from_elsewhere_and_goes_where_it_belongs(used: Used) -> None:
    sealed = used.write()
    used.back_up()
    used.delete()
    used.lose()
    used.log.rename("copy.log")

    code, said = used.restore("--deletions", "copy.log")

    assert code == 0, said
    assert used.log.read_bytes().startswith(Path("copy.log").read_bytes())
    assert used.text(sealed) is None


def test_without_the_deletion_log_a_backup_is_restored_only_if_that_is_asked_for(used: Used) -> None:
    sealed = used.write()
    used.back_up()
    used.delete()
    used.lose()
    used.log.unlink()

    code, said = used.restore()
    assert code == 1
    assert "everything that people have deleted since is back" in said
    assert not used.database.exists()
    code, said = used.restore("--deletions", "none.log")
    assert "There is no deletion log at none.log" in said

    code, said = used.restore("--without-deletions")
    assert code == 0, said
    assert "what people have deleted since the backup was made is back too" in said
    assert used.text(sealed) == WORDS


@pytest.mark.parametrize("more", [("--without-deletions",), ("--deletions", "other.log")])
def test_a_log_that_is_in_place_is_not_passed_over(used: Used, more: tuple[str, ...]) -> None:
    used.back_up()
    used.lose()
    shutil.copy(used.log, "other.log")

    code, said = used.restore(*more)

    assert code == 1
    assert "There is a deletion log at state/deletions.log already" in said
    assert not used.database.exists()


def test_a_log_that_begins_after_the_backup_is_refused(used: Used) -> None:
    used.write()
    used.back_up()
    used.log.unlink()
    used.run()
    used.lose()

    code, said = used.restore()

    assert code == 1
    assert "doesn't go back to when the backup was made" in said
    assert not used.database.exists()


def test_a_damaged_log_is_refused(used: Used) -> None:
    used.back_up()
    used.lose()
    used.log.write_bytes(b"x" * 144)

    code, said = used.restore()

    assert code == 1
    assert "isn't this installation's deletion log" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("another private key", "was encrypted to another public key"),
        ("no private key", "There is no private key for backups in identity.txt"),
        ("no identity", "There is no private key for backups in identity.txt"),
        ("cut short", "is cut short or was changed"),
        ("cut to the beginning", "is cut short or was changed"),
        ("a byte", "is cut short or was changed"),
        ("not a backup", "isn't a complete Plumbline database"),
        ("another ring", "None of the keys in state/keys.json opens backup.age"),
        ("no key file", "Put your copy of the key file in its place first"),
        ("no backup", "There is no database at backup.age"),
        ("a database", "won't overwrite it"),
        ("a journal", "won't overwrite it"),
        ("running", "Another Plumbline runs"),
    ],
)
def test_an_impossible_restore_is_refused_and_leaves_nothing(used: Used, change: str, said: str) -> None:
    used.write()
    backup = used.back_up()
    used.lose()
    content = backup.read_bytes()
    match change:
        case "another private key":
            used.identity.write_text(age.new_pair().private)
        case "no private key":
            used.identity.write_text("# nothing\n")
        case "no identity":
            used.identity.unlink()
        case "cut short":
            backup.write_bytes(content[:-1000])
        case "cut to the beginning":
            backup.write_bytes(content[:40])
        case "a byte":
            backup.write_bytes(content[:-5000] + bytes([content[-5000] ^ 1]) + content[-4999:])
        case "not a backup":
            backup.write_bytes(b"notes" * 5000)
        case "another ring":
            Keyring.fresh().save(used.state / "keys.json")
        case "no key file":
            (used.state / "keys.json").unlink()
        case "no backup":
            backup.unlink()
        case "a database":
            used.database.write_text("mine")
        case "a journal":
            (used.state / "plumbline.db-wal").write_text("mine")
    expected = used.left()

    if change == "running":
        with held(used.state / "lock"):
            code, told = used.restore()
    else:
        code, told = used.restore()

    assert code == 1
    assert said in told
    assert used.left() == expected


def test_an_older_backup_that_is_not_encrypted_by_age_can_still_be_restored(used: Used) -> None:
    sealed = used.write()
    shutil.copy(used.database, "copy.db")
    used.lose()

    assert used.plumbline("restore", "copy.db").exit_code == 0
    assert used.text(sealed) == WORDS


def test_an_encrypted_backup_without_a_private_key_says_what_to_give(used: Used) -> None:
    used.back_up()
    used.lose()

    told = used.plumbline("restore", "backup.age")

    assert told.exit_code == 1
    assert "--key-file FILE" in told.stderr


def test_a_destroyed_key_makes_backups_from_its_time_unreadable(used: Used) -> None:
    used.write()
    used.back_up()
    used.plumbline("keys", "rotate")
    used.run(rewrapping)
    assert used.plumbline("keys", "retire", "1").exit_code == 0
    assert used.plumbline("keys", "destroy", "1", "--yes").exit_code == 0
    used.lose()

    code, said = used.restore()

    assert code == 1
    assert "None of the keys" in said
    assert not used.database.exists()


def test_a_backup_from_before_a_rotation_opens_while_its_key_is_only_retired(used: Used) -> None:
    sealed = used.write()
    used.back_up()
    used.plumbline("keys", "rotate")
    used.run(rewrapping)
    assert used.plumbline("keys", "retire", "1").exit_code == 0
    used.delete()
    used.lose()

    code, said = used.restore()

    assert code == 0, said
    assert "data keys: 1" in said
    assert used.text(sealed) is None


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock file as another process does."""
    holding = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.communicate(b"\n")


def rewrapping(db: Database, vault: Vault) -> Awaitable[int]:
    return db.write(vault.rewrap)


# -- making --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "state/keys.json"), "won't overwrite it"),
        (("backup", "nowhere/copy.age"), "can't write"),
        (("backup", "state/keys.json/copy.age"), "can't write"),
        (("backup", "copy.age", "--keep", "often"), "for example 7d4w6m"),
        (("backup", "copy.age", "--keep", "0d"), "for example 7d4w6m"),
        (("backup", "copy.age", "--keep", "7d"), "TARGET has to be a folder"),
        (("backup", "copy.age", "--to", "age1notakey"), "should begin with age1"),
    ],
)
def test_an_impossible_backup_is_refused(used: Used, words: tuple[str, ...], said: str) -> None:
    before = used.left()
    to = () if "--to" in words else ("--to", used.pair.public)

    told = used.plumbline(*words, *to)

    assert told.exit_code == 1
    assert said in told.stderr
    assert used.left() == before
    assert not [*Path().glob("*copy*")]


def test_a_backup_without_room_says_so(used: Used) -> None:
    with no_file_grows(100_000):
        told = used.plumbline("backup", "copy.age", "--to", used.pair.public)

    assert told.exit_code == 1
    assert "copy.age" in told.stderr
    assert not told.exception or isinstance(told.exception, SystemExit)
    assert not [*Path().glob("*copy*"), *used.state.glob("*backup*db*"), *used.state.glob("*.backup*")]


def test_a_backup_without_a_database_or_a_key_file_is_refused(used: Used) -> None:
    (used.state / "keys.json").rename("keys")
    told = used.plumbline("backup", "copy.age", "--to", used.pair.public)
    assert "its key file state/keys.json isn't" in told.stderr
    used.lose()
    assert "There is no database" in used.plumbline("backup", "a", "--to", used.pair.public).stderr


def test_a_copy_that_the_key_file_does_not_open_is_no_backup(used: Used) -> None:
    """The file is encrypted with the first key, and what is sealed in it with a key that is lost."""
    used.write()
    with closing(open_file(used.database)) as database:
        database.execute("UPDATE data_keys SET ring_key = '7'")

    told = used.plumbline("backup", "copy.age", "--to", used.pair.public)

    assert told.exit_code == 1
    assert not Path("copy.age").exists()


def test_a_backup_that_cannot_be_decrypted_as_it_was_is_deleted(
    used: Used, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lying(making.age._Hashing):  # type: ignore[name-defined,misc] # it stands for a disk that changes bytes
        def digest(self) -> bytes:
            return os.urandom(32)

    monkeypatch.setattr(age, "_Hashing", Lying)

    told = used.plumbline("backup", "copy.age", "--to", used.pair.public)

    assert told.exit_code == 1
    assert "couldn't be decrypted again" in told.stderr
    assert not [*Path().glob("*copy*")]


def test_where_files_need_a_name_a_backup_is_made_all_the_same(
    used: Used, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_nameless", lambda _folder: None)
    Path(making._PARTIAL).write_bytes(b"left by a killed backup")

    used.back_up()

    assert Path("backup.age").stat().st_mode & 0o777 == 0o600
    assert not Path(making._PARTIAL).exists()
    used.lose()
    assert used.restore()[0] == 0


@pytest.mark.parametrize("name", ["plumbline.db.backup", "plumbline.db.backup.partial"])
def test_what_a_killed_backup_left_is_deleted_by_the_next_and_by_the_bot(used: Used, name: str) -> None:
    from bot.backups.leftovers import remove_copies

    left = used.state / name
    left.write_bytes(b"left")
    used.back_up()
    assert not left.exists()

    left.write_bytes(b"left")
    remove_copies(Settings(_env_file=None, state_dir=used.state))
    assert not left.exists()


# -- keeping -------------------------------------------------------------------------------------


def test_older_backups_are_deleted_as_asked(used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("backups")
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    for days in range(10, 0, -1):
        monkeypatch.setattr(app, "utcnow", lambda days=days: NOW - timedelta(days=days))
        used.back_up(to="backups")
    monkeypatch.setattr(app, "utcnow", lambda: NOW)

    told = used.plumbline("backup", "backups", "--to", used.pair.public, "--keep", "3d2w")

    assert told.exit_code == 0
    kept = [name_at(NOW - timedelta(days=days)) for days in (2, 1, 0)]
    assert sorted(one.name for one in folder.iterdir()) == ["notes.txt", *kept]
    assert "Older backups that were deleted: 8" in told.output


def test_lines_of_the_deletion_log_that_are_older_than_all_backups_go(
    used: Used, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("backups").mkdir()
    used.back_up(to="backups")
    file = DeletionFile(used.log, Keyring.load(used.state / "keys.json"))
    older = [Batch(bytes([days]) * 16, (NOW - timedelta(days=days)).date()) for days in (40, 30, 20)]
    used.log.unlink()
    for one in older:
        file.append([*entries(one), Entry(Kind.COMMITTED, one.id)], one.day)
    monkeypatch.setattr(app, "utcnow", lambda: NOW)

    told = used.plumbline("backup", "backups", "--to", used.pair.public, "--keep", "28d")

    assert told.exit_code == 0, told.output
    assert [one.id for one in file.batches()] == [one.id for one in older[1:]]
    assert "deleted: 2" in told.output


def test_the_docs_say_the_same_about_backups() -> None:
    root = Path(__file__).parents[3]
    readme = " ".join((root / "README.md").read_text("utf-8").split())

    assert "Copy the key file and the deletion log" in readme
    assert "It deletes again what was deleted since the backup was made" in readme
