"""`/inbox`, and the button `Open` of messages."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.people.models import DiscordUser
from cogs.help import strings as help_words
from cogs.me.inbox import strings


async def said_yes(demo: DemoClient, owner: MemberActor, member: MemberActor) -> None:
    await demo.menu(owner, "Invite to my pod", member)
    await (await demo.slash(member, "pod")).press("Accept")


async def test_an_empty_inbox_says_that_nothing_waits(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for dm in (False, True):
        shown = await demo.slash(ana, "inbox", dm=dm)
        assert shown.ephemeral
        assert strings.EMPTY in shown


async def test_a_message_is_no_longer_in_the_inbox_after_it_was_opened(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await said_yes(demo, ana, bo)
    inbox = await demo.slash(ana, "inbox")
    assert "said yes" in inbox
    assert "check things with them" in await inbox.press("Open")
    assert strings.EMPTY in await demo.slash(ana, "inbox")
    closed = await inbox.press("Open")
    assert closed.text.startswith("### This is closed.")
    assert "It was about this: **\u2068Bo\u2069** said yes" in closed


async def test_a_message_opens_from_the_inbox_after_a_restart_when_dms_are_closed(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    demo.close_dms(ana)
    await said_yes(demo, ana, bo)
    assert demo.dms(ana) == []
    inbox = await demo.slash(ana, "inbox")
    await demo.restart()
    assert "check things with them" in await inbox.press("Open")


async def test_the_inbox_shows_six_messages_on_a_page(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    services, here = demo.bot.services, ServerId(demo.server.id)
    asker = DiscordUser(ana.id, "Ana", here)
    for number in range(14):
        person = await services.people.meet(DiscordUser(800 + number, f"P{number:02}", here), demo.now)
        await services.pods.invitations.invite(person, here, asker, demo.now)
    first = await demo.slash(ana, "inbox")
    assert first.buttons.count("Open") == 6
    assert "1 to 6 of 14" in first
    second = await first.press("Next")
    assert "7 to 12 of 14" in second
    third = await second.press("Next")
    assert third.buttons.count("Open") == 2
    assert "Next" not in third.buttons
    assert "7 to 12 of 14" in await third.press("Back")
    assert "13 to 14 of 14" in await demo.forge(ana, "v1:inbox.show:77")


async def test_nobody_else_can_open_a_message(demo: DemoClient) -> None:
    ana, bo, eve = [await demo.member(name) for name in ("ana", "bo", "eve")]
    await said_yes(demo, ana, bo)
    inbox = await demo.slash(ana, "inbox")
    theirs = await demo.forge(eve, inbox.custom_id("Open"))
    none = await demo.forge(eve, "v1:inbox.open:nothing")
    assert theirs.text == none.text
    assert help_words.NOT_YOURS_TITLE in theirs
    assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, "v1:inbox.show:x")
    assert "said yes" in await demo.slash(ana, "inbox")


async def test_two_presses_at_once_open_a_message(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await said_yes(demo, ana, bo)
    shown = await (await demo.slash(ana, "inbox")).press_twice("Open")
    assert any("check things with them" in one for one in shown)


async def test_a_message_about_somebody_who_left_closes(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await said_yes(demo, ana, bo)
    [line] = demo.dms(ana)
    await demo.leave(bo)
    assert strings.CLOSED_TITLE in await line.press("Open")
    await demo.settle()
    assert strings.EMPTY in await demo.slash(ana, "inbox")


async def test_a_message_withheld_by_a_boundary_is_not_listed_and_cannot_be_opened(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    services, here = demo.bot.services, ServerId(demo.server.id)
    a, b = [await services.people.meet(DiscordUser(one.id, one.name, here), demo.now) for one in (ana, bo)]
    line = await demo.bot.db.write(
        lambda tx: services.outbox.tell(
            tx, a, "pods.joined", "x", demo.now, other=b, server=here, withheld=True
        )
    )
    assert strings.EMPTY in await demo.slash(ana, "inbox")
    assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, f"v1:inbox.open:{line}")
