"""A new member waits before starting an ask; everything else is open to them, and nothing typed is lost."""

from datetime import timedelta

import pytest
from simcord import MemberActor

from bot.ids import ServerId
from bot.servers.models import Server
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
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

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MENU = "Ask my pod about this"


async def waiting(theatre: Theatre, days: int) -> None:
    """New members wait so long on this server."""
    await services(theatre).servers.keep(Server(ServerId(theatre.server.id), newcomer_days=days))


async def newcomer(theatre: Theatre, ago: timedelta = HOUR) -> MemberActor:
    """Ana, who joined lately, and has somebody to ask."""
    ana, ben = await theatre.world.member("ana", ago=ago), await theatre.member("ben")
    await tie(theatre, ana, ben)
    await theatre.settle()
    return ana


def joined(theatre: Theatre, member: MemberActor, ago: timedelta) -> None:
    """From now on Discord says that they joined so long ago, as after leaving and coming back."""
    record = theatre.env.backend.get_member(theatre.server.id, member.id)
    record.joined_at = (theatre.now - ago).isoformat()


def refused(card: Screen) -> bool:
    return strings.NEW_HERE_TITLE in card and card.buttons == ["Think it through", "Support"]


async def written(theatre: Theatre, member: MemberActor) -> int:
    return len(await services(theatre).asks.drafts.written(await met(theatre, member)))


# -- before anything is typed --------------------------------------------------------------------------


async def test_a_new_member_is_told_from_when_on_and_what_is_open_to_them(theatre: Theatre) -> None:
    ana = await newcomer(theatre)
    card = await theatre.slash(ana, "ask")
    assert refused(card)
    assert card.ephemeral
    assert f"from {when.moment(theatre.now - HOUR + 3 * DAY)} on" in card
    assert "`/support`" in card
    assert "1 of" in await card.press("Think it through")
    assert "Which of these is closest?" in await card.press("Support")


async def test_after_the_wait_the_same_command_begins(theatre: Theatre) -> None:
    ana = await newcomer(theatre)
    assert refused(await theatre.slash(ana, "ask"))
    await theatre.skip(days=2, hours=22)
    assert refused(await theatre.slash(ana, "ask"))
    await theatre.skip(hours=1)
    assert strings.KIND_TITLE in await begin(theatre, ana)


@pytest.mark.parametrize(
    ("days", "ago", "waits"), [(0, HOUR, False), (14, 13 * DAY, True), (14, 14 * DAY, False)]
)
async def test_the_server_says_how_long(theatre: Theatre, days: int, ago: timedelta, waits: bool) -> None:
    await waiting(theatre, days)
    ana = await newcomer(theatre, ago)
    assert refused(await theatre.slash(ana, "ask")) is waits


async def test_the_message_menu_waits_too_and_keeps_nothing_of_the_message(theatre: Theatre) -> None:
    ana = await newcomer(theatre)
    said = await theatre.say(ana, "I called them slow")
    assert refused(await theatre.menu(ana, MENU, said))
    await theatre.skip(days=3)
    shown = await begin(theatre, ana)
    assert (await shown.choose("Something I said or joked about")).form["What I said"].value == ""


async def test_a_moderator_who_is_new_waits_like_anyone(theatre: Theatre) -> None:
    mo = await theatre.world.member("mo", moderator=True, ago=HOUR)
    assert refused(await theatre.slash(mo, "ask"))


# -- in the bot's DMs, where Discord is asked -----------------------------------------------------------


async def test_in_direct_messages_discord_is_asked_once(theatre: Theatre) -> None:
    ana = await newcomer(theatre)
    before = len(theatre.requests)
    assert refused(await theatre.slash(ana, "ask", dm=True))
    looked = [one.path for one in theatre.requests[before:] if one.method == "GET"]
    assert looked == [f"/guilds/{theatre.server.id}/members/{ana.id}"]
    joined(theatre, ana, 4 * DAY)
    assert not refused(await theatre.slash(ana, "ask", dm=True))


@pytest.mark.parametrize(("status", "code"), [(404, 10004), (403, 50001), (503, 0)])
async def test_where_discord_does_not_say_nobody_is_kept_waiting(
    theatre: Theatre, status: int, code: int
) -> None:
    ana = await newcomer(theatre)
    path = f"/guilds/{theatre.server.id}/members/{ana.id}"
    theatre.env.inject_error("GET", path, status=status, code=code, message="no", times=None)
    assert "Before you write" in await theatre.slash(ana, "ask", dm=True)


async def test_who_has_left_begins_nothing_there(theatre: Theatre) -> None:
    ana = await newcomer(theatre, 30 * DAY)
    await theatre.leave(ana)
    assert "This works on a server" in await theatre.slash(ana, "ask", dm=True)


# -- at `Send` -------------------------------------------------------------------------------------------


async def test_whoever_typed_before_the_wait_was_set_keeps_every_word(theatre: Theatre) -> None:
    await waiting(theatre, 0)
    ana = await newcomer(theatre)
    ben = await theatre.member("ben")
    draft = await preview(theatre, ana, "Ben")
    await waiting(theatre, 3)
    late = await draft.press("Send")
    assert strings.NEW_HERE_TITLE in late
    assert f"from {when.moment(theatre.now - HOUR + 3 * DAY)} on" in late
    assert f"in `/inbox` until {when.moment(theatre.now + 7 * DAY)}" in late
    assert told(theatre, ben) == []
    back = await late.press("Back to it")
    assert all(text in back for text in TYPED.values())
    assert back.chosen == ["Ben"]
    await theatre.restart()
    await theatre.skip(days=3)
    sent = await back.press("Send")
    assert strings.SENT_TITLE in sent
    await theatre.settle()
    assert len(told(theatre, ben)) == 1


async def test_where_the_wait_outlasts_the_draft_that_is_said(theatre: Theatre) -> None:
    await waiting(theatre, 0)
    ana = await newcomer(theatre)
    draft = await preview(theatre, ana, "Ben")
    await waiting(theatre, 30)
    late = await draft.press("Send")
    assert "which is sooner" in late
    await theatre.skip(days=5)
    edit = await (await late.press("Back to it")).press("Edit")
    await edit.submit({FELT: "They left"})
    await theatre.skip(days=6)
    assert await written(theatre, ana) == 1


async def test_send_pressed_twice_asks_nobody_and_loses_nothing(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    draft = await preview(theatre, ana, "Ben")
    joined(theatre, ana, HOUR)
    for late in await draft.press_twice("Send"):
        assert strings.NEW_HERE_TITLE in late
    assert told(theatre, ben) == []
    assert await written(theatre, ana) == 1


async def test_a_late_draft_can_be_discarded_there(theatre: Theatre) -> None:
    ana, _ = await friends(theatre, "ben")
    draft = await preview(theatre, ana, "Ben")
    joined(theatre, ana, HOUR)
    late = await draft.press("Send")
    assert "There is nothing here for you to open" in await theatre.forge(
        await theatre.member("ben"), late.custom_id("Back to it")
    )
    assert strings.DISCARDED_TITLE in await late.press("Discard")
    assert await written(theatre, ana) == 0


async def test_an_ask_that_was_sent_goes_on_whatever_is_set_later(theatre: Theatre) -> None:
    ana, _ = await friends(theatre, "ben")
    sent = await send(theatre, ana, "Ben")
    await waiting(theatre, 30)
    joined(theatre, ana, HOUR)
    assert "Ben: no answer yet" in sent
    assert strings.SURE_TITLE in await sent.press("Withdraw")


# -- what a new member can do ---------------------------------------------------------------------------


async def test_a_new_member_answers_friends(theatre: Theatre) -> None:
    ana, _ = await friends(theatre, "ben")
    nia = await theatre.world.member("nia", ago=HOUR)
    await tie(theatre, ana, nia)
    await send(theatre, ana, "Nia")
    await answer(theatre, nia)
    assert "The wait for what you asked is over" in await listed(theatre, ana)


async def test_everybody_on_the_stage_has_been_there_for_long(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert (await form(theatre, ana)).is_form
