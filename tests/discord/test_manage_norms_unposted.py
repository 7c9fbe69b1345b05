"""When a message about norms can't be shown in its channel, moderators hear of it and can post it again."""

from simcord import ChannelHandle, MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.manage.norms import strings
from tests.discord.managing_norms import moderator, norms_home, put
from tests.discord.norming import here, person
from tests.discord.reminding import channel_without, standing


async def settings(demo: DemoClient, member: MemberActor, **values: int | None) -> None:
    who = await person(demo, member)
    await demo.bot.services.servers.change(here(demo), who, demo.now, values)


async def closed_after_voting_began(demo: DemoClient, mo: MemberActor) -> Screen:
    """Put a version to the members in #general, and then let nobody change it there any more."""
    await put(demo, mo, "Ask first")
    [post] = standing(demo, mo)
    path = f"/channels/{demo.general.id}/messages/*"
    demo.env.inject_error("PATCH", path, status=403, code=50001, times=None)
    return post


async def wrong_kind(demo: DemoClient, mo: MemberActor) -> Screen:
    """Put a version to the members in a channel that takes no messages; return the card after `Post it`."""
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=400, code=50008, times=None)
    return await put(demo, mo, "Ask first")


def attic(demo: DemoClient) -> ChannelHandle:
    return channel_without(demo, "attic")


async def test_moderators_hear_in_their_channel_that_a_version_could_not_be_posted(demo: DemoClient) -> None:
    mo, mods = await moderator(demo), attic(demo)
    await demo.settle()
    await settings(demo, mo, mods_channel=mods.id)
    await wrong_kind(demo, mo)

    [notice] = standing(demo, mo, mods)
    assert strings.BARRED_LINE.format(channel=f"<#{demo.general.id}>") in notice.text
    card = await notice.press(strings.LOOK_AT_IT)
    assert card.ephemeral
    assert "Members can't see version 1" in card.text


async def test_without_a_moderators_channel_one_moderator_hears_in_private(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await settings(demo, mo, mods_channel=None)
    await wrong_kind(demo, mo)

    [line] = demo.dms(mo)
    assert strings.IN_BARRED in (await demo.slash(mo, "inbox")).text
    await demo.restart()
    card = await line.press("Open")
    assert f"<#{demo.general.id}>" in card.text
    assert strings.IN_BARRED not in (await demo.slash(mo, "inbox")).text


async def test_a_version_that_nobody_can_see_is_posted_again_in_another_channel(demo: DemoClient) -> None:
    mo, votes = await moderator(demo), channel_without(demo, "votes")
    await demo.settle()
    await settings(demo, mo, mods_channel=None)
    await wrong_kind(demo, mo)
    await settings(demo, mo, norms_channel=votes.id)
    home = await norms_home(demo, mo)
    assert f"<#{votes.id}>" in home.text

    again = await home.press(strings.POST_AGAIN)
    await demo.settle()
    assert strings.POSTS_AGAIN in again.text
    await demo.forge(mo, "v1:manage.post_again:1")
    await demo.settle()

    [post] = standing(demo, mo, votes)
    assert "Ask first" in post.text
    assert strings.POST_AGAIN not in (await norms_home(demo, mo)).buttons


async def test_the_notice_goes_when_the_channel_takes_the_message(demo: DemoClient) -> None:
    mo, mods = await moderator(demo), attic(demo)
    await demo.settle()
    await settings(demo, mo, mods_channel=mods.id)
    await wrong_kind(demo, mo)
    [notice] = standing(demo, mo, mods)
    demo.env.backend.faults.clear()
    await (await norms_home(demo, mo)).press(strings.POST_AGAIN)
    await demo.skip(seconds=10)

    assert notice.gone


async def test_a_message_that_says_something_out_of_date_for_a_day_is_reported(demo: DemoClient) -> None:
    mo, ana = await moderator(demo), await demo.member("ana")
    await settings(demo, mo, mods_channel=None)
    post = await closed_after_voting_began(demo, mo)
    await post.press("I'm in")
    await demo.skip(days=1, hours=4)

    assert "out of date" in (await norms_home(demo, mo)).text
    assert len(demo.dms(mo)) == 1
    assert not demo.dms(ana)


async def test_others_cannot_post_a_version_again(demo: DemoClient) -> None:
    mo, ana = await moderator(demo), await demo.member("ana")
    await wrong_kind(demo, mo)

    assert (
        "This is for the people who run the server" in (await demo.forge(ana, "v1:manage.post_again:1")).text
    )


async def test_a_version_that_does_not_exist_is_not_posted(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask first")

    for number in ("7", "x"):
        card = await demo.forge(mo, f"v1:manage.post_again:{number}")
        assert strings.POSTS_AGAIN not in card.text
    assert len(standing(demo, mo)) == 1
