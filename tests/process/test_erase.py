"""`plumbline erase`, for somebody who can't use Discord any more: refused while the bot runs."""

from contextlib import closing
from pathlib import Path

from bot.exit_codes import ExitCode
from tests.database_file import open_file
from tests.load import crowd
from tests.process.test_keys_and_backups import said
from tests.process.waiting import until
from tests.wire.client import Wire
from tests.wire.process import running


async def test_an_account_is_erased_by_hand_and_the_next_start_deletes_its_direct_messages(
    discord: Wire, tmp_path: Path
) -> None:
    (one,) = people = crowd.askers(1)
    await crowd.prepare(tmp_path / "state", people)
    await crowd.join(discord, people)

    async def there_are(dms: int) -> bool:
        channel = crowd.dm_channel(one.asked)
        return sum(message.channel == channel for message in await discord.messages()) == dms

    async with running(discord, tmp_path) as bot:
        await until(lambda: there_are(1))
        told = await said(discord, tmp_path, "erase", str(one.asked), "--yes", code=ExitCode.ALREADY_RUNNING)
        await bot.stop()
    assert "Another Plumbline runs on this database" in told
    assert known(tmp_path) == len(one.accounts)

    log = tmp_path / "state" / "deletions.log"
    before = log.stat().st_size
    told = await said(discord, tmp_path, "erase", str(one.asked), "--yes")
    assert log.stat().st_size > before, "a backup that is restored erases them again"
    assert f"Everything about the account {one.asked} is erased." in told
    assert known(tmp_path) == len(one.accounts) - 1
    told = await said(discord, tmp_path, "erase", str(one.asked), "--yes")
    assert f"The account {one.asked} has never used this bot, or was erased already." in told

    async with running(discord, tmp_path) as bot:
        await until(lambda: there_are(0))
        await bot.stop()
    assert known(tmp_path) == len(one.accounts) - 1


def known(where: Path) -> int:
    with closing(open_file(where / "state" / "plumbline.db")) as file:
        return int(file.execute("SELECT count(*) FROM people").fetchone()[0])
