"""The key file: made whole, kept from others, and refused when it is not one."""

import stat
from pathlib import Path

import pytest

from bot.vault.keyring import KeyFileUnusable, Keyring


def test_a_ring_comes_back_from_its_file(tmp_path: Path) -> None:
    ring = Keyring.fresh().rotated()
    ring.save(tmp_path / "keys")

    assert Keyring.load(tmp_path / "keys") == ring
    assert ring.current == "2"
    assert [*ring.keys] == ["1", "2"]


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    Keyring.fresh().save(tmp_path / "keys")

    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]


def test_saving_again_replaces_the_file_whole(tmp_path: Path) -> None:
    ring = Keyring.fresh()
    ring.save(tmp_path / "keys")
    ring.rotated().save(tmp_path / "keys")

    assert Keyring.load(tmp_path / "keys").current == "2"


def test_no_file_is_said_as_that(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Keyring.load(tmp_path / "keys")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"keys": {"1": "c2hvcnQ="}, "current": "1", "finger": ""}',
        '{"keys": {}, "current": "1", "finger": ""}',
        '{"keys": {"1": 5}, "current": "1", "finger": ""}',
    ],
)
def test_a_file_that_is_no_key_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys").write_text(content)

    with pytest.raises(KeyFileUnusable):
        Keyring.load(tmp_path / "keys")
