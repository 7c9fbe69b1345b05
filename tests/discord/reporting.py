"""A friend who was asked something, moderators who read reports, and the steps between, for their tests."""

from collections.abc import Sequence

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from tests.coverage_scope import measured_once
from tests.discord.asking import friends, read_it, send
from tests.discord.norming import moderator

REASON = "He threatens me."
NOT_YOURS = "There is nothing here for you to open"
BARRED = "You can't start anything new here right now"


@measured_once
async def group(demo: DemoClient, *moderators: str) -> tuple[MemberActor, MemberActor, list[MemberActor]]:
    """Return Ana, who can ask Ben; Ben; and the moderators, Mo and Zoe if none are named."""
    ana, ben = await friends(demo, "ben")
    mods = [await moderator(demo, name) for name in moderators or ("mo", "zoe")]
    await demo.settle()
    return ana, ben, mods


@measured_once
async def asked(demo: DemoClient, ana: MemberActor, ben: MemberActor) -> Screen:
    """Let Ana ask Ben. Return the text as Ben reads it."""
    await send(demo, ana, "Ben")
    return await read_it(demo, ben)


@measured_once
async def drafted(card: Screen) -> Screen:
    """Press `Report` on a card and write the reason. Return the draft."""
    draft = await (await card.press("Report")).press("Go on")
    return await (await draft.press("Write the reason")).submit({"reason": REASON})


@measured_once
async def reported(demo: DemoClient, card: Screen, readers: Sequence[str] = ()) -> Screen:
    """Report what a card shows. Return the card right after `Send`."""
    draft = await drafted(card)
    if readers:
        draft = await draft.choose(list(readers), which="readers")
    sent = await draft.press("Send")
    await demo.settle()
    return sent


async def queue(demo: DemoClient, member: MemberActor) -> Screen:
    return await demo.slash(member, "manage reports")


async def filed(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the oldest report in somebody's queue."""
    return await (await queue(demo, member)).press("Open")


@measured_once
async def barred(demo: DemoClient, by: MemberActor, second: MemberActor, report: Screen) -> Screen:
    """Let one moderator propose a bar from a report, and another confirm it. Return the last card."""
    before = await report.press("Bar the author")
    await (await before.press("Write the reason")).submit({"reason": REASON})
    await demo.settle()
    bars = await (await queue(demo, second)).press("Show the bars")
    held = await (await bars.press("Open")).press("Confirm it")
    await demo.settle()
    return held
