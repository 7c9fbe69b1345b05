"""Two friends of one name, and names in which nothing can be seen, on every card and in every message."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from tests.discord import asking, pairing
from tests.discord.asking import preview

INVISIBLE = ["\u3164\u3164", "\u200b", "\u2800", "\u202e\u2066", "\u0301", "\ufe0f", "\U000e0067\U000e007f"]
VISIBLE = ["🌿", "!!!", "דניאל", "אבי" * 20, "👩\u200d👩\u200d👧", "x" * 32, "**Cy** <@1>"]


async def tied(demo: DemoClient, owner: MemberActor, friend: MemberActor) -> None:
    """Let the friend agree to be asked by the owner, by presses alone: those bring the usernames."""
    await (await (await demo.slash(owner, "pod")).press("Invite")).choose(friend)
    await (await demo.slash(friend, "pod")).press("Accept")
    await demo.settle()


async def namesakes(demo: DemoClient, shown: str = "Sam") -> tuple[MemberActor, MemberActor, MemberActor]:
    ana = await demo.member("ana")
    one, two = await demo.member("sam_one", shown=shown), await demo.member("sam.two", shown=shown)
    for friend in (one, two):
        await tied(demo, ana, friend)
    return ana, one, two


def asked(demo: DemoClient, member: MemberActor) -> bool:
    return any("has a question for you" in dm.text for dm in demo.dms(member))


async def test_an_ask_goes_to_the_namesake_who_was_picked(demo: DemoClient) -> None:
    ana, one, two = await namesakes(demo)
    shown = await preview(demo, ana)
    assert sorted(shown.options) == ["Sam (@sam.two)", "Sam (@sam_one)"]
    sent = await (await shown.choose("Sam (@sam_one)")).press("Send")
    await demo.settle()
    assert "Sam \\(@\u200bsam\\_one\\)" in sent
    assert (asked(demo, one), asked(demo, two)) == (True, False)


async def test_a_message_says_which_of_two_namesakes_asks(demo: DemoClient) -> None:
    ana, one, two = await namesakes(demo)
    for friend in (one, two):
        await tied(demo, friend, ana)
    for friend in (one, two):
        await asking.send(demo, friend, "Ana")
    said = [dm.text for dm in demo.dms(ana) if "has a question for you" in dm.text]
    assert [name in text for text, name in zip(said, ("sam\\_one", "sam.two"), strict=True)] == [True, True]
    inbox = await demo.slash(ana, "inbox")
    assert "sam\\_one" in inbox
    assert "sam.two" in inbox
    opened = await demo.dms(ana)[-1].press("Open")
    assert "Sam \\(@\u200bsam.two\\)" in opened


async def test_pods_pairs_talks_and_boundaries_tell_namesakes_apart(demo: DemoClient) -> None:
    ana, one, two = await namesakes(demo)
    pod = await demo.slash(ana, "pod")
    assert "sam\\_one" in pod
    assert sorted((await pod.press("Remove")).options) == ["Sam (@sam.two)", "Sam (@sam_one)"]
    talk = await demo.forge(ana, f"v1:talks.open:{demo.server.id}")
    assert sorted(talk.options) == ["Sam (@sam.two)", "Sam (@sam_one)"]
    for partner in (one, two):
        proposed = await pairing.proposed(demo, ana, partner)
        assert partner.name.replace("_", "\\_") in proposed
        await pairing.accepted(demo, partner)
    assert sorted((await demo.slash(ana, "pair show")).options) == [
        "With Sam (@sam.two)", "With Sam (@sam_one)",
    ]  # fmt: skip
    for other in (one, two):
        adding = await (await demo.slash(ana, "boundary")).press("Add")
        assert other.name.replace("_", "\\_") in await adding.choose(other)
    named = await (await demo.slash(ana, "boundary")).press("Show names")
    assert sorted(named.options) == ["Sam (@sam.two)", "Sam (@sam_one)"]


async def test_a_friend_without_a_namesake_has_no_username(demo: DemoClient) -> None:
    ana, ben = await demo.member("ana"), await demo.member("ben")
    await tied(demo, ana, ben)
    assert (await preview(demo, ana)).options == ["Ben"]


@pytest.mark.parametrize("invisible", INVISIBLE, ids=ascii)
async def test_friends_with_invisible_names_can_be_asked(demo: DemoClient, invisible: str) -> None:
    """Discord refuses a card with an empty option, and with it everybody who could be asked."""
    ana, one, two = await namesakes(demo, invisible)
    shown = await preview(demo, ana)
    assert sorted(shown.options) == ["@sam.two", "@sam_one"]
    await (await shown.choose("@sam_one")).press("Send")
    await demo.settle()
    assert asked(demo, one)
    await tied(demo, two, ana)
    await asking.send(demo, two, "Ana")
    assert "@\u200bsam.two" in demo.dms(ana)[-1].text


@pytest.mark.parametrize("visible", VISIBLE, ids=ascii)
async def test_names_with_anything_to_see_stay_as_they_are(demo: DemoClient, visible: str) -> None:
    ana, sam = await demo.member("ana"), await demo.member("sam", shown=visible)
    await tied(demo, ana, sam)
    [option] = (await preview(demo, ana)).options
    assert option.rstrip("…") in visible
    assert len(option) <= 40


async def test_a_server_of_an_invisible_name_can_be_chosen(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for name in ("\u3164", "\u2800"):
        await elsewhere(demo, ana, name)
    shown = await demo.slash(ana, "norms", dm=True)
    assert shown.options.count("A server") == 2


async def elsewhere(demo: DemoClient, member: MemberActor, name: str) -> Screen:
    """Let the member use the bot on another server."""
    guild = demo.env.create_guild(name)
    joined = guild.add_member(member.user)
    channel = guild.create_text_channel("general")
    await demo.settle()
    return await demo.slash(joined, "settings", channel=channel)
