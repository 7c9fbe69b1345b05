"""Journeys through `/terms`: alone, kept, and with somebody who carries it."""

from bot.demo.client.screen import Screen
from tests.system.walk import Walk


async def terms_alone(walk: Walk) -> None:
    """Put into words what one wants, and take it away; nothing of it is kept."""
    page = await walk.press(await walk.slash("hal", "support"), "I was hurt")
    page = await walk.press(page, "What you might want now")
    wants = await walk.press(await walk.press(page, "Put it into words"), "Begin")
    nothing = await walk.submit(await walk.press(wants, "Just my own words"), want=" ")
    wants = await walk.press(nothing, "Back")
    form = await walk.choose(wants, ["No contact", "An answer to a question"])
    then = await walk.submit(form, want=walk.canary("what hal wants: want"))
    form = await walk.press(then, "Change the words")
    then = await walk.submit(form, want=walk.canary("what hal wants, in other words: want"))
    await walk.press(then, "I'll carry it myself")


async def terms_kept(walk: Walk) -> None:
    """Keep it, look at it, change it, keep another one instead, and delete it."""
    wants = await walk.press(await walk.slash("hal", "terms"), "Begin")
    form = await walk.choose(wants, ["That certain people know"])
    home = await walk.press(await walk.submit(form, want=walk.canary("what hal keeps: want")), "Keep it here")
    home = await walk.press(await walk.press(home, "Read it again"), "Back")
    form = await walk.choose(await walk.press(home, "Change it"), ["No contact"])
    home = await walk.submit(form, want=walk.canary("what hal changed: want"))
    form = await walk.press(await walk.press(home, "Change it"), "Only change the words")
    home = await walk.submit(form, want=walk.canary("what hal changed again: want"))
    form = await walk.press(await walk.press(home, "Write something else"), "Just my own words")
    then = await walk.submit(form, want=walk.canary("something else of hal: want"))
    await walk.press(await walk.press(then, "Keep it here"), "Keep this one instead")
    ask = await walk.press(await walk.slash("hal", "terms"), "Delete it")
    await walk.press(ask, "Delete it")


async def chosen(walk: Walk, carrier: str) -> None:
    """Let Hal ask somebody to carry it."""
    home = await walk.slash("hal", "terms")
    label = "Ask somebody else" if "Ask somebody else" in home.buttons else "Somebody carries it"
    await walk.press(await asked_for(walk, await walk.press(home, label), carrier), "Back")


async def asked_for(walk: Walk, choosing: Screen, carrier: str) -> Screen:
    """Choose somebody, and ask them with the next press."""
    picked = await walk.choose(choosing, await walk(carrier))
    return await walk.press(picked, f"Ask {walk.name(carrier)}")


async def terms_asked(walk: Walk) -> None:
    """Ask three people: one says no, one never wants to be asked again, and one is asked no more."""
    wants = await walk.press(await walk.slash("hal", "terms"), "Begin")
    form = await walk.press(wants, "Just my own words")
    then = await walk.submit(form, want=walk.canary("what is to be carried: want"))
    choosing = await walk.press(then, "Somebody carries it")
    picked = await walk.choose(choosing, await walk("dan"))
    await asked_for(walk, await walk.press(picked, "Choose somebody else"), "cleo")
    await walk.press(await walk.entry("cleo", "Somebody has a question for you"), "No thanks")
    await chosen(walk, "dan")
    asked = await walk.entry("dan", "Somebody has a question for you")
    before = await walk.press(asked, f"Never from {walk.name('hal')}")
    asked = await walk.press(before, "Back")
    before = await walk.press(asked, f"Never from {walk.name('hal')}")
    await walk.press(before, "Set the boundary")
    await chosen(walk, "gus")
    await walk.press(await walk.slash("hal", "terms"), "Stop asking them")


async def terms_carried(walk: Walk) -> None:
    """Let Ben carry it: he reads it once he is let, says how it went, and hands it back."""
    await chosen(walk, "ben")
    await walk.press(await walk.entry("ben", "Somebody has a question for you"), "I'll carry it")
    home = await walk.newest("hal")
    before = await walk.press(home, "Let the person you asked read it …")
    before = await walk.press(await walk.press(before, "Not yet"), "Let the person you asked read it …")
    await walk.press(before, "What they may say with it")
    await walk.press(before, "Let them read it")
    read = await walk.newest("ben")
    assert walk.canary("what is to be carried: want") in read
    await walk.press(read, "Words to learn")
    await walk.choose(read, "Brought")
    home = await walk.press(await walk.slash("hal", "terms"), "Message me when there's news")
    await walk.choose(read, "Partly")
    await walk.press(await walk.newest("hal"), "Back")
    home = await walk.press(await walk.slash("hal", "terms"), "See how it went")
    form = await walk.press(
        await walk.press(await walk.press(home, "Back"), "Change it"), "Only change the words"
    )
    await walk.submit(form, want=walk.canary("what is carried now: want"))
    assert "has changed it" in await walk.newest("ben")


async def terms_over(walk: Walk) -> None:
    """Let him read it again, and hand it back; somebody else is asked, and then it is deleted."""
    before = await walk.press(await walk.slash("hal", "terms"), "Let the person you asked read it …")
    await walk.press(before, "Let them read it")
    await walk.newest("ben")
    read = await walk.entry("ben", "Something you carry is here")
    asking = await walk.press(read, "Hand it back")
    asking = await walk.press(await walk.press(asking, "Back"), "Hand it back")
    await walk.press(asking, "Hand it back")
    await walk.newest("hal")
    await chosen(walk, "ana")
    await walk.press(await walk.entry("ana", "Somebody has a question for you"), "I'll carry it")
    ask = await walk.press(await walk.slash("hal", "terms"), "Delete it")
    await walk.press(ask, "Delete it")
    await walk.newest("ana")


WAYS = (terms_alone, terms_kept, terms_asked, terms_carried, terms_over)
