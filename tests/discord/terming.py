"""Somebody who writes down what they want, and whoever carries it, for the tests of `/terms`."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen

WORDS = "I'd like not to meet you at movie night."
CONTACT, HELP = "No contact", "That they get help with something"


async def written(demo: DemoClient, member: MemberActor, words: str = WORDS, *wants: str) -> Screen:
    """Go through `/terms` to the card that asks what to do with it."""
    first = await demo.slash(member, "terms")
    label = "Begin" if "Begin" in first.buttons else "Write something else"
    form = await (await first.press(label)).choose(list(wants or (CONTACT,)))
    return await form.submit({"want": words})


async def kept(demo: DemoClient, member: MemberActor, words: str = WORDS) -> Screen:
    return await (await written(demo, member, words)).press("Keep it here")


async def asked(demo: DemoClient, author: MemberActor, carrier: MemberActor) -> Screen:
    """Let somebody keep what they want, and ask somebody to carry it."""
    choosing = await (await written(demo, author)).press("Somebody carries it")
    return await ask(choosing, carrier)


async def ask(choosing: Screen, carrier: MemberActor) -> Screen:
    """Choose somebody, and ask them with the next press."""
    chosen = await choosing.choose([carrier])
    return await chosen.press(chosen.buttons[0])


async def inbox(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the first entry of their inbox."""
    return await (await demo.slash(member, "inbox")).press("Open")


async def agreed(demo: DemoClient, author: MemberActor, carrier: MemberActor) -> Screen:
    """Do the same, and let the carrier say yes. Return what they then see."""
    await asked(demo, author, carrier)
    return await (await inbox(demo, carrier)).press("I'll carry it")


async def newest(demo: DemoClient, member: MemberActor) -> Screen:
    """Open their newest direct message, a little later, since new channels are paced."""
    await demo.skip(minutes=3)
    waiting = [one for one in demo.dms(member) if "Open" in one.buttons]
    return await waiting[-1].press("Open")


async def let(demo: DemoClient, author: MemberActor) -> Screen:
    """Let the carrier read it."""
    before = await (await demo.slash(author, "terms")).press("Let the person you asked read it …")
    return await before.press("Let them read it")


async def carried(demo: DemoClient, author: MemberActor, carrier: MemberActor) -> Screen:
    """Do all of it, and return what the carrier reads."""
    await agreed(demo, author, carrier)
    await let(demo, author)
    return await newest(demo, carrier)
