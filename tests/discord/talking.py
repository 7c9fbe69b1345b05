"""Friends on the stage, and the way to a talk, for the tests of talks and plans."""

from simcord import MemberActor

from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from tests.looking import counted_once


@counted_once
async def pod(theatre: Theatre, *friends: str) -> list[MemberActor]:
    """Ana, and her friends: each said yes to being asked by her."""
    ana, *others = [await theatre.member(name) for name in ("ana", *friends)]
    for friend in others:
        invite = await (await theatre.slash(ana, "pod")).press("Invite")
        await invite.choose([friend])
        await (await theatre.slash(friend, "pod")).press("Accept")
    for line in theatre.dms(ana):
        if "Open" in line.buttons:
            await line.press("Open")
    await theatre.settle()
    return [ana, *others]


async def opened(theatre: Theatre, member: MemberActor) -> Screen:
    """What their newest direct message opens."""
    return await theatre.dms(member)[-1].press("Open")


async def waiting(theatre: Theatre, member: MemberActor) -> Screen:
    return await theatre.slash(member, "inbox")


async def offer(theatre: Theatre, member: MemberActor) -> Screen:
    """`Ask someone to talk`."""
    return await theatre.forge(member, "v1:talks.open:")


@counted_once
async def talked(theatre: Theatre, member: MemberActor, friend: MemberActor, name: str) -> Screen:
    """They asked their friend, talked, and said `Yes` on the next day: the steps."""
    await (await offer(theatre, member)).choose(name)
    await (await opened(theatre, friend)).press("Today")
    await theatre.skip(days=1)
    return await (await opened(theatre, member)).press("Yes")
