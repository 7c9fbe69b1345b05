"""Friends on the pretend server, and the steps to a talk, for the tests of talks and plans."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from tests.coverage_scope import measured_once


@measured_once
async def pod(demo: DemoClient, *friends: str) -> list[MemberActor]:
    """Return Ana and her friends, who have each agreed to be asked by her."""
    ana, *others = [await demo.member(name) for name in ("ana", *friends)]
    for friend in others:
        invite = await (await demo.slash(ana, "pod")).press("Invite")
        await invite.choose([friend])
        await (await demo.slash(friend, "pod")).press("Accept")
    for line in demo.dms(ana):
        if "Open" in line.buttons:
            await line.press("Open")
    await demo.settle()
    return [ana, *others]


async def opened(demo: DemoClient, member: MemberActor) -> Screen:
    """Open their newest direct message."""
    return await demo.dms(member)[-1].press("Open")


async def waiting(demo: DemoClient, member: MemberActor) -> Screen:
    return await demo.slash(member, "inbox")


async def offer(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the card `Ask someone to talk`, about something that they did themselves."""
    return await demo.forge(member, "v1:talks.open:.did")


@measured_once
async def talked(demo: DemoClient, member: MemberActor, friend: MemberActor, name: str) -> Screen:
    """Let them ask their friend, talk, and press `Yes` on the next day. Return the card of steps."""
    await (await offer(demo, member)).choose(name)
    await (await opened(demo, friend)).press("Today")
    await demo.skip(days=1)
    return await (await opened(demo, member)).press("Yes")
