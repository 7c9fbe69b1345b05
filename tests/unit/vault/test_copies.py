"""What is deleted doesn't come back with any copy that the program itself makes of the database."""

import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.ids import PersonId
from bot.state_dir import file_keys
from bot.storage import copies, encryption, migrate
from bot.storage.database import Database
from bot.storage.driver import sqlite
from bot.storage.migrate import alembic_config, upgrade
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import Replay
from bot.vault.sealing import Cell, Vault
from tests.architecture.tree import sources

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CELL = Cell("ask:1", PersonId("robin"), "asks", "words", "1")
MAKERS = {
    "bot/storage/migrate.py",
    "bot/backups/making.py",
    "bot/storage/encryption.py",
    "bot/storage/copies.py",
}
"""The modules that make a copy. Each copy is in the test below."""
ASKING = {"bot/backup_commands.py", "bot/backups/rehearsing.py"}
"""These let `bot/backups/making.py` make a backup. A rehearsal deletes it again at once."""


class Place:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ring = Keyring.fresh()
        self.database = folder / "plumbline.db"

    async def start(self, work: Callable[[Database, Vault], Awaitable[Any]]) -> Any:
        db = Database(self.database, keys=file_keys(self.ring))
        log = DeletionLog(self.folder / "deletions.log", self.ring, lambda: NOW)
        vault = Vault(self.ring, log)
        try:
            await upgrade(db)
            await Replay(db, vault, log).start(NOW)
            return await work(db, vault)
        finally:
            await db.close()


async def seals(db: Database, vault: Vault) -> bytes:
    return await db.write(lambda tx: vault.seal(tx, CELL, "words"))


async def deletes(db: Database, vault: Vault) -> None:
    await db.write(lambda tx: vault.drop(tx, CELL.case))


def older(place: Place) -> None:
    """Make a file of a version that had no deletion log yet."""
    engine = create_engine(f"sqlite:///{place.database}", module=sqlite)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0010")
    engine.dispose()


async def test_a_copy_from_before_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, kept = Place(tmp_path), tmp_path / "kept"
    older(place)
    db = Database(place.database, keys=file_keys(place.ring))
    await db.open()
    sealed = await db.write(lambda tx: Vault(place.ring).seal(tx, CELL, "words"))
    await db.close()
    to_head = migrate.to_head

    def keeping(connection: Any) -> None:
        shutil.copy(place.folder / "plumbline.before-migration", kept)
        to_head(connection)

    monkeypatch.setattr(migrate, "to_head", keeping)
    await place.start(deletes)
    assert not (place.folder / "plumbline.before-migration").exists()

    shutil.copy(kept, place.database)
    assert await place.start(lambda db, vault: db.read(lambda tx: vault.unseal(tx, CELL, sealed))) is None


async def test_a_copy_for_a_backup(tmp_path: Path) -> None:
    place, kept = Place(tmp_path), tmp_path / "kept"
    sealed = await place.start(seals)
    copies.backup(place.database, kept, file_keys(place.ring))
    await place.start(deletes)

    shutil.copy(kept, place.database)
    assert await place.start(lambda db, vault: db.read(lambda tx: vault.unseal(tx, CELL, sealed))) is None


async def test_a_file_that_was_encrypted_with_an_older_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, kept = Place(tmp_path), tmp_path / "kept"
    sealed = await place.start(seals)
    export = encryption.export

    def keeping(original: Any, target: Path, key: Any) -> None:
        export(original, target, key)
        shutil.copy(target, kept)

    monkeypatch.setattr(encryption, "export", keeping)
    place.ring = place.ring.rotated()
    await place.start(deletes)

    shutil.copy(kept, place.database)
    assert await place.start(lambda db, vault: db.read(lambda tx: vault.unseal(tx, CELL, sealed))) is None


def test_no_other_module_makes_a_copy() -> None:
    making = {
        one.path
        for one in sources("bot")
        if any(call in one.text for call in ("backup(", "export(", "VACUUM INTO", ".iterdump("))
        and one.path not in ASKING
    }

    assert making == MAKERS
