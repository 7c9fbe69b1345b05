"""Two processes that are one bot, on one PostgreSQL server: neither relies on what only the other knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.exit_codes import ExitCode
from cogs.help.strings import MINOR_TITLE
from tests.databases import address, engine_of
from tests.patience import PATIENCE
from tests.process.test_pair import AGREED, SHEET
from tests.process.waiting import printed, until
from tests.wire.client import Message, Wire
from tests.wire.faults import FaultKind
from tests.wire.process import Bot, running, start

MANAGE_SERVER = 0x20
LONG_SINCE = 1_700_000_000
ON_SHARD_1 = 1_001 << 22
"""The id of a server that Discord sends to the second process."""


@dataclass
class Two:
    """Both processes. Direct messages reach the first one, and the server the second."""

    discord: Wire
    place: Path
    first: Bot
    second: Bot
    guild: int
    channel: int

    async def person(self, name: str, **how: int) -> int:
        return await self.discord.add_person(name, guild=self.guild, **how)

    async def dms(self, person: int) -> list[Message]:
        return await self.discord.messages(await self.discord.open_dm(person))

    async def dm(self, person: int) -> Message:
        """Wait for their newest direct message."""
        found: list[Message] = []

        async def there() -> bool:
            found[:] = await self.dms(person)
            return bool(found)

        await until(there)
        return found[-1]

    async def pair(self, ana: int, bo: int) -> None:
        """Let Ana offer Bo a pair in the server, and Bo agree. She is told of that by a direct message."""
        discord = self.discord
        before = await discord.command(ana, self.channel, "pair start", {"partner": bo, **AGREED})
        form = await discord.press(ana, before.message, before.message.labelled("A habit"))
        await discord.submit(form, SHEET)
        shown = await discord.command(bo, self.channel, "pair show")
        form = await discord.press(bo, shown.message, shown.message.labelled("A habit"))
        await discord.submit(form, SHEET)


def settings(place: Path, number: int) -> dict[str, Any]:
    return {
        "database_url": address(place), "key_file": str(place / "keys.json"), "state_dir": f"state-{number}",
        "instances": "2", "instance": str(number), "shards": "2",
    }  # fmt: skip


@asynccontextmanager
async def instance(discord: Wire, place: Path, number: int) -> AsyncIterator[Bot]:
    async with running(discord, place, **settings(place, number)) as bot:
        yield bot


@pytest.fixture
async def two(discord: Wire, tmp_path: Path) -> AsyncIterator[Two]:
    guild = await discord.add_guild("The Thursday Table", id=ON_SHARD_1)
    channel = await discord.add_channel(guild)
    await (await start(discord, tmp_path, "keys", "new", **settings(tmp_path, 0))).ended()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(instance(discord, tmp_path, 0))
        second = await stack.enter_async_context(instance(discord, tmp_path, 1))
        yield Two(discord, tmp_path, first, second, guild, channel)
        for bot in (first, second):
            assert "Traceback" not in bot.printed


async def test_what_happens_in_a_server_is_told_and_opened_in_the_direct_messages_of_another_process(
    two: Two,
) -> None:
    ana, bo = await two.person("ana"), await two.person("bo")
    await two.pair(ana, bo)

    message = await two.dm(ana)
    opened = await two.discord.press(ana, message, message.labelled("Open"))
    assert "bo" in " ".join(opened.message.texts)
    assert "outcome=delivered" in two.first.printed


async def test_nobody_is_told_of_somebody_who_has_left_a_server_that_another_process_has(two: Two) -> None:
    """In the memory of the process that writes to them, the server isn't there at all."""
    ana, bo = await two.person("ana"), await two.person("bo")
    gone = f"/guilds/{two.guild}/members/{bo}"
    await two.discord.fault(FaultKind.ANSWER, gone, "GET", status=404, code=10007, times=None)
    await two.pair(ana, bo)

    await printed(two.first, "outcome=missing")
    told = [line for line in two.first.printed.splitlines() if "outcome=delivered" in line]
    assert not any("kind=pairs.begun" in line for line in told)


async def test_a_server_of_another_process_has_its_name_in_direct_messages(two: Two) -> None:
    ana = await two.person("ana")
    await two.discord.command(ana, two.channel, "pod")
    dm = await two.discord.open_dm(ana)

    async def named() -> bool:
        shown = await two.discord.command(ana, dm, "boundary")
        choose = await two.discord.press(ana, shown.message, shown.message.custom_id("boundaries.choose"))
        return "The Thursday Table" in " ".join(choose.message.texts)

    await until(named)


async def test_settings_of_a_server_hold_at_once_in_every_process(two: Two) -> None:
    """The note of another process may be lost, so none decides by what it keeps in memory."""
    ana = await two.person("ana", joined_at=LONG_SINCE)
    await two.discord.command(ana, two.channel, "pod")
    dm = await two.discord.open_dm(ana)
    before = await two.discord.command(ana, dm, "ask")
    with engine_of(two.place).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO servers (id, retention_days, minors) VALUES (%s, 7, true)", (two.guild,)
        )
    after = await two.discord.command(ana, dm, "ask")

    assert any("asks.agree" in one for one in before.message.custom_ids)
    assert not any("asks.agree" in one for one in after.message.custom_ids)
    assert MINOR_TITLE in " ".join(after.message.texts)


async def test_a_process_judges_and_posts_only_in_servers_on_its_own_shards(two: Two) -> None:
    mo = await two.person("mo", permissions=MANAGE_SERVER)
    mods = await two.discord.add_channel(two.guild, "mods")
    home = await two.discord.command(mo, mods, "manage norms")
    form = await two.discord.press(mo, home.message, home.message.labelled("Write one"))
    await two.discord.submit(form, {"Its title": "Ask first", "The norm, in one sentence": "We ask first."})
    home = await two.discord.command(mo, mods, "manage norms")
    card = await two.discord.press(mo, home.message, home.message.labelled("Ask the members"))
    select = card.message.custom_id("manage.norms_channel")
    card = await two.discord.press(mo, card.message, select, [two.channel])
    await two.discord.press(mo, card.message, card.message.labelled("Post it"))
    await printed(two.second, "what=channel post")

    await two.first.stop()
    asked = len(await two.discord.requests("GET", "/guilds/{guild}"))
    async with instance(two.discord, two.place, 0) as again:
        await printed(again, "Connected to Discord")
        await asyncio.sleep(1)
        assert len(await two.discord.requests("GET", "/guilds/{guild}")) == asked
        for bot in (two.first, again):
            assert "what=channel post" not in bot.printed
    with engine_of(two.place).connect() as connection:
        assert not connection.exec_driver_sql("SELECT id FROM servers WHERE gone_at IS NOT NULL").all()


async def test_another_process_leads_when_the_leader_is_killed(two: Two) -> None:
    assert "This instance leads" in two.first.printed
    assert "This instance leads" not in two.second.printed
    async with asyncio.timeout(60):
        await two.first.kill()
        await printed(two.second, "This instance leads")


async def test_they_never_log_in_too_close_to_each_other(discord: Wire, tmp_path: Path) -> None:
    await (await start(discord, tmp_path, "keys", "new", **settings(tmp_path, 0))).ended()
    bots = [await start(discord, tmp_path, **settings(tmp_path, number)) for number in (0, 1)]
    try:
        await discord.wait("readies", 2, PATIENCE)
        assert [one["too_soon"] for one in (await discord.gateway())["identifies"]] == [False, False]
        with engine_of(tmp_path).connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM logins").scalar() == 2
    finally:
        for bot in bots:
            await bot.kill()


async def test_no_second_process_starts_with_a_number_that_runs(discord: Wire, tmp_path: Path) -> None:
    await (await start(discord, tmp_path, "keys", "new", **settings(tmp_path, 0))).ended()
    async with instance(discord, tmp_path, 0):
        other = await start(discord, tmp_path, **settings(tmp_path, 0) | {"state_dir": "another"})
        async with asyncio.timeout(2 * PATIENCE):
            await other.process.wait()

    assert other.returncode == ExitCode.ALREADY_RUNNING
    assert "Another process runs as instance 0" in other.printed
