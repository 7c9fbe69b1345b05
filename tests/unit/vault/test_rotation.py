"""Data keys are wrapped again in batches on the agenda. A key file is taken only if it opens everything."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.scheduling.agenda import Agenda
from bot.scheduling.tables import agenda
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.vault import store
from bot.vault.keyring import KeyFileUnusable, Keyring, KeysMissing, KeysOfAnother
from bot.vault.rotation import KeyRotation
from bot.vault.sealing import Vault
from bot.vault.store import DataKey
from bot.vault.timers import REWRAP
from tests.unit.vault.conftest import ROBIN

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
async def rotation(db: Database, vault: Vault) -> KeyRotation:
    await db.migrate(agenda.create)
    timers = Agenda(db)
    found = KeyRotation(db, vault, timers)
    timers.on(REWRAP, found.rewrap)
    return found


@pytest.fixture
def timers(rotation: KeyRotation) -> Agenda:
    return rotation._agenda


async def fill(db: Database, vault: Vault, many: int) -> None:
    def added(number: int) -> DataKey:
        case = f"case-{number}"
        return DataKey(case, ROBIN, vault.ring.wrap(os.urandom(32), f"{case}\x1f{ROBIN}".encode()))

    async def write(tx: Tx) -> None:
        for one in map(added, range(many)):
            await store.add(tx, one.case, one.author, one.wrapped)

    await db.write(write)


async def counted(db: Database) -> dict[str, int]:
    return await db.read(store.counted)


async def test_all_data_keys_are_wrapped_again_batch_by_batch(
    db: Database, vault: Vault, rotation: KeyRotation, timers: Agenda
) -> None:
    await fill(db, vault, 1200)
    await rotation.reread(vault.ring.rotated, NOW)

    found = []
    for second in range(4):
        await timers.run_due(NOW + timedelta(seconds=second))
        found.append((await counted(db)).get("2", 0))

    assert found == [500, 1000, 1200, 1200]
    assert await timers.next_due() is None


async def test_without_older_keys_nothing_is_on_the_agenda(
    db: Database, vault: Vault, rotation: KeyRotation, timers: Agenda
) -> None:
    await fill(db, vault, 3)
    await rotation.start(NOW)

    assert await timers.next_due() is None


async def test_what_was_left_is_wrapped_after_a_restart(
    db: Database, vault: Vault, rotation: KeyRotation, timers: Agenda
) -> None:
    await fill(db, vault, 700)
    vault.use(vault.ring.rotated())
    await db.write(vault.rewrap)
    await rotation.start(NOW)
    await timers.run_due(NOW)

    assert await counted(db) == {"2": 700}


async def test_a_damaged_data_key_does_not_keep_the_others_from_being_wrapped(
    db: Database, vault: Vault, rotation: KeyRotation, timers: Agenda
) -> None:
    await fill(db, vault, 3)
    damage = text(
        "UPDATE data_keys SET wrapped = x'00112233445566778899aabbccddeeff' WHERE \"case\" = 'case-1'"
    )
    await db.write(lambda tx: tx.execute(damage))
    await rotation.reread(vault.ring.rotated, NOW)
    for second in range(3):
        await timers.run_due(NOW + timedelta(seconds=second))

    assert await counted(db) == {"1": 1, "2": 2}
    assert await timers.next_due() is None


def raising(error: Exception) -> Callable[[], Keyring]:
    def load() -> Keyring:
        raise error

    return load


@pytest.mark.parametrize("error", [KeyFileUnusable("a"), FileNotFoundError("b"), PermissionError("c")])
async def test_a_key_file_that_cannot_be_read_changes_nothing(
    vault: Vault, rotation: KeyRotation, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    before = vault.ring
    await rotation.reread(raising(error), NOW)

    assert vault.ring is before
    assert "can't be read, so the keys stay as they were" in caplog.text


@pytest.mark.parametrize("other", ["another", "lacking"])
async def test_a_keyring_that_does_not_open_everything_is_not_taken(
    db: Database, vault: Vault, rotation: KeyRotation, caplog: pytest.LogCaptureFixture, other: str
) -> None:
    await fill(db, vault, 1)
    before = vault.ring
    lacking = before.rotated().without_use_of("1").without("1")
    await rotation.reread(Keyring.fresh if other == "another" else lambda: lacking, NOW)

    assert vault.ring is before
    assert "lacks keys that are in use" in caplog.text


async def test_a_start_with_a_key_file_that_lacks_a_key_is_refused(
    db: Database, vault: Vault, rotation: KeyRotation
) -> None:
    await fill(db, vault, 1)
    vault.use(vault.ring.rotated().without_use_of("1").without("1"))

    with pytest.raises(KeysMissing):
        await rotation.start(NOW)


async def test_a_database_that_was_begun_with_another_keyring_is_refused(
    db: Database, rotation: KeyRotation, vault: Vault
) -> None:
    """The HMAC key finds people. Another one would find nobody, and take each for somebody new."""
    await rotation.start(NOW)
    await rotation.start(NOW)
    vault.use(vault.ring.rotated())
    await rotation.start(NOW)
    vault.use(Keyring.fresh())
    with pytest.raises(KeysOfAnother):
        await rotation.start(NOW)
