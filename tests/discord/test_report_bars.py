"""Bars: what moderators press, what the barred person reads, and what the log says."""

from collections.abc import Awaitable, Callable

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.manage import strings as manage
from tests.discord import pairing
from tests.discord.asking import answer, listed, preview, send, tie, told
from tests.discord.norming import moderator
from tests.discord.reporting import BARRED, NOT_YOURS, REASON, asked, barred, filed, group, queue, reported

WAITS = "Something is waiting for you."


async def test_from_a_report_a_second_moderator_confirms_and_the_log_tells_the_reason(
    demo: DemoClient,
) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    before = await (await filed(demo, mo)).press("Bar the author")
    assert "Bar ⁨Ana" in before
    assert "It only starts once one of these moderators confirms it: **⁨Zoe" in before
    proposed = await (await before.press("Write the reason")).submit({"reason": REASON})
    await demo.settle()
    assert "It hasn't started yet" in proposed
    assert "Confirm it" not in proposed.buttons
    assert told(demo, zoe) == [WAITS, WAITS]
    assert BARRED not in await demo.slash(ana, "ask")
    assert "Ana" not in await demo.slash(mo, "manage log")
    held = await barred_now(demo, zoe)
    assert "it has started: ⁨Ana" in held
    assert BARRED in await demo.slash(ana, "ask")
    log = await demo.slash(mo, "manage log")
    assert "⁨Zoe⁩ confirmed that ⁨Ana \\(@\u200bana\\)⁩ can't start anything new here until" in log
    assert f"The reason: {REASON}" in log


async def barred_now(demo: DemoClient, second: MemberActor) -> Screen:
    """Let a second moderator confirm the only bar that waits."""
    bars = await (await queue(demo, second)).press("Show the bars")
    return await (await bars.press("Open")).press("Confirm it")


async def bar_ana(demo: DemoClient) -> tuple[MemberActor, MemberActor, MemberActor, MemberActor]:
    """Return Ana, who is barred; Ben; Mo; and Zoe."""
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    await barred(demo, mo, zoe, await filed(demo, mo))
    return ana, ben, mo, zoe


Start = Callable[[DemoClient, MemberActor, MemberActor], Awaitable[Screen]]


async def ask(demo: DemoClient, ana: MemberActor, _: MemberActor) -> Screen:
    return await demo.slash(ana, "ask")


async def invite(demo: DemoClient, ana: MemberActor, _: MemberActor) -> Screen:
    card = await (await demo.slash(ana, "pod")).press("Invite")
    return await card.choose(await demo.member("cy"))


async def invite_by_menu(demo: DemoClient, ana: MemberActor, _: MemberActor) -> Screen:
    return await demo.menu(ana, "Invite to my pod", await demo.member("cy"))


async def pair(demo: DemoClient, ana: MemberActor, ben: MemberActor) -> Screen:
    return await demo.slash(ana, "pair start", partner=ben, **pairing.AGREED)


async def talk(demo: DemoClient, ana: MemberActor, _: MemberActor) -> Screen:
    screen = await demo.forge(ana, "v1:talks.open:")
    return await screen.choose("Ben")


@pytest.mark.parametrize("start", [ask, invite, invite_by_menu, pair, talk])
async def test_somebody_barred_reads_one_plain_sentence_wherever_they_start(
    demo: DemoClient, start: Start
) -> None:
    ana, ben, mo, _ = await bar_ana(demo)
    refused = await start(demo, ana, ben)
    assert refused.text.startswith(f"### {BARRED}")
    assert f"The moderators of **⁨{demo.server.name}⁩** have stopped you" in refused
    assert "talk to one of them" in refused
    assert REASON not in refused.text
    assert "Mo" not in refused.text
    assert "Support" in refused.buttons
    bars = await (await queue(demo, mo)).press("Show the bars")
    await (await bars.press("Open")).press("Lift it")
    assert BARRED not in await start(demo, ana, ben)


async def test_what_they_had_written_is_kept(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    cy = await demo.member("cy")
    await tie(demo, ana, cy)
    await reported(demo, await asked(demo, ana, ben))
    draft = await preview(demo, ana, "Cy")
    offer = await pairing.begun(demo, ana, cy)
    await barred(demo, mo, zoe, await filed(demo, mo))
    assert BARRED in await draft.press("Send")
    assert "A draft you haven't sent" in await listed(demo, ana)
    refused = await offer.submit(pairing.sheet("Ana"))
    assert BARRED in refused
    assert "Ana's aim" in "".join([refused.text, *(one.text for one in refused.followups)])


async def test_what_is_never_touched_goes_on(demo: DemoClient) -> None:
    ana, ben, _, _ = await bar_ana(demo)
    await tie(demo, ben, ana)
    status = await (await demo.slash(ana, "inbox")).press("Open")
    await (await status.press("Withdraw")).press("Withdraw")
    await send(demo, ben, "Ana")
    assert "Your answer is with" in await answer(demo, ana)
    for command in (
        "support",
        "told",
        "callin",
        "contact",
        "boundary",
        "inbox",
        "plan",
        "settings",
        "norms",
        "help",
    ):
        assert BARRED not in await demo.slash(ana, command), command
    assert BARRED not in await demo.slash(ana, "pod")
    cy = await demo.member("cy")
    await (await (await demo.slash(cy, "pod")).press("Invite")).choose(ana)
    assert BARRED not in await (await demo.slash(ana, "pod")).press("Accept")
    assert "Cy" in await demo.slash(ana, "pod")


async def test_a_member_is_picked_without_a_report(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    pick = await (await queue(demo, mo)).press("Bar somebody")
    before = await pick.choose(ben)
    assert "Bar ⁨Ben" in before
    blank = await (await before.press("Write the reason")).submit({"reason": "\u200b "})
    assert "There's no reason yet" in blank
    await (await blank.press("Write the reason")).submit({"reason": REASON})
    await demo.settle()
    assert "it has started" in await barred_now(demo, zoe)
    assert BARRED in await demo.slash(ben, "ask")
    assert BARRED not in await demo.slash(ana, "ask")


async def test_a_moderator_can_pick_neither_themselves_nor_a_bot(demo: DemoClient) -> None:
    _, _, (mo, _) = await group(demo)
    pick = await (await queue(demo, mo)).press("Bar somebody")
    assert "You can't bar yourself" in await pick.choose(mo)
    assert NOT_YOURS in await demo.forge(mo, "v1:manage.bar_picked:", ["nobody"])
    for argument, word in (("x", "member"), ("x", "report"), ("1", "other")):
        forged = await demo.forge_form(mo, f"v1:manage.bar_wrote:{argument}.{word}", {"reason": REASON})
        assert NOT_YOURS in forged


async def test_where_there_is_one_moderator_the_bar_starts_at_once_and_the_log_says_so(
    demo: DemoClient,
) -> None:
    ana, ben, (mo,) = await group(demo, "mo")
    await reported(demo, await asked(demo, ana, ben))
    before = await (await filed(demo, mo)).press("Bar the author")
    assert "it starts at once, and the log says so" in before
    held = await (await before.press("Write the reason")).submit({"reason": REASON})
    assert "it has started" in held
    assert "I knew no other moderator who could confirm it. The reason" in await demo.slash(mo, "manage log")


async def test_two_moderators_propose_at_once_and_what_they_typed_is_not_lost(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    forms = [
        await (await (await filed(demo, one)).press("Bar the author")).press("Write the reason")
        for one in (mo, zoe)
    ]
    await forms[0].submit({"reason": REASON})
    second = await forms[1].submit({"reason": "My own words."})
    assert "There is a bar for them already" in second
    assert "My own words." in second
    assert "it has started" in await (await second.press("Open")).press("Confirm it")


async def test_a_confirmation_pressed_twice_and_after_a_restart_has_one_effect(demo: DemoClient) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    before = await (await filed(demo, mo)).press("Bar the author")
    await (await before.press("Write the reason")).submit({"reason": REASON})
    card = await (await (await queue(demo, zoe)).press("Show the bars")).press("Open")
    await demo.restart()
    for shown in await card.press_twice("Confirm it"):
        assert "it has started" in shown
    assert (await demo.slash(mo, "manage log")).text.count("confirmed that") == 1
    assert BARRED in await demo.slash(ana, "ask")


async def test_somebody_barred_who_moderates_sees_their_own_bar_nowhere_but_in_the_log(
    demo: DemoClient,
) -> None:
    await demo.member("ana", moderator=True)
    ana, ben, (mo, zoe) = await group(demo)
    await moderator(demo, "ana")
    await reported(demo, await asked(demo, ana, ben))
    assert "Nobody has sent you a report" in await queue(demo, ana)
    await barred(demo, mo, zoe, await filed(demo, mo))
    bars = await (await queue(demo, ana)).press("Show the bars")
    assert "nobody is barred" in bars
    [show] = [
        one for one in (await (await queue(demo, mo)).press("Show the bars")).custom_ids if "bar_show" in one
    ]
    assert "This bar isn't there any more" in await demo.forge(ana, show)
    assert "This bar isn't there any more" in await demo.forge(ana, show.replace("bar_show", "bar_lift"))


async def test_a_member_who_is_no_moderator_opens_nothing_of_it(demo: DemoClient) -> None:
    _, ben, mo, _ = await bar_ana(demo)
    report = await filed(demo, mo)
    bars = await (await queue(demo, mo)).press("Show the bars")
    for card in (report, bars, await bars.press("Open")):
        for custom_id in card.custom_ids:
            if ":manage." in custom_id:
                assert manage.NOT_A_MODERATOR in await demo.forge(ben, custom_id)


async def test_somebody_who_has_lost_the_role_opens_nothing_and_somebody_who_got_it_neither(
    demo: DemoClient,
) -> None:
    ana, ben, (mo, zoe) = await group(demo)
    await reported(demo, await asked(demo, ana, ben))
    report = await filed(demo, mo)
    show = f"v1:manage.report:{report_id(report)}"
    demo.env.backend.get_member(demo.server.id, mo.id).role_ids.clear()
    for custom_id in (show, *(one for one in report.custom_ids if ":manage." in one)):
        assert manage.NOT_A_MODERATOR in await demo.forge(mo, custom_id)
    kim = await moderator(demo, "kim")
    assert "Nobody has sent you a report" in await queue(demo, kim)
    assert NOT_YOURS in await demo.forge(kim, show)
    assert REASON in await filed(demo, zoe)


def report_id(report: Screen) -> str:
    [done] = [one for one in report.custom_ids if "report_done" in one]
    return done.rpartition(":")[2]


async def test_the_sixth_ask_to_one_friend_in_a_day_stays_a_draft(demo: DemoClient) -> None:
    ana, _, _ = await group(demo)
    for _ in range(5):
        sent = await send(demo, ana, "Ben")
        await (await sent.press("Withdraw")).press("Withdraw")
    refused = await send(demo, ana, "Ben")
    assert "You've reached out to the same person several times lately" in refused
    assert "A draft you haven't sent" in await listed(demo, ana)


async def test_whom_they_invited_too_often_is_named_and_the_others_are_invited(demo: DemoClient) -> None:
    ana, _, _ = await group(demo)
    cy, dee = await demo.member("cy"), await demo.member("dee")
    for _ in range(3):
        await (await (await demo.slash(ana, "pod")).press("Invite")).choose(cy)
        change = await (await demo.slash(ana, "pod")).press("Remove or leave")
        await change.choose("Cy", which="pods.remove")
    shown = await (await (await demo.slash(ana, "pod")).press("Invite")).choose([cy, dee])
    assert "you've invited a lot lately" in shown
    assert "**⁨Dee⁩**" in shown
    alone = await (await (await demo.slash(ana, "pod")).press("Invite")).choose(cy)
    assert "You've reached out to the same person several times lately" in alone
