"""`/inbox`, and the `Open` of lines."""

from simcord import MemberActor

from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.stage.theatre import Theatre
from cogs.help import strings as help_words
from cogs.me.inbox import strings


async def said_yes(theatre: Theatre, owner: MemberActor, member: MemberActor) -> None:
    await theatre.menu(owner, "Invite to my pod", member)
    await (await theatre.slash(member, "pod")).press("Accept")


async def test_nothing_waits_is_said_kindly(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    for dm in (False, True):
        shown = await theatre.slash(ana, "inbox", dm=dm)
        assert shown.ephemeral
        assert strings.EMPTY in shown


async def test_a_line_is_listed_opened_and_gone(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await said_yes(theatre, ana, bo)
    inbox = await theatre.slash(ana, "inbox")
    assert "said yes" in inbox
    assert "agreed to be asked" in await inbox.press("Open")
    assert strings.EMPTY in await theatre.slash(ana, "inbox")
    closed = await inbox.press("Open")
    assert closed.text.startswith("### This has closed.")


async def test_the_same_line_opens_from_the_message_and_with_closed_dms(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    theatre.close_dms(ana)
    await said_yes(theatre, ana, bo)
    assert theatre.dms(ana) == []
    inbox = await theatre.slash(ana, "inbox")
    await theatre.restart()
    assert "agreed to be asked" in await inbox.press("Open")


async def test_six_are_on_a_page(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    services, here = theatre.bot.services, ServerId(theatre.server.id)
    asker = DiscordUser(ana.id, "Ana", here)
    for number in range(14):
        person = await services.people.meet(DiscordUser(800 + number, f"P{number:02}", here), theatre.now)
        await services.pods.invitations.invite(person, here, asker, theatre.now)
    first = await theatre.slash(ana, "inbox")
    assert first.buttons.count("Open") == 6
    assert "1 to 6 of 14" in first
    second = await first.press("Next")
    assert "7 to 12 of 14" in second
    third = await second.press("Next")
    assert third.buttons.count("Open") == 2
    assert "Next" not in third.buttons
    assert "7 to 12 of 14" in await third.press("Back")
    assert "13 to 14 of 14" in await theatre.forge(ana, "v1:inbox.show:77")


async def test_another_members_line_is_not_there(theatre: Theatre) -> None:
    ana, bo, eve = [await theatre.member(name) for name in ("ana", "bo", "eve")]
    await said_yes(theatre, ana, bo)
    inbox = await theatre.slash(ana, "inbox")
    theirs = await theatre.forge(eve, inbox.custom_id("Open"))
    none = await theatre.forge(eve, "v1:inbox.open:nothing")
    assert theirs.text == none.text
    assert help_words.NOT_YOURS_TITLE in theirs
    assert help_words.NOT_YOURS_TITLE in await theatre.forge(eve, "v1:inbox.show:x")
    assert "said yes" in await theatre.slash(ana, "inbox")


async def test_two_presses_open_it_once_and_then_it_has_closed(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await said_yes(theatre, ana, bo)
    shown = await (await theatre.slash(ana, "inbox")).press_twice("Open")
    assert any("agreed to be asked" in one for one in shown)


async def test_whoever_left_takes_the_line_along(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await said_yes(theatre, ana, bo)
    [line] = theatre.dms(ana)
    await theatre.leave(bo)
    assert strings.CLOSED_TITLE in await line.press("Open")
    await theatre.settle()
    ended = await theatre.slash(ana, "inbox")
    assert "someone who left" in ended
    assert "No reason is given" in await ended.press("Open")


async def test_a_line_held_back_by_a_boundary_is_not_there(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    services, here = theatre.bot.services, ServerId(theatre.server.id)
    a, b = [await services.people.meet(DiscordUser(one.id, one.name, here), theatre.now) for one in (ana, bo)]
    line = await theatre.bot.db.write(
        lambda tx: services.outbox.tell(
            tx, a, "pods.joined", "x", theatre.now, other=b, server=here, held=True
        )
    )
    assert strings.EMPTY in await theatre.slash(ana, "inbox")
    assert help_words.NOT_YOURS_TITLE in await theatre.forge(ana, f"v1:inbox.open:{line}")
