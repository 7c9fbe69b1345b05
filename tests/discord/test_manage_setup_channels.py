"""Channels and packs in `/manage setup`: missing permissions, the test message, and taking a pack."""

import pytest

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ui.rendering import ROOM
from cogs.manage.setup import strings
from tests.discord.setting_up import (
    FRIENDS,
    NOT_YOURS,
    SUMMARY,
    TEST,
    at,
    changed,
    closed,
    drafted,
    part,
    posts,
    settings,
    stands,
    unseen,
)

PARTIES = "Parties and nights out"


async def channel_chosen(demo: DemoClient) -> Screen:
    return await (await at(demo, 2)).choose(demo.general, which="norms")


def sent(demo: DemoClient) -> list[str]:
    """Return the nonces of what the bot tried to post in #general."""
    path = f"/channels/{demo.general.id}/messages"
    tried = [one.json or {} for one in demo.requests if (one.method, one.path) == ("POST", path)]
    return [str(one["nonce"]) for one in tried]


# -- channels -------------------------------------------------------------------------------------------


async def test_a_channel_with_all_permissions_is_shown_as_ready(demo: DemoClient) -> None:
    card = await channel_chosen(demo)
    assert f"<#{demo.general.id}>" in card
    assert strings.READY in card
    assert strings.WHERE not in card
    assert (await settings(demo)).norms_channel == demo.general.id
    assert await changed(demo) == [("norms_channel", "_", str(demo.general.id))]


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ({"send_messages": False}, "Send Messages."),
        ({"read_message_history": False}, "Read Message History."),
    ],
)
async def test_the_card_names_a_missing_permission_as_discord_does_and_says_where_to_grant_it(
    demo: DemoClient, denied: dict[str, bool], named: str
) -> None:
    quiet = closed(demo, "quiet", **denied)
    card = await (await at(demo, 2)).choose(quiet, which="norms")
    assert f"**In <#{quiet.id}> I still need:** {named}" in card
    assert "Server Settings > Roles > Plumbline > Permissions" in card
    assert "Edit Channel > Permissions" in card
    assert strings.READY not in card
    assert f"where I still need {named[:-1]}" in await demo.slash(card.member, "manage setup")


async def test_a_channel_that_plumbline_cannot_see_lacks_everything(demo: DemoClient) -> None:
    card = await (await at(demo, 2)).choose(unseen(demo), which="norms")
    assert "still need:** View Channel, Send Messages, Read Message History." in card


async def test_the_moderators_channel_is_checked_too_and_can_be_unset(demo: DemoClient) -> None:
    hidden = unseen(demo)
    card = await channel_chosen(demo)
    assert strings.NO_MODS not in card.buttons
    card = await card.choose(hidden, which="moderators")
    assert f"**In <#{hidden.id}> I still need:** View Channel" in card
    assert (await settings(demo)).mods_channel == hidden.id
    card = await card.choose(demo.mods, which="moderators")
    assert "still need" not in card
    card = await card.press(strings.NO_MODS)
    assert strings.MODS_NONE in card
    assert stands(card, 2)
    assert (await settings(demo)).mods_channel is None
    assert (await changed(demo))[-1] == ("mods_channel", str(demo.mods.id), "_")


async def test_a_deleted_channel_is_said_to_be_gone(demo: DemoClient) -> None:
    there = demo.server.create_text_channel("there")
    card = await (await at(demo, 2)).choose(there, which="norms")
    card = await card.choose(there, which="moderators")
    demo.env.backend.delete_channel(there.id)
    await demo.settle()
    assert strings.TEST_GONE in await card.press(TEST)
    alone = await part(demo, 2)
    assert strings.NO_SUCH_CHANNEL in alone
    assert strings.MODS_GONE in alone
    summary = await alone.press("Done")
    assert f"**Channel for norms** · {strings.SUM_GONE}\n**For moderators** · {strings.SUM_GONE}" in summary
    assert posts(demo, there) == []


# -- the test message -----------------------------------------------------------------------------------


async def test_a_test_message_arrives_and_says_that_it_can_be_deleted(demo: DemoClient) -> None:
    card = await channel_chosen(demo)
    assert TEST not in (await at(demo, 1)).buttons
    card = await card.press(TEST)
    assert f"**The test message arrived** in <#{demo.general.id}>" in card
    assert stands(card, 2)
    [message] = posts(demo)
    assert "it's fine to delete this" in str(message.components)
    ana = await demo.member("ana")
    [seen] = demo.cards(ana)
    assert seen.buttons == ["Support"]
    assert "Which of these is closest?" in await seen.press("Support")


async def test_without_a_channel_no_test_message_can_be_sent(demo: DemoClient) -> None:
    card = await at(demo, 2)
    assert TEST not in card.buttons
    assert stands(await demo.forge(card.member, "v1:manage.test:step"), 2)
    assert posts(demo) == []


async def test_a_test_message_pressed_twice_at_once_is_one_message_to_discord(demo: DemoClient) -> None:
    card = await channel_chosen(demo)
    for shown in await card.press_twice(TEST):
        assert "**The test message arrived**" in shown
    assert len(sent(demo)) == 2
    assert len(set(sent(demo))) == 1
    await demo.skip(minutes=1)
    await card.press(TEST)
    assert len(set(sent(demo))) == 2


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (403, 50013, strings.TEST_NOT),
        (403, 50001, strings.TEST_NOT),
        (404, 10003, strings.TEST_GONE),
        (503, 0, strings.TEST_UNSURE),
    ],
)
async def test_the_card_says_why_a_test_message_did_not_arrive(
    demo: DemoClient, status: int, code: int, told: str
) -> None:
    card = await channel_chosen(demo)
    path = f"/channels/{demo.general.id}/messages"
    demo.env.inject_error("POST", path, status=status, code=code, message="no", times=None)
    shown = await card.press(TEST)
    assert told.format(channel=f"<#{demo.general.id}>") in shown
    assert "message arrived**" not in shown
    assert "Next" in shown.buttons


async def test_no_test_message_is_tried_where_the_permission_is_missing(demo: DemoClient) -> None:
    quiet = closed(demo, "quiet", send_messages=False)
    card = await (await at(demo, 2)).choose(quiet, which="norms")
    before = len(demo.requests)
    shown = await card.press(TEST)
    assert strings.TEST_LACKS in shown
    assert "Send Messages" in shown
    assert not [one for one in demo.requests[before:] if one.path == f"/channels/{quiet.id}/messages"]


async def test_a_test_message_can_be_sent_after_a_restart(demo: DemoClient) -> None:
    card = await channel_chosen(demo)
    await demo.restart()
    assert "arrived" in await card.press(TEST)


async def test_a_test_message_sent_from_a_part_opened_alone_shows_that_part_again(demo: DemoClient) -> None:
    await channel_chosen(demo)
    card = await (await part(demo, 2)).press(TEST)
    assert "arrived" in card
    assert "Step" not in card
    assert SUMMARY in await card.press("Done")


# -- packs ----------------------------------------------------------------------------------------------


async def test_every_pack_is_shown_whole_before_it_is_taken(demo: DemoClient) -> None:
    card = await at(demo, 3)
    packs = installed().packs
    assert card.options == [pack.title for pack in packs.values()]
    for pack in packs.values():
        shown = await card.choose(pack.title)
        assert pack.about in shown
        assert all(one.title in shown and one.norm in shown for one in pack.norms)
        assert len(shown.text) < ROOM - 1_000
        card = await shown.press("Other packs")
        assert stands(card, 3)
    assert await drafted(demo) == []


async def test_taking_a_pack_puts_all_its_norms_into_the_draft(demo: DemoClient) -> None:
    card = await (await (await at(demo, 3)).choose(FRIENDS)).press("Take this pack")
    assert stands(card, 4)
    pack = installed().packs["friends"]
    assert await drafted(demo) == [one.title for one in pack.norms]
    assert posts(demo) == []
    back = await card.press("Back")
    assert "There are **9 norms** in your draft." in back
    assert "Next" in back.buttons


async def test_next_takes_no_pack(demo: DemoClient) -> None:
    card = await at(demo, 3)
    assert strings.DRAFT_NONE in card
    assert stands(await card.press("Next"), 4)
    assert await drafted(demo) == []


async def test_a_pack_taken_twice_at_once_is_there_once(demo: DemoClient) -> None:
    shown = await (await at(demo, 3)).choose(FRIENDS)
    first, second = await shown.press_twice("Take this pack")
    assert stands(first, 4)
    assert stands(second, 4)
    assert len(await drafted(demo)) == 9


async def test_a_pack_first_says_what_it_replaces_when_the_draft_was_changed_meanwhile(
    demo: DemoClient,
) -> None:
    first = await (await at(demo, 3)).choose(FRIENDS)
    assert "replaces" not in first
    other = await (await at(demo, 3)).choose(PARTIES)
    await other.press("Take this pack")
    kept = await drafted(demo)
    again = await first.press("Take this pack")
    assert f"it replaces the {len(kept)} norms in your draft" in again
    assert await drafted(demo) == kept
    assert stands(await again.press("Take this pack"), 4)
    assert (await drafted(demo))[0] == "Ask before you touch"


async def test_a_pack_taken_from_a_part_opened_alone_leads_back_to_the_summary(demo: DemoClient) -> None:
    await channel_chosen(demo)
    shown = await (await part(demo, 3)).choose(FRIENDS)
    assert "Step" not in await shown.press("Other packs")
    shown = await (await part(demo, 3)).choose(FRIENDS)
    await demo.restart()
    summary = await shown.press("Take this pack")
    assert SUMMARY in summary
    assert "a draft of 9 norms" in summary


async def test_a_pack_that_does_not_exist_is_refused(demo: DemoClient) -> None:
    card = await at(demo, 3)
    for forged in ("v1:manage.take_pack:none-0.step", "v1:manage.take_pack:.step"):
        assert NOT_YOURS in await demo.forge(card.member, forged)
    assert NOT_YOURS in await demo.forge(card.member, "v1:manage.see_pack:step", ["none"])
    assert await drafted(demo) == []
