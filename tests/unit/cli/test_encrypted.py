"""The program needs the key file for an encrypted database, and says plainly if it doesn't fit."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.backups.age import new_pair
from bot.cli import app
from bot.state_dir import file_keys
from bot.storage.copies import NotADatabase, backup, look_at
from bot.storage.file_keys import WrongKey, is_encrypted, key_of
from bot.storage.migrate import HEAD, empty
from bot.vault.keyring import Keyring
from tests.database_file import KEYS, keys_beside, open_file

Plumbline = Callable[..., Result]
DATABASE, COPY = "plumbline.db", "copy.db"
WROTE = "CREATE TABLE canary (words)"


@pytest.fixture
def plumbline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Plumbline:
    for name in [name for name in os.environ if name.upper().startswith("PLUMBLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_TOKEN", "a.b.c")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    Keyring.fresh().save(state / KEYS)
    (state / DATABASE).write_bytes(empty(keys_beside(state / DATABASE)))
    return state


def held(state: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in state.iterdir() if not one.name.endswith("lock")}


def test_every_command_opens_it_with_the_key_file(plumbline: Plumbline, state: Path) -> None:
    checked, shown = plumbline("check"), plumbline("outbox")
    assert checked.exit_code == 0, checked.output
    assert "wrong" not in checked.output
    assert shown.exit_code == 0, shown.output
    pair = new_pair()
    assert plumbline("backup", COPY, "--to", pair.public).exit_code == 0
    (state / DATABASE).unlink()
    Path("private.txt").write_text(pair.private)
    restored = plumbline("restore", COPY, "--key-file", "private.txt", "--without-deletions")
    assert restored.exit_code == 0, restored.output

    assert look_at(state / DATABASE, keys_beside(state / DATABASE)).revision == HEAD
    assert is_encrypted(state / DATABASE)


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("outbox",),
        ("backup", COPY, "--to", new_pair().public),
        ("restore", COPY, "--without-deletions"),
    ],
)
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda keys: Keyring.fresh().save(keys), "None of the keys in state/keys.json opens"),
        (lambda keys: keys.unlink(), "Put your copy of the key file in its place"),
        (lambda keys: keys.write_text("{}"), "isn't a key file"),
    ],
    ids=["other", "missing", "damaged"],
)
def test_without_its_key_each_command_says_so_and_writes_nothing(
    plumbline: Plumbline, state: Path, command: tuple[str, ...], harm: Callable[[Path], object], said: str
) -> None:
    if command[0] == "restore":
        shutil.move(state / DATABASE, COPY)
    harm(state / KEYS)
    before = held(state)
    told = plumbline(*command)

    assert told.exit_code == 1
    assert said in told.output, told.output
    assert "damaged" not in told.output
    assert held(state) == before
    assert command[0] == "restore" or not Path(COPY).exists()


def test_looking_at_an_encrypted_file_creates_nothing_beside_it(state: Path) -> None:
    with closing(open_file(state / DATABASE)) as book:
        book.execute("PRAGMA journal_mode=WAL")
    before = held(state)
    assert look_at(state / DATABASE, keys_beside(state / DATABASE)).whole

    assert held(state) == before


@pytest.mark.parametrize("in_use", [True, False])
def test_a_copy_is_encrypted_with_the_current_key_whatever_the_source_has(state: Path, in_use: bool) -> None:
    ring = Keyring.load(state / KEYS)
    later = file_keys(ring.rotated())
    sources = [state / DATABASE, state / "plain.db"]
    sources[1].write_bytes(empty())
    for source in sources:
        with closing(open_file(source)) as book:
            book.execute("PRAGMA journal_mode=WAL")
            book.execute(WROTE)
            copy = source.with_suffix(".copy")
            if in_use:
                backup(source, copy, later)
        if not in_use:
            backup(source, copy, later)
        found = key_of(copy, later)
        assert found is not None
        assert found.key == later.current
        assert look_at(copy, later).whole
        assert sorted(one.name for one in state.glob(f"{copy.name}*")) == [copy.name]
        assert copy.stat().st_mode & 0o777 == 0o600
        with pytest.raises(WrongKey):
            look_at(copy, file_keys(ring))


def test_a_damaged_page_is_found_before_there_is_a_copy(state: Path) -> None:
    keys = keys_beside(state / DATABASE)
    with (state / DATABASE).open("r+b") as file:
        file.seek(4096 * 5 + 1000)
        file.write(b"\x00")

    assert not look_at(state / DATABASE, keys).whole
    with pytest.raises(NotADatabase):
        backup(state / DATABASE, state / COPY, keys)
    assert not (state / COPY).exists()


def test_a_backup_that_an_earlier_version_made_is_encrypted_when_it_is_restored(
    plumbline: Plumbline, state: Path
) -> None:
    Path(COPY).write_bytes(empty())
    (state / DATABASE).unlink()
    told = plumbline("restore", COPY, "--without-deletions")

    assert told.exit_code == 0, told.output
    assert is_encrypted(state / DATABASE)
