"""Rotating keys and making backups while the real program runs, and killing it in the middle of both."""

import asyncio
import os
import shutil
import signal
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot.backups.age import Pair, new_pair
from bot.exit_codes import ExitCode
from bot.vault.keyring import Keyring
from tests.database_file import open_file
from tests.process.waiting import printed, until
from tests.wire.client import Wire
from tests.wire.process import Bot, running, start

MANY = 1800
"""Data keys: four batches, with a second between them."""
KILLS = 12
LATER = 0.04
"""By how many seconds each kill comes later in the backup than the one before."""
ROOM = 16_000_000
"""How large a database is made, so that a kill can come in the middle of a backup."""


async def said(discord: Wire, where: Path, *command: str, code: int = 0, **settings: str) -> str:
    """Run another command of the program to its end, and return what it printed."""
    ran = await start(discord, where, *command, **settings)
    told = await ran.ended()
    assert ran.returncode == code, told
    return told


@pytest.fixture
async def used(discord: Wire, tmp_path: Path) -> Path:
    """A place in which a bot has run."""
    async with running(discord, tmp_path, log_level="WARNING") as bot:
        await bot.stop()
    return tmp_path


@pytest.fixture
def pair() -> Pair:
    return new_pair()


def ring(where: Path) -> Keyring:
    return Keyring.load(where / "state" / "keys.json")


def fill(where: Path, many: int) -> None:
    """Put data keys into the database of a bot that has stopped."""
    keys = ring(where)
    rows = [
        (f"case-{number}", "author", *keys.wrap(os.urandom(32), f"case-{number}\x1fauthor".encode()))
        for number in range(many)
    ]
    with closing(open_file(where / "state" / "plumbline.db")) as database:
        database.execute("BEGIN")
        database.executemany("INSERT INTO data_keys VALUES (?, ?, ?, ?)", rows)
        database.execute("COMMIT")


def wrapped_by(where: Path) -> Counter[str]:
    """Return how many data keys each key wraps, and that each can be unwrapped."""
    keys = ring(where)
    with closing(open_file(where / "state" / "plumbline.db", "mode=ro")) as database:
        rows = database.execute("SELECT * FROM data_keys").fetchall()
    for case, author, name, wrapped in rows:
        keys.unwrap(name, wrapped, f"{case}\x1f{author}".encode())
    return Counter(name for _, _, name, _ in rows)


async def rewrapped(where: Path, many: int) -> None:
    async def done() -> bool:
        return wrapped_by(where)["2"] >= many

    await until(done)


async def newcomer(discord: Wire, name: str) -> str:
    """Let somebody use the bot for the first time: a data key of theirs is made."""
    person = await discord.add_person(name)
    answer = await discord.command(person, await discord.open_dm(person), "settings")
    return " ".join(answer.message.texts)


async def test_a_key_is_rotated_while_people_use_the_bot(discord: Wire, used: Path) -> None:
    fill(used, MANY)
    async with running(discord, used) as bot:
        await newcomer(discord, "ana")
        await said(discord, used, "keys", "rotate")
        assert wrapped_by(used)["2"] == 0, "the running bot hasn't been told yet"
        bot.process.send_signal(signal.SIGHUP)
        await rewrapped(used, 1)
        await newcomer(discord, "bo")
        listed = await said(discord, used, "keys", "list")
        await rewrapped(used, MANY)
        await printed(bot, "left=0")
        after = await said(discord, used, "keys", "list")
        refused = await said(discord, used, "keys", "retire", "1", code=1)
        log = await bot.stop()

    assert "2: the current key; opens " in listed
    assert "1: an older key; opens 0 data keys; the database file is encrypted with it" in after
    assert "still needs the key 1" in refused
    assert "Data keys were wrapped with the current key count=500" in log
    assert "Traceback" not in log
    assert set(wrapped_by(used)) == {"2"}

    async with running(discord, used) as bot:
        await newcomer(discord, "cy")
        assert "1: an older key; the database doesn't need it" in await said(discord, used, "keys", "list")
        await said(discord, used, "keys", "retire", "1")
        await said(discord, used, "keys", "destroy", "1", "--yes")
        bot.process.send_signal(signal.SIGHUP)
        await printed(bot, "The key file was read again")
        assert "can't do that" not in await newcomer(discord, "dee")
        await bot.stop()
    assert set(ring(used).keys) == {"2"}
    assert set(wrapped_by(used)) == {"2"}


async def test_a_bot_that_is_killed_while_it_wraps_keys_again_goes_on_at_its_next_start(
    discord: Wire, used: Path
) -> None:
    fill(used, MANY)
    await said(discord, used, "keys", "rotate")
    async with running(discord, used, log_level="WARNING") as bot:
        await rewrapped(used, 500)
        await bot.kill()
    half = wrapped_by(used)
    assert 0 < half["2"] < half.total()

    async with running(discord, used, log_level="WARNING") as bot:
        await rewrapped(used, MANY)
        await bot.stop()
    assert set(wrapped_by(used)) == {"2"}


@pytest.mark.parametrize("change", ["broken", "another", "missing", "lacking"])
async def test_a_key_file_that_does_not_fit_at_sighup_is_told_and_the_old_keys_stay(
    discord: Wire, used: Path, change: str
) -> None:
    path = used / "state" / "keys.json"
    async with running(discord, used) as bot:
        await newcomer(discord, "ana")
        kept = path.read_bytes()
        match change:
            case "broken":
                path.write_text("{}")
            case "another":
                Keyring.fresh().save(path)
            case "missing":
                path.unlink()
            case "lacking":
                ring(used).rotated().without_use_of("1").without("1").save(path)
        bot.process.send_signal(signal.SIGHUP)
        await printed(bot, "so the keys stay as they were")
        path.write_bytes(kept)
        assert "can't do that" not in await newcomer(discord, "bo")
        log = await bot.stop()
    assert "canary" not in log
    assert set(wrapped_by(used)) == {"1"}


# -- backups -------------------------------------------------------------------------------------


async def backed_up(discord: Wire, where: Path, pair: Pair, name: str) -> str:
    return await said(discord, where, "backup", name, backup_key=pair.public)


async def restored(discord: Wire, where: Path, pair: Pair, name: str, *more: str, code: int = 0) -> str:
    """Restore into another place, which has the key file and the deletion log."""
    place = where / f"restored-{name}"
    (place / "state").mkdir(parents=True)
    for one in ("keys.json", "deletions.log"):
        shutil.copy(where / "state" / one, place / "state" / one)
    (place / "private.txt").write_text(pair.private)
    return await said(
        discord, place, "restore", str(where / name), "--key-file", "private.txt", *more, code=code
    )


async def test_backups_that_are_made_while_people_use_the_bot_can_be_restored(
    discord: Wire, used: Path, pair: Pair
) -> None:
    async with running(discord, used, log_level="WARNING") as bot:

        async def press() -> None:
            for number in range(12):
                await newcomer(discord, f"person-{number}")

        pressing = asyncio.create_task(press())
        made = [await backed_up(discord, used, pair, f"{number}.age") for number in range(3)]
        await pressing
        log = await bot.stop()

    assert all("Copy both of these somewhere else as well." in one for one in made)
    assert "Traceback" not in log
    counts = []
    for number in range(3):
        await restored(discord, used, pair, f"{number}.age")
        place = used / f"restored-{number}.age"
        with closing(open_file(place / "state" / "plumbline.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts.append(database.execute("SELECT count(*) FROM people").fetchone()[0])
        assert wrapped_by(place).total() >= counts[-1]
    assert counts == sorted(counts)
    async with running(discord, used / "restored-2.age", log_level="WARNING") as bot:
        assert "can't do that" not in await newcomer(discord, "later")
        await bot.stop()


def bloat(where: Path) -> None:
    """Make the database large enough for a backup to take a while."""
    with closing(open_file(where / "state" / "plumbline.db")) as database:
        database.execute(
            "INSERT INTO data_keys SELECT 'bloat-' || value, 'author', '1', randomblob(1000) FROM "
            "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n) SELECT value FROM n"
            f" LIMIT {ROOM // 1000})"
        )


async def begun(bot: Bot, where: Path) -> None:
    """Wait until a backup has begun to copy the database, or has ended."""

    async def there() -> bool:
        return bot.returncode is not None or any((where / "state").glob("plumbline.db.backup*"))

    await until(there)


@pytest.mark.slow
async def test_a_backup_that_is_killed_leaves_nothing_that_could_be_taken_for_one(
    discord: Wire, used: Path, pair: Pair
) -> None:
    fill(used, 10)
    bloat(used)
    (used / "place").mkdir()
    left: set[str] = set()
    for number in range(KILLS):
        killed = await start(discord, used, "backup", f"place/{number}.age", backup_key=pair.public)
        await begun(killed, used)
        await asyncio.sleep(LATER * number)
        await killed.kill()
        made = {one.name for one in (used / "place").iterdir()}
        assert made <= {f"{number}.age"}
        if made:
            shutil.move(used / "place" / f"{number}.age", used / f"{number}.age")
            await restored(discord, used, pair, f"{number}.age")
        there = {one.name for one in (used / "state").iterdir() if one.name.startswith("plumbline.db.backup")}
        left |= there
        for one in there:
            # What is left is encrypted like the database, and isn't SQLite's plain file.
            assert not (used / "state" / one).read_bytes().startswith(b"SQLite")

    assert left, "no kill came in the middle"
    async with running(discord, used, log_level="WARNING") as bot:
        await bot.stop()
    assert not [*(used / "state").glob("plumbline.db.backup*")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_backup_that_is_stopped_leaves_nothing_at_all(
    discord: Wire, used: Path, pair: Pair, number: signal.Signals
) -> None:
    fill(used, 10)
    bloat(used)
    before = {one.name for one in (used / "state").iterdir()}
    stopped = await start(discord, used, "backup", "made.age", backup_key=pair.public)

    await begun(stopped, used)
    told = await stopped.stop(number)

    # It may have been done before the signal came.
    done = stopped.returncode == ExitCode.STOPPED
    assert done == (used / "made.age").exists()
    assert done or "Nothing was written." in told
    assert {one.name for one in (used / "state").iterdir()} - before <= {
        "backup.lock",
        "plumbline.db-wal",
        "plumbline.db-shm",
        *(("last-backup",) if done else ()),
    }


async def test_a_start_with_a_deletion_log_of_another_installation_is_refused(
    discord: Wire, used: Path
) -> None:
    log = used / "state" / "deletions.log"
    log.write_bytes(b"x" * 720)

    bot: Bot = await start(discord, used, log_level="WARNING")
    told = await bot.ended()

    assert bot.returncode == ExitCode.DELETIONS_UNUSABLE
    assert "isn't this installation's deletion log" in told
    assert log.read_bytes() == b"x" * 720
