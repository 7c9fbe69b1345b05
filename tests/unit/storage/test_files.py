"""Files beside the database: a folder is created for good, and what can't be written whole isn't there."""

from pathlib import Path
from typing import Any, cast

import discord
import pytest
from alembic import command
from discord import app_commands

from bot.storage import files
from bot.storage.copies import NotADatabase, backup
from bot.storage.database import Database, StorageUnavailable
from bot.storage.lock import Lock
from bot.storage.migrate import HEAD, alembic_config, empty, upgrade
from bot.storage.unavailable import Damaged
from bot.ui.syncing import sync
from bot.vault.keyring import Keyring
from tests.disk_faults import damage, no_file_grows


def listing(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_each_folder_above_a_new_one_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    state = tmp_path / "a" / "state"
    with Lock(state / "lock"):
        assert synced == [tmp_path, tmp_path / "a"]
    files.make_folder(state)

    assert len(synced) == 2
    assert state.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("mine")

    with pytest.raises(FileExistsError):
        files.make_folder(tmp_path / "state")


def test_a_copy_for_which_there_is_no_room_is_not_there_at_all(tmp_path: Path) -> None:
    source, target = tmp_path / "plumbline.db", tmp_path / "there" / "copy.db"
    source.write_bytes(empty())
    target.parent.mkdir()

    with no_file_grows(100_000), pytest.raises(StorageUnavailable):
        backup(source, target)

    assert listing(target.parent) == []
    backup(source, target)
    assert target.read_bytes()[100:] == source.read_bytes()[100:]


def test_what_a_killed_backup_left_is_not_part_of_the_next_one(tmp_path: Path) -> None:
    source, target = tmp_path / "plumbline.db", tmp_path / "there" / "copy.db"
    source.write_bytes(empty())
    target.parent.mkdir()
    for end in ("", "-journal", "-wal", "-shm"):
        target.with_name(f"copy.db.partial{end}").write_bytes(b"half" * 500)

    backup(source, target)

    assert listing(target.parent) == ["copy.db"]


def test_a_key_file_for_which_there_is_no_room_leaves_the_old_one(tmp_path: Path) -> None:
    ring = Keyring.fresh()
    ring.save(tmp_path / "keys.json")

    with no_file_grows(20), pytest.raises(OSError, match="File too large"):
        ring.rotated().save(tmp_path / "keys.json")

    assert listing(tmp_path) == ["keys.json"]
    assert Keyring.load(tmp_path / "keys.json") == ring


async def older(path: Path) -> None:
    """Write a database of the revision before HEAD, which therefore has to be upgraded."""
    db = Database(path)
    await db.open()
    await db.migrate(lambda connection: command.upgrade(alembic_config(connection), f"{int(HEAD) - 1:04}"))
    await db.close()


async def test_an_upgrade_for_which_there_is_no_room_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db"
    await older(path)
    before = path.read_bytes()
    db = Database(path)
    with no_file_grows(len(before) // 2), pytest.raises(StorageUnavailable):
        await upgrade(db)
    await db.close()

    assert path.read_bytes() == before
    assert listing(tmp_path) == ["plumbline.db"]
    await upgrade(db)
    await db.close()


async def test_a_damaged_database_is_not_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db"
    await older(path)
    damage(path, "asks")
    before = path.read_bytes()
    db = Database(path)
    with pytest.raises(Damaged):
        await upgrade(db)
    await db.close()

    assert path.read_bytes()[100:] == before[100:]
    assert listing(tmp_path) == ["plumbline.db"]
    with pytest.raises(NotADatabase):
        backup(path, tmp_path / "copy.db")


class Tree:
    """As much of a command tree as `sync` uses."""

    def __init__(self) -> None:
        self.client = cast("discord.Client", type("Client", (), {"application_id": 1})())
        self.synced = 0

    def get_commands(self) -> list[Any]:
        return []

    async def sync(self) -> None:
        self.synced += 1


async def test_the_commands_are_registered_although_that_cannot_be_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tree = Tree()
    with no_file_grows(10):
        assert await sync(cast("app_commands.CommandTree[Any]", tree), tmp_path / "commands")
    assert "It could not be noted which commands Discord has" in caplog.text
    assert await sync(cast("app_commands.CommandTree[Any]", tree), tmp_path / "commands")
    assert not await sync(cast("app_commands.CommandTree[Any]", tree), tmp_path / "commands")

    assert tree.synced == 2


async def test_a_note_of_the_commands_that_cannot_be_read_is_written_again(tmp_path: Path) -> None:
    tree, note = Tree(), tmp_path / "commands"
    note.write_bytes(b"\xff\xfe" * 40)

    assert await sync(cast("app_commands.CommandTree[Any]", tree), note)
    assert not await sync(cast("app_commands.CommandTree[Any]", tree), note)
