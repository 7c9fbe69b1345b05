"""The commands of the program where the database is on a server."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from sqlalchemy import text

from bot import strings
from bot.backups.age import new_pair
from bot.backups.leftovers import remove_copies, remove_restored
from bot.cli import app
from bot.ids import PersonId
from bot.settings import Settings
from bot.state_dir import file_keys
from bot.storage import server
from bot.storage.database import Database
from bot.storage.migrate import HEAD, upgrade
from bot.storage.migrations.compare import every_table
from bot.storage.postgres import PostgresAdapter
from bot.storage.tx import Tx
from bot.vault.deletion_file import DeletionFile, State
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import Replay
from bot.vault.sealing import Cell, Vault
from tests.database_file import open_file
from tests.databases import address, engine_of
from tests.unit.pods.fixtures import NOON

NOBODY = "postgresql://me:secret@127.0.0.1:1/none"
CELL = Cell("case", PersonId("somebody"), "plans", "action", "row")


class Program:
    """Runs commands, with the database of this test."""

    def __init__(self, place: Path, url: str) -> None:
        self.place = place
        self.url = url
        self.keys = place / "state" / "keys.json"
        self.settings: dict[str, str] = {}

    def __call__(self, *command: str, given: str | None = None) -> Result:
        told = {"PLUMBLINE_DATABASE_URL": self.url, "PLUMBLINE_STATE_DIR": "state", **self.settings}
        done = CliRunner(env=told).invoke(app, [*command], input=given)
        assert "secret" not in done.output
        return done

    @property
    def ring(self) -> Keyring:
        return Keyring.load(self.keys)

    async def seal(self) -> None:
        """Write something that the current key encrypts."""
        db = Database(None, PostgresAdapter(self.url))
        vault = Vault(self.ring, DeletionLog(self.place / "deletions.log", self.ring, lambda: NOON))
        await db.write(lambda tx: vault.seal(tx, CELL, "words"))
        await db.close()

    def change(self, *statements: str) -> None:
        with engine_of(self.place).begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "state").mkdir(mode=0o700)
    made = Program(tmp_path, address(tmp_path))
    Keyring.fresh().save(made.keys)
    return made


# -- outbox and doctor ----------------------------------------------------------------------------------


def test_outbox_shows_what_waits_and_what_failed(program: Program) -> None:
    program.change(
        "INSERT INTO delivery_failures (id, what, kind, server, made_at, ended_at, outcome, code, tries)"
        " VALUES ('f1', 'direct message', 'asks.asked', 7, 0, 0, 'refused', 50007, 1)",
        "INSERT INTO agenda (kind, subject, due_at, tries, parked)"
        " VALUES ('asks.ends', 'a', 0, 5, 'ValueError')",
    )
    said = program("outbox")

    assert said.exit_code == 0
    for words in ("asks.asked", "f1", "asks.ends", "ValueError"):
        assert words in said.output
    assert program("outbox", "--kind", "none.such").exit_code == 1


@pytest.mark.parametrize(
    "command", [["outbox"], ["keys", "list"], ["move", "to-server"], ["move", "to-file"]], ids=" ".join
)
def test_without_the_server_a_command_says_so(program: Program, command: Sequence[str]) -> None:
    program.url = NOBODY
    (program.place / "state" / "plumbline.db").touch(exist_ok=command[-1] != "to-file")
    if command[-1] == "to-file":
        (program.place / "state" / "plumbline.db").unlink()
    said = program(*command)

    assert said.exit_code == 1
    assert strings.SERVER_UNREACHABLE in said.output


def test_doctor_says_how_the_server_is(program: Program) -> None:
    said = program("doctor").output
    assert f"schema {HEAD}" in said
    assert strings.PARKED_NONE in said
    assert strings.DELIVERIES_FINE in said
    program.change("UPDATE alembic_version SET version_num = '0001'")
    assert strings.DATABASE_OLDER in program("doctor").output
    program.change("UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in program("doctor").output


def test_doctor_says_that_the_server_is_empty_or_not_there(program: Program) -> None:
    program.url = address(program.place / "empty", empty=True)
    assert strings.SERVER_EMPTY in program("doctor").output
    program.url = NOBODY
    assert strings.SERVER_UNREACHABLE in program("doctor").output


async def test_doctor_says_that_the_keys_are_of_another_database(program: Program) -> None:
    await program.seal()
    Keyring.fresh().save(program.keys)
    said = program("doctor").output
    assert "PLUMBLINE_DATABASE_URL names" in said
    program.keys.write_text("no keys")
    assert "isn't a key file" in program("doctor").output


def test_doctor_says_what_is_wrong_with_the_server(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = server.Facts("9.6", 9, "LATIN1", vacuums=False, now=NOON)
    monkeypatch.setattr(server, "facts", lambda _url: odd)
    said = program("doctor").output

    for sentence in (
        strings.SERVER_OLD.format(version="9.6"),
        strings.SERVER_ENCODING.format(encoding="LATIN1"),
        strings.SERVER_KEEPS,
    ):
        assert sentence in said
    assert "clocks of this machine and of the server differ" in said


def test_doctor_says_how_to_make_the_key_file(program: Program) -> None:
    program.keys.unlink()
    assert "plumbline keys new" in program("doctor").output


# -- keys -----------------------------------------------------------------------------------------------


def test_new_keys_take_the_place_of_none(program: Program) -> None:
    before = program.keys.read_bytes()
    said = program("keys", "new")
    assert said.exit_code == 1
    assert "There is a key file already" in said.output
    assert program.keys.read_bytes() == before


async def test_a_key_is_added_everywhere_before_it_is_used(program: Program) -> None:
    await program.seal()
    assert "keys use 2" in program("keys", "add").output
    assert program.ring.current == "1"
    assert "the database doesn't need it" in program("keys", "list").output
    assert program("keys", "use", "2").exit_code == 0
    assert program.ring.current == "2"
    listed = program("keys", "list").output
    assert "0 of 1 data keys" in listed
    refused = program("keys", "retire", "1")
    assert refused.exit_code == 1
    assert strings.KEY_IN_USE.format(name="1") in refused.output


async def test_a_key_that_the_database_no_longer_needs_is_retired_and_destroyed(program: Program) -> None:
    program("keys", "add")
    program("keys", "use", "2")
    await program.seal()
    assert program("keys", "retire", "1").exit_code == 0
    refused = program("keys", "use", "1")
    assert refused.exit_code == 1
    assert strings.KEY_IS_RETIRED.format(name="1") in refused.output
    assert program("keys", "destroy", "1", "--yes").exit_code == 0
    assert set(program.ring.keys) == {"2"}
    assert strings.KEY_UNKNOWN.format(name="1") in program("keys", "use", "1").output


def test_several_instances_never_get_a_key_that_only_one_of_them_has(program: Program) -> None:
    program.settings = {"PLUMBLINE_INSTANCES": "2", "PLUMBLINE_SHARDS": "2"}
    said = program("keys", "rotate")
    assert said.exit_code == 1
    assert strings.KEY_ROTATES_IN_TWO in said.output
    assert program.ring.current == "1"
    program.settings = {}
    assert program("keys", "rotate").exit_code == 0
    assert program.ring.current == "2"


# -- move -----------------------------------------------------------------------------------------------


async def a_file(program: Program) -> Path:
    """Make the file that a bot would make at its first start."""
    path = program.place / "state" / "plumbline.db"
    db = Database(path, keys=file_keys(program.ring))
    await upgrade(db)
    await db.close()
    return path


async def test_everything_moves_to_the_server_and_back(program: Program) -> None:
    path = await a_file(program)
    there = program("move", "to-server")
    assert there.exit_code == 0, there.output
    assert "Start the bot" in there.output
    again = program("move", "to-server")
    assert again.exit_code == 0, "it is still empty"
    refused = program("move", "to-file")
    assert refused.exit_code == 1
    assert path.exists()
    path.unlink()
    back = program("move", "to-file")
    assert back.exit_code == 0, back.output
    assert "Unset PLUMBLINE_DATABASE_URL" in back.output
    with open_file(path, "mode=ro") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_no_table_is_left_out() -> None:
    """`move` knows the tables that are declared once the whole bot is imported."""
    declares = "import bot.app; from bot.storage.schema import metadata; print(*metadata.tables)"
    found = subprocess.run([sys.executable, "-c", declares], check=True, capture_output=True, text=True)
    assert {*found.stdout.split()} == {*every_table().tables}


async def test_what_stands_in_the_way_of_a_move_is_said(program: Program) -> None:
    path = program.place / "state" / "plumbline.db"
    assert (
        strings.NO_DATABASE.format(source=Path("state/plumbline.db")) in program("move", "to-server").output
    )
    await a_file(program)
    program.change("INSERT INTO server_names (server, name) VALUES (1, 'a')")
    assert strings.MOVE_NOT_EMPTY.format(table="server_names") in program("move", "to-server").output
    program.change("DELETE FROM server_names", "UPDATE alembic_version SET version_num = '0001'")
    assert strings.MOVE_NOT_CURRENT in program("move", "to-server").output
    path.unlink()
    assert strings.MOVE_NOT_CURRENT in program("move", "to-file").output
    program.change(f"UPDATE alembic_version SET version_num = '{HEAD}'")
    adapter = PostgresAdapter(program.url)
    await adapter.open()
    assert strings.MOVE_STOP_FIRST in program("move", "to-file").output
    await adapter.close()
    await program.seal()
    Keyring.fresh().save(program.keys)
    assert program("move", "to-file").exit_code == 1
    program.keys.unlink()
    assert (
        strings.KEYS_MISSING.format(path=program.keys.relative_to(program.place))
        in program("move", "to-file").output
    )
    assert not path.exists()
    program.url = ""
    assert strings.MOVE_NEEDS_A_SERVER in program("move", "to-file").output


def test_without_the_extra_a_command_says_what_is_missing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for command in (("outbox",), ("keys", "list")):
        said = program(*command)
        assert said.exit_code == 1
        assert strings.SERVER_NOT_INSTALLED in said.output
    assert strings.SERVER_NOT_INSTALLED in program("doctor").output


# -- backups --------------------------------------------------------------------------------------------


class Sealed(Program):
    """Has two processes, each with a deletion log of its own."""

    def log(self, number: int) -> Path:
        return self.place / "state" / ("deletions.log" if number == 1 else f"deletions-{number}.log")

    async def writes(self, number: int, case: str) -> None:
        """Let a process write something, once it has begun its log."""
        await self._with(number, lambda vault, tx: vault.seal(tx, replace(CELL, case=case), "words"))

    async def deletes(self, number: int, case: str) -> None:
        await self._with(number, lambda vault, tx: vault.drop(tx, case))

    async def erases(self, number: int) -> bytes:
        """Let a process write into its log that it erases somebody. Return what the log calls them."""
        erased = PersonId("erased")
        log = DeletionLog(self.log(number), self.ring, lambda: NOON, number)
        db = Database(None, PostgresAdapter(self.url))

        async def erase(tx: Tx) -> None:
            log.person(tx, erased)

        await db.write(erase)
        await db.close()
        return log.names.of_person(erased)

    async def _with(self, number: int, does: Callable[[Vault, Tx], Awaitable[object]]) -> None:
        db = Database(None, PostgresAdapter(self.url))
        log = DeletionLog(self.log(number), self.ring, lambda: NOON, number)
        vault = Vault(self.ring, log)
        await Replay(db, vault, log).start(NOON)
        await db.write(lambda tx: does(vault, tx))
        await db.close()

    def cases(self) -> set[str]:
        with server.connected(self.url) as connection:
            return {*connection.exec_driver_sql('SELECT "case" FROM data_keys').scalars()}


@pytest.fixture
def pair(program: Program) -> tuple[str, Path]:
    """Return the public key for backups, and the file with the private one."""
    made = new_pair()
    private = program.place / "private.txt"
    private.write_text(made.private)
    return made.public, private


async def backed_up(program: Program, public: str) -> Sealed:
    """Make a backup, beside a bot that is running, and then delete something in each process."""
    sealed = Sealed(program.place, program.url)
    for number in (1, 2):
        for case in (f"kept {number}", f"deleted {number}"):
            await sealed.writes(number, case)
    running = PostgresAdapter(program.url)
    await running.open()
    said = program("backup", "copy.age", "--to", public)
    await running.close()
    assert said.exit_code == 0, said.output
    for number in (1, 2):
        await sealed.deletes(number, f"deleted {number}")
    return sealed


def test_a_backup_comes_back_on_an_empty_server_without_what_was_deleted_since(
    program: Program, pair: tuple[str, Path]
) -> None:
    public, private = pair
    sealed = asyncio.run(backed_up(program, public))
    assert program("rehearse").exit_code == 0
    restoring = ("restore", "copy.age", "--key-file", str(private))
    logs = [f"--deletions={sealed.log(number)}" for number in (1, 2)]
    full = program(*restoring, *logs)
    assert full.exit_code == 1
    assert "There are rows on the server already" in full.output
    sealed.url = program.url = address(program.place / "another", empty=True)
    alone = program(*restoring, logs[0])
    assert alone.exit_code == 1
    assert strings.LOG_TOO_SHORT in alone.output
    back = program(*restoring, *logs)
    assert back.exit_code == 0, back.output
    assert strings.DATABASE_OF_SERVER in back.output
    assert sealed.cases() == {"kept 1", "kept 2"}
    assert not [*(program.place / "state").glob("plumbline.db*")], "nothing is left beside"


def test_a_backup_of_a_server_can_be_restored_to_a_file(program: Program, pair: tuple[str, Path]) -> None:
    public, private = pair
    sealed = asyncio.run(backed_up(program, public))
    program.url = ""
    logs = [f"--deletions={sealed.log(number)}" for number in (1, 2)]
    back = program("restore", "copy.age", "--key-file", str(private), *logs)
    assert back.exit_code == 0, back.output
    with closing(open_file(program.place / "state" / "plumbline.db", "mode=ro")) as connection:
        found = connection.execute('SELECT "case" FROM data_keys').fetchall()
    assert {case for (case,) in found} == {"kept 1", "kept 2"}


def test_whom_another_process_has_erased_is_erased_at_the_next_start_of_this_one(
    program: Program, pair: tuple[str, Path]
) -> None:
    """Its own log is the only one that a process follows, and a person can be erased only while it runs."""
    public, private = pair
    sealed = asyncio.run(backed_up(program, public))
    name = asyncio.run(sealed.erases(2))
    program.url = address(program.place / "another", empty=True)
    logs = [f"--deletions={sealed.log(number)}" for number in (1, 2)]
    back = program("restore", "copy.age", "--key-file", str(private), *logs)

    assert back.exit_code == 0, back.output
    assert strings.RESTORED_PERSONS in back.output
    last = DeletionFile(sealed.log(1), sealed.ring).last()
    assert last is not None
    assert (last.persons, last.state) == (frozenset({name}), State.COMMITTED)


def test_what_a_killed_move_or_backup_left_is_deleted(program: Program) -> None:
    """It would keep what people delete."""
    state = program.place / "state"
    for name in ("plumbline.db.moving", "plumbline.db.moving-journal", "plumbline.db.backup.moving"):
        (state / name).write_bytes(b"rows")
    settings = Settings(_env_file=None, _environ={}, state_dir=state)
    remove_restored(settings)
    remove_copies(settings)

    assert not [*state.glob("*.moving*")]


async def test_what_stands_in_the_way_of_a_backup_is_said(program: Program, pair: tuple[str, Path]) -> None:
    public, _ = pair
    program.change("UPDATE alembic_version SET version_num = '0001'")
    assert strings.MOVE_NOT_CURRENT in program("backup", "copy.age", "--to", public).output
    program.url = NOBODY
    assert strings.SERVER_UNREACHABLE in program("backup", "copy.age", "--to", public).output
    assert not (program.place / "copy.age").exists()
    assert not [*(program.place / "state").glob("plumbline.db*")]
