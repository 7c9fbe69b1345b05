"""`plumbline keys`, as the person who runs it sees it."""

import json
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.state_dir import file_keys
from bot.storage.encryption import encrypt
from bot.vault.keyring import Keyring
from tests.database_file import open_file
from tests.unit.cli.conftest import Plumbline


def ring(state: Path) -> Keyring:
    return Keyring.load(state / "keys.json")


def wrap(state: Path, case: str, name: str) -> None:
    """Put a data key into the database that this key of the keyring wraps."""
    keys = ring(state)
    wrapped = Keyring(keys.keys, name, keys.finger_key).wrap(os.urandom(32), f"{case}\x1fana".encode())[1]
    with closing(open_file(state / "plumbline.db")) as database:
        database.execute("INSERT INTO data_keys VALUES (?, 'ana', ?, ?)", (case, name, wrapped))


def started(state: Path) -> None:
    """Encrypt the database file with the current key, as each start does."""
    encrypt(state / "plumbline.db", file_keys(ring(state)))


def test_keys_says_where_the_first_run_will_make_the_key_file(plumbline: Plumbline) -> None:
    assert "The first run makes the key file: state/keys.json" in plumbline("keys").output


def test_keys_says_to_keep_a_copy_of_the_key_file(plumbline: Plumbline, installed: Path) -> None:
    assert "Keep a copy" in plumbline("keys").output


def test_rotating_adds_a_key_and_forgets_none(plumbline: Plumbline, installed: Path) -> None:
    before = ring(installed)

    assert plumbline("keys", "rotate").exit_code == 0

    after = ring(installed)
    assert after.current != before.current
    assert before.keys.items() <= after.keys.items()
    assert after.finger_key == before.finger_key


@pytest.mark.parametrize("command", [("list",), ("rotate",), ("retire", "1"), ("destroy", "1", "--yes")])
class TestWithoutAKeyFileThatCanBeUsed:
    def test_a_missing_key_file_is_told(self, plumbline: Plumbline, command: tuple[str, ...]) -> None:
        told = plumbline("keys", *command)

        assert told.exit_code == 1
        assert "There is no key file" in told.stderr
        assert not [*Path().iterdir()]

    def test_a_broken_key_file_stays_as_it_is(
        self, plumbline: Plumbline, installed: Path, command: tuple[str, ...]
    ) -> None:
        (installed / "keys.json").write_text("{}")

        told = plumbline("keys", *command)

        assert told.exit_code == 1
        assert (installed / "keys.json").read_text() == "{}"

    @pytest.mark.parametrize("kind", ["folder", "pipe"])
    def test_what_is_not_a_file_is_refused_at_once(
        self, plumbline: Plumbline, installed: Path, command: tuple[str, ...], kind: str
    ) -> None:
        path = installed / "keys.json"
        path.unlink()
        path.mkdir() if kind == "folder" else os.mkfifo(path)

        told = plumbline("keys", *command)

        assert told.exit_code == 1
        assert "should be a file that Plumbline may read" in told.stderr
        assert not path.is_file()


def test_rotating_through_a_link_writes_the_file_that_it_leads_to(
    plumbline: Plumbline, installed: Path
) -> None:
    elsewhere = Path("elsewhere")
    elsewhere.mkdir()
    (installed / "keys.json").rename(elsewhere / "ring")
    (installed / "between").symlink_to(Path("..") / "elsewhere" / "ring")
    (installed / "keys.json").symlink_to("between")

    assert plumbline("keys", "rotate").exit_code == 0

    assert (installed / "keys.json").is_symlink()
    assert (installed / "between").is_symlink()
    assert Keyring.load(elsewhere / "ring").current == "2"
    assert stat.S_IMODE((elsewhere / "ring").stat().st_mode) == 0o600
    assert [one.name for one in elsewhere.iterdir()] == ["ring"]


def test_the_list_says_what_each_key_still_opens_and_shows_no_key(
    plumbline: Plumbline, installed: Path
) -> None:
    wrap(installed, "a", "1")
    plumbline("keys", "rotate")
    wrap(installed, "b", "2")
    wrap(installed, "c", "2")

    told = plumbline("keys", "list")

    assert told.exit_code == 0, told.output
    assert "1: an older key; opens 1 data keys" in told.output
    assert "2: the current key; opens 2 data keys" in told.output
    assert "2 of 3 data keys are wrapped with the current key." in told.output
    stored = json.loads((installed / "keys.json").read_text())
    assert not any(key in told.output for key in (*stored["keys"].values(), stored["finger"]))


def test_a_key_that_is_still_needed_cannot_be_retired_or_destroyed(
    plumbline: Plumbline, installed: Path
) -> None:
    wrap(installed, "a", "1")
    plumbline("keys", "rotate")
    before = (installed / "keys.json").read_text()

    assert "is the current key" in plumbline("keys", "retire", "2").stderr
    assert "still needs the key 1" in plumbline("keys", "retire", "1").stderr
    assert "Only a retired key" in plumbline("keys", "destroy", "1", "--yes").stderr
    assert "no key with the name 7" in plumbline("keys", "retire", "7").stderr
    assert "no key with the name 7" in plumbline("keys", "destroy", "7", "--yes").stderr
    assert (installed / "keys.json").read_text() == before


def test_the_key_of_the_database_file_cannot_be_retired(plumbline: Plumbline, installed: Path) -> None:
    plumbline("keys", "rotate")

    told = plumbline("keys", "list").output
    assert "1: an older key; opens 0 data keys; the database file is encrypted with it" in told
    assert "at the bot's next start" in told
    assert "still needs the key 1" in plumbline("keys", "retire", "1").stderr

    started(installed)
    assert plumbline("keys", "retire", "1").exit_code == 0


def test_a_retired_key_stays_until_it_is_destroyed_and_destroying_asks(
    plumbline: Plumbline, installed: Path
) -> None:
    plumbline("keys", "rotate")
    started(installed)
    assert plumbline("keys", "retire", "1").exit_code == 0
    assert ring(installed).retired == {"1"}
    assert "1: retired; it only opens older backups" in plumbline("keys", "list").output

    asked = plumbline("keys", "destroy", "1")
    assert "can't be read after this, by anybody" in asked.output
    assert asked.exit_code == 1
    assert set(ring(installed).keys) == {"1", "2"}

    assert plumbline("keys", "destroy", "1", "--yes").exit_code == 0
    assert set(ring(installed).keys) == {"2"}
    assert ring(installed).retired == frozenset()
    assert plumbline("keys", "rotate").exit_code == 0
    assert set(ring(installed).keys) == {"2", "3"}


def test_a_restored_database_that_needs_a_retired_key_keeps_it_from_being_destroyed(
    plumbline: Plumbline, installed: Path
) -> None:
    plumbline("keys", "rotate")
    started(installed)
    plumbline("keys", "retire", "1")
    wrap(installed, "a", "1")

    assert "still needs the key 1" in plumbline("keys", "destroy", "1", "--yes").stderr
    assert set(ring(installed).keys) == {"1", "2"}


def test_the_pair_for_backups_is_shown_and_nowhere_kept(plumbline: Plumbline, installed: Path) -> None:
    told = plumbline("keys", "backup")

    assert told.exit_code == 0
    assert "PLUMBLINE_BACKUP_KEY=age1" in told.output
    assert told.output.count("AGE-SECRET-KEY-1") == 1
    assert told.output != plumbline("keys", "backup").output
    assert not [one for one in Path().rglob("*") if one.is_file() and b"AGE-SECRET" in one.read_bytes()]
