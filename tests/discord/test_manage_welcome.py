"""The welcome message, and the card for when something happened."""

from typing import Any

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.servers.posts import BARRED
from cogs.manage.happened import strings as happened
from cogs.manage.setup import strings
from tests.discord.setting_up import (
    SUMMARY,
    at,
    changed,
    closed,
    moderator,
    part,
    posts,
    services,
    stands,
)


async def step(demo: DemoClient) -> Screen:
    """Open the last step, with #general as the channel for norms."""
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    for _ in range(4):
        card = await card.press("Next")
    assert stands(card, 6)
    return card


async def seen(demo: DemoClient, name: str) -> Screen:
    [card] = [one for one in demo.cards(await demo.member(name)) if strings.WELCOME_HEAD in one]
    return card


def welcomes(demo: DemoClient, channel: Any = None) -> list[Any]:
    return [one for one in posts(demo, channel) if strings.WELCOME_HEAD in str(one.components)]


async def test_the_step_shows_the_message_and_posts_it_in_the_channel_for_norms(demo: DemoClient) -> None:
    card = await step(demo)
    for line in strings.WELCOME_SAYS:
        assert line in card
    assert f"It goes to <#{demo.general.id}>." in card
    assert card.buttons == ["Post the welcome", "Next", "Back", "Support"]
    summary = await card.press("Post the welcome")
    assert SUMMARY in summary
    assert f"I'm posting the welcome in <#{demo.general.id}>." in summary
    await demo.settle()
    assert len(welcomes(demo)) == 1
    assert f"**Welcome message** · <#{demo.general.id}>" in await demo.slash(card.member, "manage setup")
    assert (await changed(demo))[-1] == ("welcome_posted", "_", str(demo.general.id))


async def test_without_a_channel_one_is_asked_for_and_the_step_can_be_passed(demo: DemoClient) -> None:
    card = await at(demo, 6)
    assert strings.WELCOME_NOWHERE in card
    assert card.buttons == ["Next", "Back", "Support"]
    card = await card.choose(demo.mods, which="welcome")
    assert f"It goes to <#{demo.mods.id}>." in card
    await card.press("Post the welcome")
    await demo.settle()
    assert len(welcomes(demo, demo.mods)) == 1
    assert SUMMARY in await (await at_last(demo)).press("Done")


async def at_last(demo: DemoClient) -> Screen:
    return await part(demo, 6)


async def test_every_button_of_the_message_answers_only_whoever_pressed_it(demo: DemoClient) -> None:
    await (await step(demo)).press("Post the welcome")
    await demo.settle()
    message = await seen(demo, "ana")
    assert message.buttons == ["Our norms", "Set up my pod", "Support"]
    for label, title in (
        ("Our norms", "norms"),
        ("Set up my pod", "pod"),
        ("Support", "closest"),
    ):
        shown = await message.press(label)
        assert shown.ephemeral, label
        assert title in shown.text.lower(), label
    assert len(welcomes(demo)) == 1


async def test_pressed_twice_it_is_posted_once_and_posted_again_it_replaces_the_one_before(
    demo: DemoClient,
) -> None:
    card = await step(demo)
    await demo.restart()
    for shown in await card.press_twice("Post the welcome"):
        assert SUMMARY in shown
    await demo.settle()
    [first] = welcomes(demo)
    again = await part(demo, 6)
    assert f"There is one in <#{demo.general.id}> already." in again
    await again.press("Post the welcome")
    await demo.settle()
    [second] = welcomes(demo)
    assert second.id != first.id
    assert [one[0] for one in await changed(demo)].count("welcome_posted") == 2


async def test_where_asks_and_pods_are_closed_the_message_offers_no_pod(demo: DemoClient) -> None:
    await (await step(demo)).press("Post the welcome")
    await demo.settle()
    asked = await (await part(demo, 1)).choose("Yes", which="under 18")
    await asked.press("Close them")
    await demo.skip(seconds=10)
    message = await seen(demo, "ana")
    assert message.buttons == ["Our norms", "Support"]
    assert "a few friends" not in message
    assert all(line in message for line in strings.WELCOME_SAYS_CLOSED)


async def test_a_missing_permission_is_named_before_anything_is_posted(demo: DemoClient) -> None:
    quiet = closed(demo, "quiet", send_messages=False)
    card = await (await at(demo, 6)).choose(quiet, which="welcome")
    shown = await card.press("Post the welcome")
    assert strings.WELCOME_LACKS in shown
    assert "Send Messages" in shown
    assert stands(shown, 6)
    assert [one for one in await changed(demo) if one[0] == "welcome_posted"] == []


async def test_a_channel_that_is_gone_is_said_to_be_gone(demo: DemoClient) -> None:
    there = demo.server.create_text_channel("there")
    card = await (await at(demo, 6)).choose(there, which="welcome")
    demo.env.backend.delete_channel(there.id)
    await demo.settle()
    assert strings.WELCOME_NO_CHANNEL in await card.press("Post the welcome")


@pytest.mark.parametrize("channel", ["mods", ""])
async def test_moderators_hear_when_it_cannot_be_posted_after_all(demo: DemoClient, channel: str) -> None:
    mo = await moderator(demo)
    there = demo.server.create_text_channel("there")
    await (await at(demo, 1)).choose("Ireland", which="country")
    if channel:
        await (await part(demo, 2)).choose(demo.mods, which="moderators")
    card = await (await part(demo, 6)).choose(there, which="welcome")
    path = f"/channels/{there.id}/messages"
    demo.env.inject_error("POST", path, status=403, code=50001, message="no", times=None)
    await card.press("Post the welcome")
    await demo.skip(days=2)
    if channel:
        [line] = [one for one in posts(demo, demo.mods) if "couldn't post" in str(one.components)]
        assert f"<#{there.id}>" in str(line.components)
    else:
        listed = await demo.slash(mo, "inbox")
        assert strings.IN_BARRED in listed
        assert strings.BARRED_TITLE in await listed.press("Open")
        assert strings.IN_BARRED not in await demo.slash(mo, "inbox")


async def test_the_kind_of_the_notice_has_a_renderer(demo: DemoClient) -> None:
    assert services(demo).channel_gateway.unrendered([BARRED]) == set()


async def test_the_summary_leads_to_what_to_do_when_something_happened(demo: DemoClient) -> None:
    await (await at(demo, 1)).choose("Ireland", which="country")
    summary = await demo.slash(await moderator(demo), "manage setup")
    card = await summary.press("When something happened")
    assert "call **999 or 112**" in card
    assert "Report Message" in card
    assert SUMMARY in await card.press(happened.BACK)
    card = await (await demo.slash(summary.member, "manage setup")).press("When something happened")
    assert "I run this group" in await card.press(happened.WHAT_TO_DO)
