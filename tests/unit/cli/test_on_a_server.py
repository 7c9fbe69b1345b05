"""Commands that work on the database file, where the database is on a server."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import strings
from bot.cli import app
from bot.vault.keyring import Keyring

URL = "postgresql://me:secret@127.0.0.1:1/none"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "state").mkdir(mode=0o700)
    ring = Keyring.fresh().rotated().rotated().without_use_of("2")
    ring.save(tmp_path / "state" / "keys.json")
    return CliRunner(env={"PLUMBLINE_DATABASE_URL": URL, "PLUMBLINE_STATE_DIR": "state"})


@pytest.mark.parametrize(
    "command",
    [
        ["backup", "copy.age"], ["restore", "copy.age"], ["rehearse"], ["outbox"],
        ["keys", "list"], ["keys", "retire", "1"], ["keys", "destroy", "2", "--yes"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_they_say_that_they_work_on_a_file(runner: CliRunner, command: list[str]) -> None:
    said = runner.invoke(app, command)
    assert said.exit_code == 1
    assert strings.NOT_A_FILE in said.output
    assert "secret" not in said.output


def test_doctor_says_that_it_does_not_look_there(runner: CliRunner) -> None:
    said = runner.invoke(app, ["doctor"])
    assert strings.DATABASE_ON_SERVER in said.output
    assert "secret" not in said.output


def test_doctor_says_how_to_make_the_key_file(runner: CliRunner) -> None:
    Path("state/keys.json").unlink()
    assert "plumbline keys new" in runner.invoke(app, ["doctor"]).output


def test_new_keys_take_the_place_of_none(runner: CliRunner) -> None:
    before = Path("state/keys.json").read_bytes()
    said = runner.invoke(app, ["keys", "new"])
    assert said.exit_code == 1
    assert "There is a key file already" in said.output
    assert Path("state/keys.json").read_bytes() == before
