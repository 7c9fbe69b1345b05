"""Failpoints of what is done with whole files: the first start, an upgrade, new keys, a backup, a restore."""

import asyncio
import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from bot.backups.age import new_pair
from bot.backups.making import backup
from bot.backups.restoring import Deletions, TwoLogs, restore
from bot.login_throttle import LoginThrottle
from bot.settings import Settings
from bot.storage.copies import NotOverwritten
from bot.storage.driver import sqlite
from bot.storage.migrate import HEAD, alembic_config
from bot.vault.keyring import Keyring
from tests.crash.failpoints import deletions
from tests.crash.failpoints.deletions import COPIED, LOG
from tests.crash.failpoints.discord import Discord
from tests.crash.failpoints.points import Crash, Points
from tests.crash.failpoints.running_bot import Time, running_bot
from tests.crash.failpoints.trying import Tried
from tests.crash.snapshot import DATABASE, KEYS
from tests.database_file import open_file
from tests.system.fixtures import BEGINNING, NAMES, four_friends

BACKUP, STARTS = "kept.age", "starts"
PAIR = new_pair()
OLDER = "0001"
"""The revision from which the file is upgraded."""
_UNFINISHED = (".new", ".partial", ".before-migration", ".encrypting", ".backup", ".restoring")
"""How the names of files end that are gone when the work is done."""


@dataclass(frozen=True, slots=True)
class Work:
    """prepare: make the files before. do: what is interrupted, and is then done again."""

    name: str
    prepare: Callable[[Path], object]
    do: Callable[[Path], object]


def start(state: Path) -> None:
    """Start a bot, let it do what is due, and stop it."""

    async def run() -> None:
        async with running_bot(state, Time(BEGINNING), Discord()) as one:
            await one.services.agenda.run_due(one.time.now)

    asyncio.run(run())


def older(state: Path) -> None:
    """Make a database as an older version left it, with somebody's data key in it."""
    Keyring.fresh().save(state / KEYS)
    ring = Keyring.load(state / KEYS)
    engine = create_engine(f"sqlite:///{state / DATABASE}", module=sqlite)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), OLDER)
    engine.dispose()
    with closing(open_file(state / DATABASE)) as connection:
        wrapped = ring.wrap(b"k" * 32, b"case\x1fauthor")
        connection.execute("INSERT INTO data_keys VALUES ('case', 'author', ?, ?)", wrapped)
        connection.commit()


def rotate(state: Path) -> None:
    """Make new keys, as `plumbline keys rotate` does, and start: all data keys are wrapped again."""
    Keyring.load(state / KEYS).rotated().save(state / KEYS)
    start(state)


def log_in(state: Path) -> None:
    throttle = LoginThrottle(state / STARTS)
    for number in range(3):
        throttle.logged_in(BEGINNING + timedelta(seconds=number))
    throttle.went_well(BEGINNING + timedelta(seconds=4))


def settings(state: Path) -> Settings:
    return Settings(_env_file=None, state_dir=state, key_file=state / KEYS)


def used(state: Path) -> None:
    four_friends(state)
    start(state)


def back_up(state: Path) -> None:
    (state / BACKUP).unlink(missing_ok=True)
    backup(settings(state), state / BACKUP, PAIR.public, None, BEGINNING)


def backed_up(state: Path) -> None:
    """Make a backup, delete somebody's data key, and lose the database."""
    used(state)
    back_up(state)
    deletions.delete_one(state, deletions.first_key(state))
    for one in state.glob(f"{DATABASE}*"):
        one.unlink()
    (state / LOG).rename(state / COPIED)


def bring_back(state: Path) -> None:
    try:
        asyncio.run(
            restore(settings(state), state / BACKUP, PAIR.private, Deletions((state / COPIED,)), BEGINNING)
        )
    except NotOverwritten:
        # It had worked before the crash.
        assert (state / DATABASE).exists()
    except TwoLogs:
        # The log is put in place before the database.
        asyncio.run(restore(settings(state), state / BACKUP, PAIR.private, Deletions(), BEGINNING))
    assert deletions.count_keys(state) == len(NAMES) - 2, "the deleted key is back"


WORKS = (
    Work("the first start", lambda _state: None, start),
    Work("an upgrade", older, start),
    Work("new keys", four_friends, rotate),
    Work("the logins", four_friends, log_in),
    Work("a backup", used, back_up),
    Work("a restore", backed_up, bring_back),
)


def tried(where: Path, seed: str = "", most: int | None = None) -> Tried:
    """Find the failpoints of every work. Try all, or so many: of each work and name at least one."""
    every = [
        (work, crash)
        for number, work in enumerate(WORKS)
        for crash in found(where / f"files-{number}", work).crashes
    ]
    chosen = every if most is None else _sample(every, random.Random(seed), most)
    wrong = [
        f"{work.name}, {crash.number}, {crash.name}, in {crash.state}: {one}"
        for work, crash in chosen
        for one in recovered(crash, work)
    ]
    return Tried(len(every), frozenset(crash.name for _, crash in chosen), len(chosen), wrong)


def _sample(every: list[tuple[Work, Crash]], chance: random.Random, most: int) -> list[tuple[Work, Crash]]:
    shuffled = chance.sample(every, len(every))
    firsts = list({(work.name, crash.name): (work, crash) for work, crash in shuffled}.values())
    others = [one for one in shuffled if one not in firsts]
    return [*firsts, *others][: max(most, len(firsts))]


def found(where: Path, work: Work) -> Points:
    """Do the work once, in a directory, and keep every crash."""
    state, kept = where / "state", where / "crashes"
    state.mkdir(parents=True)
    kept.mkdir()
    work.prepare(state)
    points = Points(state, kept, lambda: BEGINNING)
    with points.watched():
        work.do(state)
    return points


def recovered(crash: Crash, work: Work) -> list[str]:
    """Do the work again on what the crash left, start a bot, and return what is wrong."""
    before = _kept(crash.state)
    work.do(crash.state)
    start(crash.state)
    after, wrong = _kept(crash.state), []
    with closing(open_file(crash.state / DATABASE)) as connection:
        if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(HEAD,)]:
            wrong.append("the schema is not current")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            wrong.append("the database is damaged")
        ring = Keyring.load(crash.state / KEYS)
        if connection.execute("SELECT 1 FROM data_keys WHERE ring_key != ?", (ring.current,)).fetchone():
            wrong.append("a data key is wrapped with an older key")
        for case, author, name, wrapped in connection.execute("SELECT * FROM data_keys"):
            ring.unwrap(name, wrapped, f"{case}\x1f{author}".encode())
    wrong += [f"lost: {one}" for one in before - after]
    names = {one.name for one in crash.state.iterdir()}
    return wrong + [f"left behind: {name}" for name in names if name.endswith(_UNFINISHED)]


def _kept(state: Path) -> set[str]:
    """Return what must survive: people, and data keys by their place, in a database that is there."""
    if not (state / DATABASE).exists():
        return set()
    with closing(open_file(state / DATABASE)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"people", "data_keys"} <= tables:
            return set()
        rows = connection.execute(
            "SELECT 'a person', id, '' FROM people UNION SELECT 'a key', \"case\", author FROM data_keys"
        )
        return {" ".join(row) for row in rows}
