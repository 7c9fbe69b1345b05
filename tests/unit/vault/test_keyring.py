"""The key file is written completely, unreadable to others, and refused if it is damaged."""

import base64
import json
import logging
import os
import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.state_dir import ring
from bot.vault.deletion_file import DeletionFile, Entry, Kind
from bot.vault.keyring import KeyFileUnusable, KeyIsCurrent, KeyNotRetired, Keyring, KeyUnknown, changing
from tests.patience import PATIENCE


def test_a_keyring_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    ring = Keyring.fresh().rotated()
    ring.save(tmp_path / "keys")

    assert Keyring.load(tmp_path / "keys") == ring
    assert ring.current == "2"
    assert [*ring.keys] == ["1", "2"]


def test_only_its_owner_can_read_the_key_file(tmp_path: Path) -> None:
    Keyring.fresh().save(tmp_path / "keys")

    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]


def test_saving_again_replaces_the_whole_key_file(tmp_path: Path) -> None:
    ring = Keyring.fresh()
    ring.save(tmp_path / "keys")
    ring.rotated().save(tmp_path / "keys")

    assert Keyring.load(tmp_path / "keys").current == "2"


def test_a_missing_key_file_raises_file_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Keyring.load(tmp_path / "keys")


def test_a_file_left_by_an_interrupted_save_does_not_affect_the_next_save(tmp_path: Path) -> None:
    left, elsewhere = tmp_path / "keys.new", tmp_path / "elsewhere"
    left.write_text("half a ring, and longer than a whole one" * 99)
    left.chmod(0o644)

    Keyring.fresh().save(tmp_path / "keys")

    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    Keyring.load(tmp_path / "keys")

    elsewhere.write_text("mine")
    left.symlink_to(elsewhere)
    Keyring.fresh().save(tmp_path / "keys")

    assert elsewhere.read_text() == "mine"
    assert not (tmp_path / "keys").is_symlink()


def test_saving_flushes_the_file_and_then_its_folder_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[bool, list[str]]] = []

    def noted(file: int) -> None:
        kept.append((stat.S_ISDIR(os.fstat(file).st_mode), sorted(one.name for one in tmp_path.iterdir())))

    monkeypatch.setattr(os, "fsync", noted)

    Keyring.fresh().save(tmp_path / "keys")

    assert kept == [(False, ["keys.new"]), (True, ["keys"])]


@pytest.mark.parametrize("path", ["finger", "keys.1", "keys.2"])
@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_of_the_wrong_length_is_refused(tmp_path: Path, path: str, length: int) -> None:
    """With an empty finger key anyone could compute who is who. Old keys of a keyring are checked too."""
    file = tmp_path / "keys"
    Keyring.fresh().rotated().save(file)
    held = json.loads(file.read_text())
    *outer, last = path.split(".")
    (held[outer[0]] if outer else held)[last] = base64.b64encode(bytes(length)).decode()
    file.write_text(json.dumps(held))

    with pytest.raises(KeyFileUnusable):
        Keyring.load(file)


def test_a_keyring_whose_current_key_is_not_in_it_is_refused(tmp_path: Path) -> None:
    ring = Keyring.fresh()
    Keyring(ring.keys, "2", ring.finger_key).save(tmp_path / "keys")

    with pytest.raises(KeyFileUnusable):
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


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, True), (0o604, True), (0o660, True)])
def test_the_start_warns_of_a_key_file_that_others_may_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, warned: bool
) -> None:
    settings = Settings(_env_file=None, state_dir=tmp_path)
    Keyring.fresh().save(settings.key_path)
    settings.key_path.chmod(mode)

    ring(settings)

    said = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert bool(said) is warned
    assert all("chmod 600" in one and str(settings.key_path) in one for one in said)


def test_two_changes_at_once_happen_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keyring.fresh().save(path)

    def rotate() -> None:
        with changing(path) as ring:
            ring.rotated().save(path)

    threads = [threading.Thread(target=rotate) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert Keyring.load(path).current == "9"


def test_while_the_key_file_is_changed_the_bot_can_go_on_deleting(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keyring.fresh().save(path)

    with changing(path) as ring:
        log = DeletionFile(tmp_path / "deletions.log", ring)
        log.append([Entry(Kind.BEGUN, b"x" * 16)], date(2026, 11, 30), waiting=False)

    assert log.last() is not None


def test_only_a_key_that_is_not_the_current_one_is_retired_and_only_a_retired_one_goes() -> None:
    ring = Keyring.fresh().rotated()

    with pytest.raises(KeyIsCurrent):
        ring.without_use_of("2")
    with pytest.raises(KeyNotRetired):
        ring.without("1")
    for change in (Keyring.without_use_of, Keyring.without):
        with pytest.raises(KeyUnknown):
            change(ring, "3")
    retired = ring.without_use_of("1")
    assert retired.rotated().retired == {"1"}
    assert retired.older == ["1"]
    assert [*retired.without("1").keys] == ["2"]


def test_a_keyring_with_retired_keys_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    ring = Keyring.fresh().rotated().rotated().without_use_of("1")
    ring.save(tmp_path / "keys")

    assert Keyring.load(tmp_path / "keys") == ring


def test_a_key_file_of_an_earlier_version_has_no_retired_keys(tmp_path: Path) -> None:
    ring = Keyring.fresh()
    ring.save(tmp_path / "keys")
    stored = json.loads((tmp_path / "keys").read_text())
    del stored["retired"]
    (tmp_path / "keys").write_text(json.dumps(stored))

    assert Keyring.load(tmp_path / "keys") == ring


@pytest.mark.parametrize("retired", [["1"], ["7"], 5])
def test_a_key_file_whose_retired_keys_make_no_sense_is_refused(tmp_path: Path, retired: object) -> None:
    Keyring.fresh().save(tmp_path / "keys")
    stored = json.loads((tmp_path / "keys").read_text())
    (tmp_path / "keys").write_text(json.dumps(stored | {"retired": retired}))

    with pytest.raises(KeyFileUnusable):
        Keyring.load(tmp_path / "keys")


def test_derived_keys_differ_by_purpose_and_survive_a_rotation() -> None:
    ring = Keyring.fresh()

    assert ring.derived("a") == ring.rotated().derived("a")
    assert len({ring.derived("a"), ring.derived("b"), ring.finger_key, Keyring.fresh().derived("a")}) == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator can give a file to somebody else")
def test_a_key_file_that_the_administrator_rewrites_still_belongs_to_the_bot(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keyring.fresh().save(path)
    os.chown(path, 1234, 1234)
    with changing(path) as ring:
        ring.rotated().save(path)

    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1234)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
