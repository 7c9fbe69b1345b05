"""The program with its database on a PostgreSQL server."""

from pathlib import Path

from bot import strings
from bot.exit_codes import ExitCode
from tests.databases import address
from tests.process.test_pair import AGREED, SHEET
from tests.process.test_run import refused
from tests.wire.client import Wire
from tests.wire.process import running, start


async def test_what_somebody_did_is_there_after_a_restart(discord: Wire, tmp_path: Path) -> None:
    url = address(tmp_path, empty=True)
    server = await discord.add_guild()
    channel = await discord.add_channel(server)
    ana, bo = [await discord.add_person(name, guild=server) for name in ("ana", "bo")]
    made = await start(discord, tmp_path, "keys", "new", database_url=url)
    assert "There is a new key file" in await made.ended()

    async with running(discord, tmp_path, database_url=url) as bot:
        before = await discord.command(ana, channel, "pair start", {"partner": bo, **AGREED})
        form = await discord.press(ana, before.message, before.message.labelled("A habit"))
        await discord.submit(form, SHEET)
        first = await bot.stop()
    async with running(discord, tmp_path, database_url=url) as bot:
        shown = await discord.command(bo, channel, "pair show")
        form = await discord.press(bo, shown.message, shown.message.labelled("A habit"))
        await discord.submit(form, SHEET)
        await discord.wait("POST /channels/{channel}/messages 200")
        again = await bot.stop()

    [whisper] = await discord.messages(await discord.open_dm(ana))
    assert whisper.labelled("Open")
    assert not (tmp_path / "state" / "plumbline.db").exists()
    for log in (first, again):
        assert "Traceback" not in log
        assert "canary" not in log
        assert url not in log


async def test_keys_are_never_made_by_themselves(discord: Wire, tmp_path: Path) -> None:
    """Several machines use the database, with the same keys: each would make its own."""
    said = await refused(
        discord, tmp_path, ExitCode.KEY_FILE_MISSING, database_url=address(tmp_path, empty=True)
    )

    assert "plumbline keys new" in said
    assert not (tmp_path / "state" / "keys.json").exists()


async def test_the_keys_of_another_database_are_refused(discord: Wire, tmp_path: Path) -> None:
    url = address(tmp_path, empty=True)
    await (await start(discord, tmp_path, "keys", "new")).ended()
    async with running(discord, tmp_path, database_url=url) as bot:
        await bot.stop()
    await (await start(discord, tmp_path, "keys", "new", state_dir="another")).ended()

    said = await refused(discord, tmp_path, ExitCode.KEYS_DO_NOT_FIT, database_url=url, state_dir="another")

    assert "aren't those of this database" in said


async def test_a_server_that_is_not_there_is_said_to_be_so(discord: Wire, tmp_path: Path) -> None:
    await (await start(discord, tmp_path, "keys", "new")).ended()

    said = await refused(
        discord,
        tmp_path,
        ExitCode.DATABASE_UNREACHABLE,
        database_url="postgresql://me:secret@127.0.0.1:1/none",
    )

    assert strings.SERVER_UNREACHABLE in said
    assert "secret" not in said
