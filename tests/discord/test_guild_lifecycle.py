"""The bot is removed from a server or returns to it, while it runs or is off, and during an outage."""

from datetime import datetime, timedelta

import discord
import pytest
from simcord.backend import serializers
from simcord.backend.models import Guild

from bot.delivery.channel_post import ChannelPost
from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers.models import FORGOTTEN_AFTER
from bot.servers.service import FORGET
from bot.ui.components import Button, Card
from bot.ui.custom_id import to

KIND = "tests.post"


@pytest.fixture
async def demo(demo: DemoClient) -> DemoClient:
    """Give the server a known moderator and one setting."""
    mo = await demo.member("mo", moderator=True)
    services, server = demo.bot.services, here(demo)
    person = await services.people.meet(DiscordUser(mo.id, "Mo", server), demo.now)
    await services.servers.seen_moderating(server, person, demo.now)
    await services.servers.change(server, person, demo.now, {"country": "ie"})
    return demo


def here(demo: DemoClient) -> ServerId:
    return ServerId(demo.server.id)


async def gone_at(demo: DemoClient) -> object:
    return (await demo.bot.services.servers.settings(here(demo))).gone_at


async def forgotten_at(demo: DemoClient) -> object:
    services, subject = demo.bot.services, str(here(demo))
    return await demo.bot.db.read(lambda tx: services.agenda.due_at(tx, FORGET, subject))


async def remove(demo: DemoClient) -> Guild:
    """Remove the bot. Return the server, to which it can be invited again; its channels stay."""
    backend = demo.env.backend
    guild = backend.guilds.pop(demo.server.id)
    backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await demo.settle()
    return guild


async def outage(demo: DemoClient) -> None:
    """Make the server unavailable, as in an outage of Discord, without removing the bot."""
    demo.env.backend.emit("GUILD_DELETE", {"id": str(demo.server.id), "unavailable": True})
    await demo.settle()


async def join(demo: DemoClient, guild: Guild, **more: object) -> None:
    """Add the bot to that server, as an invitation does; with `unavailable`, as the end of an outage does."""
    backend = demo.env.backend
    backend.guilds[guild.id] = guild
    payload = {**serializers.guild_create_payload(backend, guild)}
    payload.pop("unavailable", None)
    backend.emit("GUILD_CREATE", {**payload, **more})
    await demo.settle()


async def restart(demo: DemoClient, guilds: dict[int, Guild]) -> None:
    """Stop the bot, and start it again as a member of these servers."""
    demo_server = demo.demo_server
    build = demo_server._build

    def meanwhile() -> discord.Client:
        demo_server.env.backend.guilds.clear()
        demo_server.env.backend.guilds.update(guilds)
        return build()

    demo_server._build = meanwhile
    try:
        await demo.restart()
    finally:
        demo_server._build = build


def guild_of(demo: DemoClient) -> Guild:
    return demo.env.backend.guilds[demo.server.id]


async def put(demo: DemoClient, subject: str) -> None:
    services = demo.bot.services
    post = ChannelPost.to(here(demo), demo.general.id, KIND, subject, demo.now)
    await demo.bot.db.write(lambda tx: services.channel_posts.put(tx, post))


def rendered(demo: DemoClient) -> None:
    async def card(post: ChannelPost) -> Card:
        return Card("A post", post.subject, rows=((Button("Open", to("inbox.show", post.id)),),))

    demo.bot.services.channel_gateway.renders(KIND, card)


def posted(demo: DemoClient) -> list[str]:
    return [one.path for one in demo.requests if one.method == "POST" and one.path.endswith("/messages")]


# -- removed, or out of reach ---------------------------------------------------------------------


async def test_a_server_that_removed_the_bot_is_forgotten_after_thirty_days(demo: DemoClient) -> None:
    demo.env.backend.remove_guild(demo.server.id)
    await demo.settle()
    assert await gone_at(demo) == demo.now
    assert await forgotten_at(demo) == demo.now + FORGOTTEN_AFTER
    await demo.skip(days=29, hours=23)
    services = demo.bot.services
    assert services.servers.country(here(demo)) == "ie"
    await demo.skip(hours=2)
    assert services.servers.country(here(demo)) is None
    assert await services.servers.all_known() == []
    assert services.servers.left_lately() == []


async def test_an_outage_is_not_a_removal(demo: DemoClient) -> None:
    guild = guild_of(demo)
    await outage(demo)
    assert await gone_at(demo) is None
    assert await forgotten_at(demo) is None
    await demo.skip(days=40)
    await join(demo, guild, unavailable=False)
    assert demo.bot.services.servers.country(here(demo)) == "ie"


async def test_a_removal_during_an_outage_counts_as_a_removal(demo: DemoClient) -> None:
    await outage(demo)
    await remove(demo)
    assert await gone_at(demo) == demo.now


async def test_a_server_without_settings_is_forgotten_too(demo: DemoClient) -> None:
    other = demo.env.create_guild("Another")
    await demo.settle()
    server, services = ServerId(other.id), demo.bot.services
    await services.people.meet(DiscordUser(4711, "Ana", server), demo.now)
    demo.env.backend.remove_guild(server)
    await demo.settle()
    assert server in services.servers.left_lately()
    await demo.skip(days=30, hours=1)
    assert await services.servers.all_known() == [here(demo)]


async def test_a_post_that_waits_when_the_bot_is_removed_is_never_sent(demo: DemoClient) -> None:
    rendered(demo)
    await demo.bot.services.channel_dispatcher.stop(1)
    await put(demo, "before")
    await remove(demo)
    await demo.bot.services.channel_dispatcher.start()
    await demo.skip(minutes=5)
    assert posted(demo) == []
    assert not await demo.bot.db.read(lambda tx: demo.bot.services.channel_posts.waiting(tx, KIND, "before"))


async def test_a_post_made_while_the_bot_is_away_waits_until_it_returns(demo: DemoClient) -> None:
    rendered(demo)
    guild = await remove(demo)
    await put(demo, "while away")
    await demo.skip(days=1)
    assert posted(demo) == []
    await join(demo, guild)
    await demo.skip(minutes=2)
    assert posted(demo) == [f"/channels/{demo.general.id}/messages"]


# -- it returns -----------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [{}, {"unavailable": False}])
async def test_settings_are_kept_when_the_bot_is_invited_again_within_thirty_days(
    demo: DemoClient, more: dict[str, object]
) -> None:
    guild = await remove(demo)
    await demo.skip(days=29)
    await join(demo, guild, **more)
    assert await gone_at(demo) is None
    assert await forgotten_at(demo) is None
    await demo.skip(days=2)
    assert demo.bot.services.servers.country(here(demo)) == "ie"


async def test_a_second_removal_starts_the_thirty_days_again(demo: DemoClient) -> None:
    guild = await remove(demo)
    await demo.skip(days=20)
    await join(demo, guild)
    await demo.skip(days=20)
    await remove(demo)
    assert await forgotten_at(demo) == demo.now + FORGOTTEN_AFTER


async def test_when_one_removal_is_reported_twice_the_first_report_counts(demo: DemoClient) -> None:
    await remove(demo)
    first = await forgotten_at(demo)
    await demo.skip(days=3)
    await demo.bot.services.servers.left(here(demo), demo.now)
    assert await forgotten_at(demo) == first


# -- while the bot was off ------------------------------------------------------------------------


async def test_a_removal_while_the_bot_was_off_is_noticed_at_the_next_start(demo: DemoClient) -> None:
    await restart(demo, {})
    gone = await gone_at(demo)
    assert isinstance(gone, datetime)
    # Timers that are due move the pretend clock by microseconds.
    assert timedelta(0) <= demo.now - gone < timedelta(milliseconds=1)
    assert await forgotten_at(demo) == gone + FORGOTTEN_AFTER
    asked = [one.path for one in demo.requests if one.path == f"/guilds/{here(demo)}"]
    await restart(demo, {})
    assert [one.path for one in demo.requests if one.path == f"/guilds/{here(demo)}"] == asked


@pytest.mark.parametrize(
    ("status", "code", "gone"),
    [(404, 10004, True), (403, 50001, True), (404, 0, False), (403, 50013, False), (400, 10004, False)],
)
async def test_only_discords_answers_about_a_server_that_the_bot_is_not_in_count_as_a_removal(
    demo: DemoClient, status: int, code: int, gone: bool
) -> None:
    path = f"/guilds/{here(demo)}"
    demo.env.inject_error("GET", path, status=status, code=code, message="no", times=None)
    await restart(demo, {})
    assert (await gone_at(demo) is not None) is gone


async def test_a_restart_changes_nothing_for_a_server_that_still_has_the_bot(demo: DemoClient) -> None:
    await demo.restart()
    assert await gone_at(demo) is None


async def test_a_return_while_the_bot_was_off_is_noticed_at_the_next_start(demo: DemoClient) -> None:
    guild = await remove(demo)
    await restart(demo, {demo.server.id: guild})
    assert await gone_at(demo) is None
    assert await forgotten_at(demo) is None


# -- meanwhile ------------------------------------------------------------------------------------


async def test_an_ask_goes_on_in_direct_messages_until_the_server_is_forgotten(
    demo: DemoClient,
) -> None:
    """The answerer still reaches the bot. Only after the thirty days does it say that the ask has closed."""
    from tests.discord.test_membership_sweep import asked

    ana, bo = [await demo.member(name) for name in ("ana", "bo")]
    await asked(demo, ana, bo)
    await demo.skip(minutes=5)
    [told] = [one for one in demo.dms(bo) if "Open" in one.buttons]
    await remove(demo)
    opened = await told.press("Open")
    assert "Read it" in opened.buttons
    await demo.skip(days=31)
    assert [one for one in demo.dms(bo) if "Open" in one.buttons] == []
    assert "This is closed." in demo.dms(bo)[0].text
    later = await opened.press("Read it")
    assert "nothing here for you to open" in later.text
