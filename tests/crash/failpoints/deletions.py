"""Failpoints of a deletion: the database and the deletion log must agree, whenever the bot is killed."""

import asyncio
import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

from bot.ids import PersonId
from bot.state_dir import file_keys
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import Replay
from bot.vault.sealing import Vault
from tests.crash.failpoints.points import Crash, Points
from tests.crash.failpoints.trying import Tried
from tests.crash.snapshot import DATABASE, KEYS
from tests.database_file import open_file
from tests.system.fixtures import BEGINNING, four_friends

LOG, COPIED, OLDER = "deletions.log", "copied.log", "older.db"
Key = tuple[str, str]


def first_key(state: Path) -> Key:
    """Return the case and the author of one data key."""
    with closing(open_file(state / DATABASE)) as connection:
        found = connection.execute('SELECT "case", author FROM data_keys ORDER BY 1, 2').fetchone()
        return str(found[0]), str(found[1])


def count_keys(state: Path) -> int:
    with closing(open_file(state / DATABASE)) as connection:
        return int(connection.execute("SELECT count(*) FROM data_keys").fetchone()[0])


def delete_one(state: Path, *keys: Key) -> None:
    """Start as the bot does, delete these data keys one after the other, and stop."""

    async def run() -> None:
        ring = Keyring.load(state / KEYS)
        db = Database(state / DATABASE, keys=file_keys(ring))
        log = DeletionLog(state / LOG, ring, lambda: BEGINNING)
        vault = Vault(ring, log)
        try:
            await Replay(db, vault, log).start(BEGINNING)
            for case, author in keys:
                await db.write(partial(_drop, vault, case, author))
        finally:
            await db.close()

    asyncio.run(run())


async def _drop(vault: Vault, case: str, author: str, tx: Tx) -> None:
    await vault.drop(tx, case, PersonId(author))


def tried(where: Path) -> Tried:
    """Delete two data keys, one after the other, and try a crash at each step of it."""
    state, kept = where / "state", where / "crashes"
    state.mkdir(parents=True)
    kept.mkdir()
    four_friends(state)
    delete_one(state)
    shutil.copy(state / DATABASE, where / OLDER)
    with closing(open_file(state / DATABASE)) as connection:
        keys = [tuple(map(str, row)) for row in connection.execute('SELECT "case", author FROM data_keys')][
            :2
        ]
    points = Points(state, kept, lambda: BEGINNING)
    with points.watched():
        delete_one(state, *((case, author) for case, author in keys))
    wrong = [
        f"failpoint {crash.number}, {crash.name}, in {crash.state}: {one}"
        for crash in points.crashes
        for one in recovered(crash, where / OLDER)
    ]
    names = frozenset(crash.name for crash in points.crashes)
    return Tried(len(points.crashes), names, len(points.crashes), wrong)


def recovered(crash: Crash, older: Path) -> list[str]:
    """Start on what the crash left, then on an older copy with the same log. Return what is wrong."""
    state, wrong = crash.state, []
    committed = sum(row.startswith("data_keys: ") for row in crash.committed) or count_keys(state)
    delete_one(state)
    after = count_keys(state)
    if after != committed:
        wrong.append(f"{committed} data keys were committed, and {after} are there")
    for one in state.glob(f"{DATABASE}*"):
        one.unlink()
    shutil.copy(older, state / DATABASE)
    delete_one(state)
    if count_keys(state) != after:
        wrong.append(f"{after} data keys were there, and {count_keys(state)} are in an older copy")
    return wrong
