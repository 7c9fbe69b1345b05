"""A plain file, or one with an older key, is encrypted when it is opened, and is whole at every moment."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.state_dir import file_keys
from bot.storage import encryption
from bot.storage.database import Database, StorageUnavailable
from bot.storage.encryption import encrypt
from bot.storage.file_keys import FileKeys, WrongKey, key_of
from bot.storage.tx import Tx
from bot.storage.unavailable import Damaged, Reason
from bot.vault.keyring import Keyring
from tests.database_file import open_file
from tests.disk_faults import damage, no_file_grows
from tests.unit.storage.conftest import notes, own

CANARY = "what somebody wrote"
MANY = 300


@pytest.fixture
def ring() -> Keyring:
    return Keyring.fresh()


async def filled(path: Path, keys: FileKeys | None, many: int = MANY) -> None:
    db = Database(path, keys=keys)
    await db.migrate(own.create_all)
    await db.write(lambda tx: tx.execute_all(insert(notes), [{"text": f"{CANARY} {n}"} for n in range(many)]))
    await db.close()


async def count(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(notes)))


async def counted(path: Path, keys: FileKeys | None) -> int:
    db = Database(path, keys=keys)
    try:
        return await db.read(count)
    finally:
        await db.close()


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@contextmanager
def unsaved(path: Path) -> Iterator[None]:
    """Leave a journal that isn't in the file yet, as a killed bot does."""
    place = path.with_name("killed")
    with closing(open_file(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO notes (text) VALUES ('in the journal')")
        place.mkdir()
        for one in (path, path.with_name(f"{path.name}-wal")):
            shutil.copy(one, place)
    for one in place.iterdir():
        shutil.move(one, path.with_name(one.name))
    place.rmdir()
    yield


async def test_a_plain_file_is_encrypted_when_it_is_opened_with_keys(tmp_path: Path, ring: Keyring) -> None:
    path, keys = tmp_path / "plumbline.db", file_keys(ring)
    await filled(path, None)
    assert CANARY.encode() in path.read_bytes()
    with unsaved(path):
        assert await counted(path, keys) == MANY + 1

    assert CANARY.encode() not in path.read_bytes()
    assert names(tmp_path) == {"plumbline.db"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert await counted(path, keys) == MANY + 1


async def test_a_file_with_an_older_key_is_encrypted_with_the_current_one(
    tmp_path: Path, ring: Keyring
) -> None:
    path, later = tmp_path / "plumbline.db", file_keys(ring.rotated())
    await filled(path, file_keys(ring))
    before = key_of(path, later)
    assert before is not None
    assert before.key == ring.file_key("1")
    assert await counted(path, later) == MANY

    after = key_of(path, later)
    assert after is not None
    assert after.key == later.current
    with pytest.raises(WrongKey):
        key_of(path, file_keys(ring))


async def test_a_file_with_the_current_key_is_left_as_it_is(tmp_path: Path, ring: Keyring) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, file_keys(ring))
    before = path.read_bytes(), path.stat().st_ino
    encrypt(path, file_keys(ring))

    assert (path.read_bytes(), path.stat().st_ino) == before


async def test_the_file_that_a_link_leads_to_is_replaced_and_not_the_link(
    tmp_path: Path, ring: Keyring
) -> None:
    kept = tmp_path / "elsewhere" / "kept.db"
    kept.parent.mkdir()
    await filled(kept, None)
    path = tmp_path / "plumbline.db"
    path.symlink_to(kept)

    assert await counted(path, file_keys(ring)) == MANY
    assert path.is_symlink()
    assert CANARY.encode() not in kept.read_bytes()


# -- the wrong key, and damage ------------------------------------------------------------------


async def test_with_other_keys_nothing_is_opened_and_nothing_is_written(
    tmp_path: Path, ring: Keyring
) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, file_keys(ring))
    before = path.read_bytes(), path.stat().st_mtime_ns
    for _ in range(2):
        with pytest.raises(WrongKey):
            await Database(path, keys=file_keys(Keyring.fresh())).open()

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert names(tmp_path) == {"plumbline.db"}


@pytest.mark.parametrize(
    "harm", [lambda held: b"gone" * 999, lambda held: held[:16] + b"\xff" * 200 + held[216:]]
)
async def test_a_damaged_file_is_not_blamed_on_the_key(
    tmp_path: Path, ring: Keyring, harm: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, file_keys(ring))
    path.write_bytes(harm(path.read_bytes()))

    with pytest.raises(Damaged):
        await Database(path, keys=file_keys(ring)).open()


async def test_a_file_that_ends_within_a_page_can_be_opened(tmp_path: Path, ring: Keyring) -> None:
    """A checkpoint on a full disk can leave it so. The page is whole in the journal."""
    path = tmp_path / "plumbline.db"
    await filled(path, file_keys(ring))
    with path.open("ab") as file:
        file.write(os.urandom(1000))

    assert await counted(path, file_keys(ring)) == MANY


async def test_while_another_program_reads_the_plain_file_it_stays_as_it_is(
    tmp_path: Path, ring: Keyring
) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, None)
    with closing(open_file(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT * FROM notes").fetchone()
        with pytest.raises(StorageUnavailable) as locked:
            await Database(path, keys=file_keys(ring)).open()

    assert locked.value.reason is Reason.LOCKED
    assert await counted(path, None) == MANY
    assert await counted(path, file_keys(ring)) == MANY


async def test_a_damaged_plain_file_is_not_replaced(tmp_path: Path, ring: Keyring) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, None)
    damage(path, "notes")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        await Database(path, keys=file_keys(ring)).open()

    assert path.read_bytes() == before
    assert names(tmp_path) == {"plumbline.db"}


async def test_without_room_the_old_file_stays(tmp_path: Path, ring: Keyring) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, None, many=9_000)
    with no_file_grows(path.stat().st_size // 2), pytest.raises(StorageUnavailable):
        await Database(path, keys=file_keys(ring)).open()

    assert names(tmp_path) == {"plumbline.db"}
    assert await counted(path, None) == 9_000


async def test_a_file_that_lacks_a_row_never_takes_the_place_of_the_old_one(
    tmp_path: Path, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plumbline.db"
    await filled(path, None)
    described = encryption._described

    def one_is_lost(connection: Any, schema: str) -> Any:
        if schema == "target":
            connection.execute("DELETE FROM target.notes WHERE rowid = 1")
        return described(connection, schema)

    monkeypatch.setattr(encryption, "_described", one_is_lost)
    with pytest.raises(Damaged):
        encrypt(path, file_keys(ring))

    assert names(tmp_path) == {"plumbline.db"}
    assert await counted(path, None) == MANY


# -- killed -------------------------------------------------------------------------------------


@contextmanager
def copied_at_each_line(state: Path, kept: Path) -> Iterator[list[Path]]:
    """Copy the folder before each line of the module that encrypts: what a kill at that moment leaves."""
    copies: list[Path] = []

    def trace(frame: FrameType, event: str, _what: object) -> Any:
        if frame.f_code.co_filename != encryption.__file__:
            return None
        if event == "line":
            copies.append(kept / f"{len(copies)}, line {frame.f_lineno}")
            shutil.copytree(state, copies[-1])
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield copies
    finally:
        sys.settrace(before)


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.parametrize("old", [True, False], ids=["plain", "older key"])
async def test_killed_at_any_moment_it_keeps_every_row(tmp_path: Path, ring: Keyring, old: bool) -> None:
    state, kept, keys = tmp_path / "state", tmp_path / "kept", file_keys(ring.rotated())
    state.mkdir()
    kept.mkdir()
    path = state / "plumbline.db"
    await filled(path, None if old else file_keys(ring))
    if not old:
        ring.save(state / "keys.json")
    with unsaved(path), copied_at_each_line(state, kept) as copies:
        encrypt(path, keys)
    (state / "keys.json").unlink(missing_ok=True)

    assert len(copies) > 40
    assert {any(place.glob("*.encrypting")) for place in copies} == {True, False}
    for place in copies:
        (place / "keys.json").unlink(missing_ok=True)
        assert await counted(place / "plumbline.db", keys) == MANY + 1, place.name
        assert names(place) == {"plumbline.db"}, place.name
        assert CANARY.encode() not in (place / "plumbline.db").read_bytes()


# -- the key itself -----------------------------------------------------------------------------


def test_the_key_of_the_file_is_no_key_of_the_ring_and_differs_for_each(ring: Keyring) -> None:
    later = ring.rotated()
    derived = {later.file_key("1"), later.file_key("2")}

    assert ring.file_key("1") == later.file_key("1")
    assert len(derived) == 2
    assert not derived & {*later.keys.values(), later.finger_key}
    assert all(len(key) == 32 for key in derived)


def test_no_key_is_shown_by_what_holds_it(ring: Keyring) -> None:
    keys = file_keys(ring.rotated())
    fresh = keys.fresh()
    shown = f"{keys!r} {keys} {fresh!r} {fresh} {ring!r} {ring}"

    for key in (keys.current, *keys.older, *ring.keys.values(), ring.finger_key):
        assert key.hex() not in shown
        assert repr(key) not in shown


def test_two_files_with_one_key_begin_differently(ring: Keyring) -> None:
    keys = file_keys(ring)
    begins = {keys.fresh().salt for _ in range(50)}

    assert len(begins) == 50
    assert all(keys.fitting(one) is not None for one in begins)
    assert keys.fitting(os.urandom(16)) is None
