"""A disk that is full, a database that is locked or damaged: while the bot runs, and when it starts."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.exit_codes import ExitCode
from bot.storage.file_keys import is_encrypted
from bot.vault.keyring import Keyring
from tests.database_file import open_file, plain_copy
from tests.disk_faults import damage, locked, no_file_grows
from tests.wire.client import Answered, Wire
from tests.wire.process import Bot, running, start

SHEET = {
    "What I'm working on": "canary-aim",
    "What you might notice first": "canary-signs",
    "What you can say to me then": "canary-words",
    "My time zone": "Berlin",
}
AGREED = {"cadence": "weekly", "day": "Sunday", "at": "18:00", "weeks": 12}
STATELESS = ("support", "told", "callin", "contact", "help", "about")
CANNOT = "I can't do that right now"
SMALL = 8192
"""Less than the journal has after the first commands, and more than the bot prints."""


@dataclass(frozen=True)
class Server:
    discord: Wire
    channel: int
    ana: int
    bo: int

    async def begin(self) -> Answered:
        before = await self.discord.command(
            self.ana, self.channel, "pair start", {"partner": self.bo, **AGREED}
        )
        return await self.discord.press(self.ana, before.message, before.message.labelled("A habit"))

    async def stateless(self) -> dict[str, str]:
        answers = {
            name: (await self.discord.command(self.ana, self.channel, name)).message for name in STATELESS
        }
        return {name: " ".join(message.texts) for name, message in answers.items()}


@pytest.fixture
async def server(discord: Wire) -> Server:
    guild = await discord.add_guild()
    channel = await discord.add_channel(guild)
    ana, bo = [await discord.add_person(name, guild=guild) for name in ("ana", "bo")]
    return Server(discord, channel, ana, bo)


def dump(where: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(open_file(where / "state" / "plumbline.db")) as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(book.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def said(answer: Answered) -> str:
    return " ".join(answer.message.texts)


async def test_while_the_disk_is_full_people_are_told_so_and_nothing_changes(
    server: Server, discord: Wire, tmp_path: Path
) -> None:
    async with running(discord, tmp_path, log_level="WARNING") as bot:
        form = await server.begin()
        shown = await discord.command(server.bo, server.channel, "pod")
        before = dump(tmp_path)
        assert (tmp_path / "state" / "plumbline.db-wal").stat().st_size > SMALL
        with no_file_grows(SMALL, bot.process.pid):
            submitted = await discord.submit(form, SHEET)
            pressed = await discord.press(server.bo, shown.message, shown.message.labelled("Invite"))
            newcomer = await discord.add_person("cy")
            command = await discord.command(newcomer, await discord.open_dm(newcomer), "settings")
            answers = await server.stateless()
        assert dump(tmp_path) == before
        again = await discord.submit(form, SHEET)
        printed = await bot.stop()

    assert CANNOT in said(submitted)
    assert CANNOT in said(command)
    assert CANNOT not in said(pressed), "what only reads still works"
    assert all(one in said(submitted) for one in SHEET.values())
    assert all(CANNOT not in text for text in answers.values())
    assert CANNOT not in said(again)
    assert "canary" not in printed
    assert "Traceback" not in printed
    assert "  File " not in printed
    assert printed.count("ERROR") <= 2, printed
    assert "why=the disk reports an error code=SQLITE_IOERR" in printed


async def test_while_another_program_locks_the_database_people_are_answered_in_time(
    server: Server, discord: Wire, tmp_path: Path
) -> None:
    async with running(discord, tmp_path, log_level="WARNING") as bot:
        form = await server.begin()
        before = dump(tmp_path)
        async with locked(tmp_path / "state" / "plumbline.db"):
            submitted = await discord.submit(form, SHEET)
            answers = await server.stateless()
            second = await discord.submit(form, SHEET)
        assert dump(tmp_path) == before
        again = await discord.submit(form, SHEET)
        printed = await bot.stop()

    assert submitted.acked_at is not None
    assert submitted.answered_at is not None
    assert submitted.acked_at < submitted.answered_at, "it was deferred"
    assert CANNOT in said(submitted)
    assert CANNOT in said(second)
    assert all(one in said(submitted) for one in SHEET.values())
    assert all(CANNOT not in text for text in answers.values())
    assert CANNOT not in said(again)
    assert "why=another program has locked the file" in printed
    assert "  File " not in printed


# -- at the start -------------------------------------------------------------------------------


async def refused(bot: Bot, code: ExitCode) -> str:
    printed = await bot.ended()
    assert bot.returncode == code, printed
    assert "  File " not in printed
    return printed


@pytest.fixture
async def used(discord: Wire, tmp_path: Path) -> Path:
    """A state folder that a bot has used."""
    async with running(discord, tmp_path, log_level="WARNING") as bot:
        await bot.stop()
    assert bot.returncode == 0
    return tmp_path


def contents(where: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (where / "state").iterdir() if one.name != "lock"}


async def test_a_start_that_the_disk_or_the_database_prevents_says_why_and_changes_nothing(
    discord: Wire, used: Path
) -> None:
    before = contents(used)
    logins = await discord.count("identifies")

    async with locked(used / "state" / "plumbline.db"):
        printed = await refused(await start(discord, used, log_level="WARNING"), ExitCode.DATABASE_LOCKED)
    assert "is locked by another program" in printed

    bot = await start(discord, used, log_level="WARNING")
    with no_file_grows(4000, bot.process.pid):
        printed = await refused(bot, ExitCode.DISK_FULL)
    assert "the disk is full" in printed

    (used / "state" / "plumbline.db-wal").write_bytes(b"this is no journal" * 100)
    printed = await refused(await start(discord, used, log_level="WARNING"), ExitCode.DATABASE_DAMAGED)
    assert "is damaged" in printed
    assert (used / "state" / "plumbline.db-wal").read_bytes() == b"this is no journal" * 100
    (used / "state" / "plumbline.db-wal").unlink()

    (used / "state" / "keys.json").rename(used / "keys.json")
    printed = await refused(await start(discord, used, log_level="WARNING"), ExitCode.KEY_FILE_MISSING)
    assert "its key file" in printed
    Keyring.fresh().save(used / "state" / "keys.json")
    printed = await refused(await start(discord, used, log_level="WARNING"), ExitCode.KEYS_DO_NOT_FIT)
    assert "None of the keys in" in printed
    (used / "keys.json").replace(used / "state" / "keys.json")

    assert {name: content for name, content in contents(used).items() if name in before} == before
    assert await discord.count("identifies") == logins


async def test_the_plain_database_of_an_earlier_version_is_encrypted_at_the_start(
    discord: Wire, used: Path
) -> None:
    path = used / "state" / "plumbline.db"
    encrypted = dump(used)
    plain_copy(path, used / "plain.db")
    (used / "plain.db").replace(path)
    async with running(discord, used, log_level="INFO") as bot:
        assert is_encrypted(path)
        printed = await bot.stop()

    assert "The database file was encrypted with the current key" in printed
    assert bot.returncode == 0
    assert encrypted
    assert dump(used).keys() == encrypted.keys()


async def test_a_start_on_a_database_with_a_damaged_page_says_so(discord: Wire, used: Path) -> None:
    damage(used / "state" / "plumbline.db", "servers")
    before = (used / "state" / "plumbline.db").read_bytes()

    printed = await refused(await start(discord, used, log_level="WARNING"), ExitCode.DATABASE_DAMAGED)

    assert "is damaged" in printed
    assert (used / "state" / "plumbline.db").read_bytes()[4096:] == before[4096:]


async def test_damage_that_is_met_while_the_bot_runs_is_told_to_everybody_it_concerns(
    server: Server, discord: Wire, used: Path
) -> None:
    path = used / "state" / "plumbline.db"
    damage(path, "plans")
    async with running(discord, used, log_level="WARNING") as bot:
        asked = await discord.command(server.ana, server.channel, "plan")
        before = path.read_bytes()
        settings = await discord.command(server.bo, server.channel, "settings")
        answers = await server.stateless()
        assert path.read_bytes() == before
        check = await (checking := await start(discord, used, "check")).ended()
        printed = await bot.stop()

    assert CANNOT in said(asked)
    assert CANNOT in said(settings), "bo would have been written to a file that is damaged"
    assert all(CANNOT not in text for text in answers.values())
    assert "The database is damaged, and nothing is written to it any more" in printed
    assert "  File " not in printed
    assert checking.returncode == 1
    assert "plumbline.db is damaged" in check


async def test_a_first_start_without_room_leaves_nothing_half_done(discord: Wire, tmp_path: Path) -> None:
    bot = await start(discord, tmp_path, log_level="WARNING")
    with no_file_grows(40_000, bot.process.pid):
        printed = await bot.ended()
    assert bot.returncode in (ExitCode.DISK_FULL, ExitCode.DISK_FAILING), printed
    assert "  File " not in printed

    async with running(discord, tmp_path, log_level="WARNING") as again:
        await again.stop()
    assert again.returncode == 0
