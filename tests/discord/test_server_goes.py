"""The bot is removed from a server; Discord has an outage; the bot was off meanwhile; it returns."""

import discord
import pytest
from simcord.backend import serializers
from simcord.backend.models import Guild

from bot.delivery.channel_post import ChannelPost
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers.models import FORGOTTEN_AFTER
from bot.servers.service import FORGET
from bot.stage.theatre import Theatre
from bot.ui.components import Button, Card
from bot.ui.custom_id import to

KIND = "tests.post"


@pytest.fixture
async def theatre(theatre: Theatre) -> Theatre:
    """A server in which somebody moderates, and something was set."""
    mo = await theatre.member("mo", moderator=True)
    services, server = theatre.bot.services, here(theatre)
    person = await services.people.meet(DiscordUser(mo.id, "Mo", server), theatre.now)
    await services.servers.seen_moderating(server, person, theatre.now)
    await services.servers.change(server, person, theatre.now, {"country": "ie"})
    return theatre


def here(theatre: Theatre) -> ServerId:
    return ServerId(theatre.server.id)


async def gone_at(theatre: Theatre) -> object:
    return (await theatre.bot.services.servers.settings(here(theatre))).gone_at


async def forgotten_at(theatre: Theatre) -> object:
    services, subject = theatre.bot.services, str(here(theatre))
    return await theatre.bot.db.read(lambda tx: services.agenda.due_at(tx, FORGET, subject))


async def remove(theatre: Theatre) -> Guild:
    """The server as it was, to be invited to again: its channels stay, though the bot sees them no more."""
    backend = theatre.env.backend
    guild = backend.guilds.pop(theatre.server.id)
    backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await theatre.settle()
    return guild


async def outage(theatre: Theatre) -> None:
    """As Discord tells of one: the server is not gone, it cannot be reached."""
    theatre.env.backend.emit("GUILD_DELETE", {"id": str(theatre.server.id), "unavailable": True})
    await theatre.settle()


async def join(theatre: Theatre, guild: Guild, **more: object) -> None:
    """That server again; without `unavailable` it is an invitation, with it the end of an outage."""
    backend = theatre.env.backend
    backend.guilds[guild.id] = guild
    payload = {**serializers.guild_create_payload(backend, guild)}
    payload.pop("unavailable", None)
    backend.emit("GUILD_CREATE", {**payload, **more})
    await theatre.settle()


async def restart(theatre: Theatre, guilds: dict[int, Guild]) -> None:
    """The bot is off while it comes to be in these servers."""
    world = theatre.world
    build = world._build

    def meanwhile() -> discord.Client:
        world.env.backend.guilds.clear()
        world.env.backend.guilds.update(guilds)
        return build()

    world._build = meanwhile
    try:
        await theatre.restart()
    finally:
        world._build = build


def guild_of(theatre: Theatre) -> Guild:
    return theatre.env.backend.guilds[theatre.server.id]


async def put(theatre: Theatre, subject: str) -> None:
    services = theatre.bot.services
    post = ChannelPost.to(here(theatre), theatre.general.id, KIND, subject, theatre.now)
    await theatre.bot.db.write(lambda tx: services.channel_posts.put(tx, post))


def rendered(theatre: Theatre) -> None:
    async def card(post: ChannelPost) -> Card:
        return Card("A post", post.subject, rows=((Button("Open", to("inbox.show", post.id)),),))

    theatre.bot.services.channel_gateway.renders(KIND, card)


def posted(theatre: Theatre) -> list[str]:
    return [one.path for one in theatre.requests if one.method == "POST" and one.path.endswith("/messages")]


# -- removed, or out of reach ---------------------------------------------------------------------


async def test_removed_it_is_forgotten_after_thirty_days(theatre: Theatre) -> None:
    theatre.env.backend.remove_guild(theatre.server.id)
    await theatre.settle()
    assert await gone_at(theatre) == theatre.now
    assert await forgotten_at(theatre) == theatre.now + FORGOTTEN_AFTER
    await theatre.skip(days=29, hours=23)
    services = theatre.bot.services
    assert services.servers.country(here(theatre)) == "ie"
    await theatre.skip(hours=2)
    assert services.servers.country(here(theatre)) is None
    assert await services.servers.all_known() == []
    assert services.servers.left_lately() == []


async def test_an_outage_is_not_a_removal(theatre: Theatre) -> None:
    guild = guild_of(theatre)
    await outage(theatre)
    assert await gone_at(theatre) is None
    assert await forgotten_at(theatre) is None
    await theatre.skip(days=40)
    await join(theatre, guild, unavailable=False)
    assert theatre.bot.services.servers.country(here(theatre)) == "ie"


async def test_a_removal_during_an_outage_is_one(theatre: Theatre) -> None:
    await outage(theatre)
    await remove(theatre)
    assert await gone_at(theatre) == theatre.now


async def test_one_of_which_nothing_is_set_is_forgotten_too(theatre: Theatre) -> None:
    other = theatre.env.create_guild("Another")
    await theatre.settle()
    server, services = ServerId(other.id), theatre.bot.services
    await services.people.meet(DiscordUser(4711, "Ana", server), theatre.now)
    theatre.env.backend.remove_guild(server)
    await theatre.settle()
    assert server in services.servers.left_lately()
    await theatre.skip(days=30, hours=1)
    assert await services.servers.all_known() == [here(theatre)]


async def test_what_waits_to_be_posted_never_is(theatre: Theatre) -> None:
    rendered(theatre)
    await theatre.bot.services.channel_dispatcher.stop(1)
    await put(theatre, "before")
    await remove(theatre)
    theatre.bot.services.channel_dispatcher.start()
    await theatre.skip(minutes=5)
    assert posted(theatre) == []
    assert not await theatre.bot.db.read(
        lambda tx: theatre.bot.services.channel_posts.waiting(tx, KIND, "before")
    )


async def test_what_is_put_while_away_waits_for_the_return(theatre: Theatre) -> None:
    rendered(theatre)
    guild = await remove(theatre)
    await put(theatre, "while away")
    await theatre.skip(days=1)
    assert posted(theatre) == []
    await join(theatre, guild)
    await theatre.skip(minutes=2)
    assert posted(theatre) == [f"/channels/{theatre.general.id}/messages"]


# -- it returns -----------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [{}, {"unavailable": False}])
async def test_invited_again_in_time_all_is_kept(theatre: Theatre, more: dict[str, object]) -> None:
    guild = await remove(theatre)
    await theatre.skip(days=29)
    await join(theatre, guild, **more)
    assert await gone_at(theatre) is None
    assert await forgotten_at(theatre) is None
    await theatre.skip(days=2)
    assert theatre.bot.services.servers.country(here(theatre)) == "ie"


async def test_removed_once_more_it_has_thirty_days_once_more(theatre: Theatre) -> None:
    guild = await remove(theatre)
    await theatre.skip(days=20)
    await join(theatre, guild)
    await theatre.skip(days=20)
    await remove(theatre)
    assert await forgotten_at(theatre) == theatre.now + FORGOTTEN_AFTER


async def test_told_twice_of_one_removal_the_first_counts(theatre: Theatre) -> None:
    await remove(theatre)
    first = await forgotten_at(theatre)
    await theatre.skip(days=3)
    await theatre.bot.services.servers.left(here(theatre), theatre.now)
    assert await forgotten_at(theatre) == first


# -- while the bot was off ------------------------------------------------------------------------


async def test_removed_while_it_was_off(theatre: Theatre) -> None:
    await restart(theatre, {})
    assert await gone_at(theatre) == theatre.now
    assert await forgotten_at(theatre) == theatre.now + FORGOTTEN_AFTER
    asked = [one.path for one in theatre.requests if one.path == f"/guilds/{here(theatre)}"]
    await restart(theatre, {})
    assert [one.path for one in theatre.requests if one.path == f"/guilds/{here(theatre)}"] == asked


@pytest.mark.parametrize(
    ("status", "code", "gone"),
    [(404, 10004, True), (403, 50001, True), (404, 0, False), (403, 50013, False), (400, 10004, False)],
)
async def test_only_what_discord_says_of_servers_that_it_is_not_in_means_removed(
    theatre: Theatre, status: int, code: int, gone: bool
) -> None:
    path = f"/guilds/{here(theatre)}"
    theatre.env.inject_error("GET", path, status=status, code=code, message="no", times=None)
    await restart(theatre, {})
    assert (await gone_at(theatre) is not None) is gone


async def test_still_there_after_a_restart_nothing_changes(theatre: Theatre) -> None:
    await theatre.restart()
    assert await gone_at(theatre) is None


async def test_returned_while_it_was_off(theatre: Theatre) -> None:
    guild = await remove(theatre)
    await restart(theatre, {theatre.server.id: guild})
    assert await gone_at(theatre) is None
    assert await forgotten_at(theatre) is None


# -- meanwhile ------------------------------------------------------------------------------------


async def test_what_people_have_together_goes_on_in_direct_messages_until_it_is_forgotten(
    theatre: Theatre,
) -> None:
    """They can still reach the bot; only when the thirty days are over does it say that this has closed."""
    from tests.discord.test_roll_call import asked

    ana, bo = [await theatre.member(name) for name in ("ana", "bo")]
    await asked(theatre, ana, bo)
    await theatre.skip(minutes=5)
    [told] = [one for one in theatre.dms(bo) if "Open" in one.buttons]
    await remove(theatre)
    opened = await told.press("Open")
    assert "Read it" in opened.buttons
    await theatre.skip(days=31)
    assert [one for one in theatre.dms(bo) if "Open" in one.buttons] == []
    assert "This has closed." in theatre.dms(bo)[0].text
    later = await opened.press("Read it")
    assert "nothing here for you to open" in later.text
