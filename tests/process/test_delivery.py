"""What arrives, and what people hear when it doesn't, through the whole program and over the wire."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.ui import strings
from cogs.manage.norms import strings as norm_strings
from tests.database_file import open_file
from tests.process.waiting import until
from tests.wire.client import Answered, Message, Wire, wire
from tests.wire.faults import FaultKind
from tests.wire.process import running
from tests.wire.state import BOT

MANAGE_SERVER = 0x20
POST = "POST /channels/{channel}/messages"
NORM = {"Its title": "Ask first", "The norm, in one sentence": "We ask first."}


@dataclass(frozen=True, slots=True)
class Server:
    """One server with a moderator, a channel for votes and another for moderators."""

    discord: Wire
    guild: int
    mo: int
    votes: int
    mods: int

    async def in_votes(self) -> list[Message]:
        return await self.discord.messages(self.votes)

    async def put_norms(self) -> Answered:
        """Write a norm and put it to the members in the channel for votes; return the last card."""
        discord, mo = self.discord, self.mo
        home = await discord.command(mo, self.mods, "manage norms")
        form = await discord.press(mo, home.message, home.message.labelled("Write one"))
        await discord.submit(form, NORM)
        home = await discord.command(mo, self.mods, "manage norms")
        card = await discord.press(mo, home.message, home.message.labelled("Ask the members"))
        select = card.message.custom_id("manage.norms_channel")
        card = await discord.press(mo, card.message, select, [self.votes])
        return await discord.press(mo, card.message, card.message.labelled("Post it"))


@pytest.fixture
async def server(discord: Wire) -> Server:
    return await _server(discord)


async def _server(discord: Wire) -> Server:
    guild = await discord.add_guild()
    mo = await discord.add_person("mo", guild=guild, permissions=MANAGE_SERVER)
    votes, mods = [await discord.add_channel(guild, name) for name in ("votes", "mods")]
    return Server(discord, guild, mo, votes, mods)


async def test_norms_that_a_channel_refuses_once_are_posted_all_the_same(tmp_path: Path) -> None:
    """The next try is half a minute later, so both bots wait at the same time."""
    await asyncio.gather(*(_posted_all_the_same(_folder(tmp_path, code), code) for code in (50001, 50013)))


async def _posted_all_the_same(where: Path, code: int) -> None:
    async with wire() as discord:
        await _refused_once(await _server(discord), where, code)


async def _refused_once(server: Server, where: Path, code: int) -> None:
    fault = await server.discord.fault(
        FaultKind.ANSWER, f"/channels/{server.votes}/messages", "POST", status=403, code=code
    )
    async with running(server.discord, where) as bot:
        await server.put_norms()
        await until(lambda: _some(server.in_votes()))
        printed = await bot.stop()

    assert await server.discord.happened(fault) == 1
    [posted] = await server.in_votes()
    assert "We ask first." in str(posted.texts)
    assert f"outcome=retry code={code}" in printed
    assert "outcome=delivered" in printed


async def test_a_vote_whose_message_could_not_be_edited_once_shows_the_count_in_the_end(
    server: Server, tmp_path: Path
) -> None:
    discord = server.discord
    ana = await discord.add_person("ana", guild=server.guild)
    async with running(discord, tmp_path):
        await server.put_norms()
        await until(lambda: _some(server.in_votes()))
        [posted] = await server.in_votes()
        fault = await discord.fault(
            FaultKind.ANSWER, f"/channels/{server.votes}/messages/*", "PATCH", status=403, code=50001
        )
        await discord.press(ana, posted, posted.custom_id("norms.in"))
        await discord.met(fault)

        async def edited() -> bool:
            return (await discord.message(posted.id)).edits > 0

        await until(edited)


async def test_a_channel_that_takes_no_messages_is_reported_once_and_not_tried_again(
    server: Server, tmp_path: Path
) -> None:
    discord = server.discord
    forum = await discord.fault(
        FaultKind.ANSWER, f"/channels/{server.votes}/messages", "POST", status=400, code=50008, times=None
    )
    async with running(discord, tmp_path) as bot:
        await server.put_norms()
        dm = await discord.open_dm(server.mo)
        await until(lambda: _some(discord.messages(dm)))
        [whisper] = await discord.messages(dm)
        opened = await discord.press(server.mo, whisper, whisper.labelled("Open"))
        home = await discord.command(server.mo, server.mods, "manage norms")
        tries = await discord.happened(forum)
        await discord.no_faults()
        again = home.message.labelled(norm_strings.POST_AGAIN)
        await discord.press(server.mo, home.message, again)
        await until(lambda: _some(server.in_votes()))
        printed = await bot.stop()

    assert tries == 1
    assert f"<#{server.votes}>" in str(opened.message.texts)
    assert "Members can't see version 1" in str(home.message.texts)
    assert "WARNING bot.delivery.engine: Delivery" in printed
    assert "kind=norms.ballot" in printed
    assert "outcome=refused code=50008 tries=1" in printed


async def test_a_bot_that_is_timed_out_posts_as_soon_as_the_time_out_ends(
    server: Server, tmp_path: Path
) -> None:
    discord = server.discord
    async with running(discord, tmp_path):
        await discord.call("change_member", guild=server.guild, person=BOT, timed_out_until=4e9)
        await server.put_norms()
        await asyncio.sleep(0.5)
        assert await discord.requests("POST", "/channels/{channel}/messages") == []
        await discord.call("change_member", guild=server.guild, person=BOT, timed_out_until=None)
        await until(lambda: _some(server.in_votes()))


async def test_in_a_server_that_is_unavailable_nothing_is_given_up(server: Server, tmp_path: Path) -> None:
    discord = server.discord
    async with running(discord, tmp_path):
        await discord.call("set_available", guild=server.guild, available=False)
        await server.put_norms()
        await asyncio.sleep(0.5)
        assert await server.in_votes() == []
        await discord.call("set_available", guild=server.guild, available=True)
        await until(lambda: _some(server.in_votes()))


@pytest.mark.parametrize("code", [10008, 10015])
async def test_an_answer_that_was_dismissed_does_not_say_that_nothing_was_done(
    server: Server, tmp_path: Path, code: int
) -> None:
    discord = server.discord
    async with running(discord, tmp_path) as bot:
        home = await discord.command(server.mo, server.mods, "manage norms")
        form = await discord.press(server.mo, home.message, home.message.labelled("Write one"))
        await discord.fault(
            FaultKind.ANSWER, "/webhooks/*/*/messages/@original", "PATCH", status=404, code=code
        )
        async with _busy(tmp_path):
            submitted = await discord.submit(form, NORM, until="acked")
            await asyncio.sleep(2.3)
        await discord.wait("POST /webhooks/{application}/{token} 200")
        answer = await discord.interaction(submitted.id)
        home = await discord.command(server.mo, server.mods, "manage norms")
        printed = await bot.stop()

    assert strings.WENT_WRONG_TITLE not in str(answer.messages)
    assert "We ask first." in str(answer.message.texts)
    assert "1 norm" in str(home.message.texts)
    assert "An interaction failed" not in printed
    assert "Traceback" not in printed


async def test_a_dm_channel_that_discord_forgot_is_opened_again(tmp_path: Path) -> None:
    """A moderator is told in private that a channel takes no messages, and the first DM is refused.

    The next try is half a minute later, so both bots wait at the same time.
    """
    ways = ((404, 10003), (403, 50001))
    await asyncio.gather(*(_opened_again(_folder(tmp_path, code), status, code) for status, code in ways))


async def _opened_again(where: Path, status: int, code: int) -> None:
    async with wire() as discord:
        await _forgotten_once(await _server(discord), where, status, code)


async def _forgotten_once(server: Server, where: Path, status: int, code: int) -> None:
    discord = server.discord
    dm = await discord.open_dm(server.mo)
    async with running(discord, where) as bot:
        await discord.fault(
            FaultKind.ANSWER, f"/channels/{server.votes}/messages", "POST", status=400, code=50008, times=None
        )
        stale = await discord.fault(
            FaultKind.ANSWER, f"/channels/{dm}/messages", "POST", status=status, code=code
        )
        opened = await discord.count("POST /users/@me/channels 200")
        await server.put_norms()
        await discord.met(stale)
        await until(lambda: _some(discord.messages(dm)))
        printed = await bot.stop()

    assert len(await discord.messages(dm)) == 1
    assert await discord.count("POST /users/@me/channels 200") > opened
    assert f"outcome=retry code={code}" in printed


# -- helpers ---------------------------------------------------------------------------------------


def _folder(where: Path, code: int) -> Path:
    folder = where / str(code)
    folder.mkdir()
    return folder


@asynccontextmanager
async def _busy(where: Path) -> AsyncIterator[None]:
    """Hold the database's write lock, so that whatever the bot writes takes as long."""
    with closing(open_file(where / "state" / "plumbline.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def _some(found: Awaitable[list[Message]]) -> bool:
    return bool(await found)
