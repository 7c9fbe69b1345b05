"""`plumbline check` shows the timers that were given up on: their kind, and the error of each try."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import app
from bot.scheduling.agenda import PAUSES, Agenda
from bot.storage.database import Database
from bot.storage.lock import Lock
from bot.storage.migrate import upgrade
from bot.storage.tx import Tx
from bot.vault.keyring import Keyring
from tests.database_file import keys_beside, open_file

pytestmark = pytest.mark.slow

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


async def poisoned(_tx: Tx, _subjects: Sequence[str], _now: datetime) -> None:
    raise KeyError("canary")


async def elsewhere(_tx: Tx, _subjects: Sequence[str], _now: datetime) -> None:
    raise TimeoutError("canary")


async def well(_tx: Tx, _subjects: Sequence[str], _now: datetime) -> None: ...


@pytest.fixture
async def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a state folder with three timers that failed until they were parked, and two that succeeded."""
    for name in [name for name in os.environ if name.upper().startswith("PLUMBLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_TOKEN", "a.b.c")
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    Keyring.fresh().save(state / "keys.json")
    db = Database(state / "plumbline.db", keys=keys_beside(state / "plumbline.db"))
    await upgrade(db)
    await give_up(db)
    await db.close()
    return state


async def put(db: Database, kind: str, *subjects: str) -> None:
    await db.write(lambda tx: Agenda(db).put_all(tx, kind, dict.fromkeys(subjects, NOON)))


async def drop(db: Database, kind: str, *subjects: str) -> None:
    await db.write(lambda tx: Agenda(db).drop(tx, kind, *subjects))


async def give_up(db: Database) -> None:
    agenda = Agenda(db)
    for kind, handler in (("asks.closes", poisoned), ("talks.go", elsewhere), ("plans.go", well)):
        agenda.on(kind, handler)
    await put(db, "asks.closes", "one", "two")
    await put(db, "talks.go", "one")
    await put(db, "plans.go", "one", "two")
    await run_for_days(agenda)


async def run_for_days(agenda: Agenda) -> None:
    """Run for longer than all the pauses between tries."""
    for day in range(len(PAUSES) + 1):
        await agenda.run_due(NOON + timedelta(days=day))


@pytest.fixture
async def running(state: Path) -> AsyncIterator[Database]:
    """Yield the open database of a bot that holds the lock. Its last commit is only in the journal."""
    db = Database(state / "plumbline.db", keys=keys_beside(state / "plumbline.db"))
    with Lock(state / "lock"):
        await db.open()
        await put(db, "plans.day", "one")
        yield db
        await db.close()


def checked() -> list[str]:
    """Return the lines of `plumbline check` that say what is wrong."""
    told = CliRunner().invoke(app, ["check"])
    wrong = [line for line in told.output.splitlines() if line.startswith("wrong: ")]
    assert told.exit_code == bool(wrong)
    assert "canary" not in told.output
    return wrong


def lying_there(state: Path) -> dict[str, bytes]:
    """Return the content of every file but the -shm file, which SQLite's readers change."""
    return {path.name: path.read_bytes() for path in state.iterdir() if not path.name.endswith("-shm")}


NOT_DONE = (
    "What they were meant to do, such as deleting something, hasn't been done. "
    "The log says when. Please report it as a bug."
)
EXPECTED = [
    "wrong: Plumbline has given up on timers called asks.closes: 2. Every try failed with KeyError. "
    + NOT_DONE,
    "wrong: Plumbline has given up on timers called talks.go: 1. Every try failed with TimeoutError. "
    + NOT_DONE,
]


def test_check_shows_how_many_timers_of_each_kind_and_error_are_parked(state: Path) -> None:
    assert checked() == EXPECTED


def test_check_changes_no_file_and_leaves_none_behind(state: Path) -> None:
    before, names = lying_there(state), sorted(path.name for path in state.iterdir())

    checked()

    assert lying_there(state) == before
    assert sorted(path.name for path in state.iterdir()) == names == ["keys.json", "plumbline.db"]


async def test_check_reads_the_database_while_the_bot_is_running(state: Path, running: Database) -> None:
    before = lying_there(state)

    assert checked() == EXPECTED
    assert lying_there(state) == before
    assert "plumbline.db-wal" in before


async def test_check_shows_a_timer_that_the_running_bot_has_just_parked(running: Database) -> None:
    again = Agenda(running)
    again.on("plans.day", poisoned)
    await run_for_days(again)

    assert any("plans.day: 1. Every try failed with KeyError" in line for line in checked())


async def test_check_no_longer_shows_a_parked_timer_that_was_put_again(running: Database) -> None:
    await put(running, "talks.go", "one")

    assert checked() == EXPECTED[:1]


def test_check_reads_what_a_killed_bot_left_only_in_the_journal(state: Path) -> None:
    with closing(open_file(state / "plumbline.db")) as killed:
        killed.execute("UPDATE agenda SET parked = NULL WHERE kind = 'talks.go'")
        killed.commit()
        left = {path: path.read_bytes() for path in state.iterdir()}
    for path, content in left.items():
        path.write_bytes(content)
    before = lying_there(state)

    assert checked() == EXPECTED[:1]
    assert "plumbline.db-wal" in before
    assert lying_there(state) == before


async def test_check_says_that_no_timer_is_parked(running: Database) -> None:
    for kind in ("asks.closes", "talks.go"):
        await drop(running, kind, "one", "two")

    assert checked() == []
    assert "ok: no timer has been given up on" in CliRunner().invoke(app, ["check"]).output
