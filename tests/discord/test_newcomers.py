"""A new member waits before starting an ask; everything else is open to them, and nothing typed is lost."""

from datetime import timedelta

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.servers.models import Server
from bot.ui import when
from cogs.ask import strings
from tests.discord.asking import (
    FELT,
    TYPED,
    answer,
    begin,
    form,
    friends,
    listed,
    met,
    preview,
    send,
    services,
    tie,
    told,
)

ALONE = ["Think it through", "Should I check on them?", "Set up my pod", "Support", "Close"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MENU = "Ask my pod about this"


async def waiting(demo: DemoClient, days: int) -> None:
    """Set how long new members wait on this server."""
    await services(demo).servers.keep(Server(ServerId(demo.server.id), newcomer_days=days))


async def newcomer(demo: DemoClient, ago: timedelta = HOUR) -> MemberActor:
    """Return Ana, who joined recently and has somebody to ask."""
    ana, ben = await demo.demo_server.member("ana", ago=ago), await demo.member("ben")
    await tie(demo, ana, ben)
    await demo.settle()
    return ana


def joined(demo: DemoClient, member: MemberActor, ago: timedelta) -> None:
    """From now on, let Discord say that they joined so long ago, as if they had left and come back."""
    record = demo.env.backend.get_member(demo.server.id, member.id)
    record.joined_at = (demo.now - ago).isoformat()


def refused(card: Screen) -> bool:
    return strings.NEW_HERE_TITLE in card and card.buttons == ALONE


async def written(demo: DemoClient, member: MemberActor) -> int:
    return len(await services(demo).asks.drafts.written(await met(demo, member)))


# -- before anything is typed --------------------------------------------------------------------------


async def test_a_new_member_is_told_when_they_can_ask_and_what_they_can_do_until_then(
    demo: DemoClient,
) -> None:
    ana = await newcomer(demo)
    card = await demo.slash(ana, "ask")
    assert refused(card)
    assert card.ephemeral
    assert f"from {when.moment(demo.now - HOUR + 3 * DAY)} on" in card
    assert "you can invite people to your pod already" in card
    assert "1 of" in await card.press("Think it through")
    assert "Which of these is closest?" in await card.press("Support")


async def test_after_the_wait_a_new_member_can_begin_an_ask(demo: DemoClient) -> None:
    ana = await newcomer(demo)
    assert refused(await demo.slash(ana, "ask"))
    await demo.skip(days=2, hours=22)
    assert refused(await demo.slash(ana, "ask"))
    await demo.skip(hours=1)
    assert strings.KIND_TITLE in await begin(demo, ana)


@pytest.mark.parametrize(
    ("days", "ago", "waits"), [(0, HOUR, False), (14, 13 * DAY, True), (14, 14 * DAY, False)]
)
async def test_the_server_decides_how_long_new_members_wait(
    demo: DemoClient, days: int, ago: timedelta, waits: bool
) -> None:
    await waiting(demo, days)
    ana = await newcomer(demo, ago)
    assert refused(await demo.slash(ana, "ask")) is waits


async def test_the_message_menu_refuses_a_new_member_and_keeps_nothing_of_the_message(
    demo: DemoClient,
) -> None:
    ana = await newcomer(demo)
    said = await demo.say(ana, "I called them slow")
    assert refused(await demo.menu(ana, MENU, said))
    await demo.skip(days=3)
    shown = await begin(demo, ana)
    assert (await shown.choose("Something I said or joked about")).form["What I said"].value == ""


async def test_a_moderator_who_is_new_waits_like_other_new_members(demo: DemoClient) -> None:
    mo = await demo.demo_server.member("mo", moderator=True, ago=HOUR)
    assert refused(await demo.slash(mo, "ask"))


# -- in the bot's DMs, where Discord is asked -----------------------------------------------------------


async def test_in_direct_messages_one_request_to_discord_tells_when_the_member_joined(
    demo: DemoClient,
) -> None:
    ana = await newcomer(demo)
    before = len(demo.requests)
    assert refused(await demo.slash(ana, "ask", dm=True))
    looked = [one.path for one in demo.requests[before:] if one.method == "GET"]
    assert looked == [f"/guilds/{demo.server.id}/members/{ana.id}"]
    joined(demo, ana, 4 * DAY)
    assert not refused(await demo.slash(ana, "ask", dm=True))


@pytest.mark.parametrize(("status", "code"), [(404, 10004), (403, 50001), (503, 0)])
async def test_when_discord_does_not_say_when_somebody_joined_they_need_not_wait(
    demo: DemoClient, status: int, code: int
) -> None:
    ana = await newcomer(demo)
    path = f"/guilds/{demo.server.id}/members/{ana.id}"
    demo.env.inject_error("GET", path, status=status, code=code, message="no", times=None)
    assert "Before you write" in await demo.slash(ana, "ask", dm=True)


async def test_whoever_has_left_the_server_cannot_begin_an_ask_in_direct_messages(demo: DemoClient) -> None:
    ana = await newcomer(demo, 30 * DAY)
    await demo.leave(ana)
    assert "This only works in a server" in await demo.slash(ana, "ask", dm=True)


# -- at `Send` -------------------------------------------------------------------------------------------


async def test_a_draft_typed_before_the_wait_was_set_is_kept_and_can_be_sent_later(demo: DemoClient) -> None:
    await waiting(demo, 0)
    ana = await newcomer(demo)
    ben = await demo.member("ben")
    draft = await preview(demo, ana, "Ben")
    await waiting(demo, 3)
    late = await draft.press("Send")
    assert strings.NEW_HERE_TITLE in late
    assert f"from {when.moment(demo.now - HOUR + 3 * DAY)} on" in late
    assert f"in `/inbox` until {when.moment(demo.now + 7 * DAY)}" in late
    assert told(demo, ben) == []
    back = await late.press("Back to it")
    assert all(text in back for text in TYPED.values())
    assert back.chosen == ["Ben"]
    await demo.restart()
    await demo.skip(days=3)
    sent = await back.press("Send")
    assert strings.SENT_TITLE in sent
    await demo.settle()
    assert len(told(demo, ben)) == 1


async def test_a_draft_that_would_end_before_the_wait_says_so_and_an_edit_keeps_it_longer(
    demo: DemoClient,
) -> None:
    await waiting(demo, 0)
    ana = await newcomer(demo)
    draft = await preview(demo, ana, "Ben")
    await waiting(demo, 30)
    late = await draft.press("Send")
    assert "which is sooner" in late
    await demo.skip(days=5)
    edit = await (await late.press("Back to it")).press("Edit")
    await edit.submit({FELT: "They left"})
    await demo.skip(days=6)
    assert await written(demo, ana) == 1


async def test_a_new_member_who_presses_send_twice_asks_nobody_and_keeps_the_draft(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    draft = await preview(demo, ana, "Ben")
    joined(demo, ana, HOUR)
    for late in await draft.press_twice("Send"):
        assert strings.NEW_HERE_TITLE in late
    assert told(demo, ben) == []
    assert await written(demo, ana) == 1


async def test_a_draft_refused_at_send_opens_for_nobody_else_and_can_be_discarded(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    draft = await preview(demo, ana, "Ben")
    joined(demo, ana, HOUR)
    late = await draft.press("Send")
    assert "There is nothing here for you to open" in await demo.forge(
        await demo.member("ben"), late.custom_id("Back to it")
    )
    assert strings.DISCARDED_TITLE in await late.press("Discard")
    assert await written(demo, ana) == 0


async def test_an_ask_that_was_sent_goes_on_when_a_wait_is_set_later(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    sent = await send(demo, ana, "Ben")
    await waiting(demo, 30)
    joined(demo, ana, HOUR)
    assert "Ben: no answer yet" in sent
    assert strings.SURE_TITLE in await sent.press("Withdraw")


# -- what a new member can do ---------------------------------------------------------------------------


async def test_a_new_member_can_answer_an_ask(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    nia = await demo.demo_server.member("nia", ago=HOUR)
    await tie(demo, ana, nia)
    await send(demo, ana, "Nia")
    await answer(demo, nia)
    assert "The wait for your ask is over" in await listed(demo, ana)


async def test_members_of_the_pretend_server_joined_long_ago_and_can_ask(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert (await form(demo, ana)).is_form
