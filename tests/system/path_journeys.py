"""Journeys through `/path`: stop alone, companions, meetings, requests, on and back, and the end."""

from sqlalchemy import update

from bot.demo.client.screen import Screen
from bot.paths.models import Step
from bot.paths.tables import paths
from cogs.path import strings
from tests.system.walk import Walk


async def alone(walk: Walk) -> None:
    """Look at what leads elsewhere; then begin with one sentence, change it, and take another one off."""
    first = await walk.slash("hal", "path start")
    await walk.press(first, strings.CITED)
    grave = await walk.choose(await walk.press(first, strings.CONTINUE), [strings.FACT_LABELS["no"]])
    own = await walk.press(grave, strings.BEGIN_STOP)
    one = await _written(walk, own, "Events", "the path: first words")
    one = await walk.choose(one, one.options[0])
    await walk.submit(await walk.press(one, strings.CHANGE), commitment=walk.canary("the path: sentence"))
    other = await _written(walk, await _shown(walk, "hal"), "Contact", "the path: another sentence")
    own = await walk.press(other, strings.OVER)
    one = await walk.choose(own, own.options[-1], which="paths.commitment")
    await walk.press(one, strings.TO_PATH)
    await walk.press(await walk.press(await _shown(walk, "hal"), strings.AGAIN), strings.AGAIN_BACK)
    await walk.press(await _shown(walk, "hal"), strings.QUESTIONS)


async def companions(walk: Walk) -> None:
    """Invite four people: one declines, one for good; one is taken back, and two others agree."""
    for name in ("ana", "ben", "eli", "gus"):
        card = await walk.press(await _shown(walk, "hal"), strings.COMPANIONS)
        await walk.press(await walk.choose(card, await walk(name), which="paths.chosen"), strings.COMPANIONS)
    await walk.press(await _offer(walk, "gus"), strings.NO_THANKS)
    before = await walk.press(await _offer(walk, "eli"), f"Never from {walk.name('hal')}")
    before = await walk.press(await walk.press(before, "Back"), f"Never from {walk.name('hal')}")
    await walk.press(before, "Set the boundary")
    card = await walk.press(await _shown(walk, "hal"), strings.COMPANIONS)
    await walk.choose(card, walk.name("gus"), which="paths.remove")
    for name in ("ana", "ben"):
        await walk.press(await _offer(walk, name), strings.ACCEPT)
    await walk.press(await walk.newest("hal"), strings.TO_PATH)
    card = await walk.press(await _shown(walk, "hal"), strings.COMPANIONS)
    await walk.press(await walk.choose(card, walk.name("ana"), which="paths.remove"), strings.BACK)


async def meetings(walk: Walk) -> None:
    """Agree when they meet. After the first meeting one tells the other, and one is worried."""
    when = await walk.press(await _shown(walk, "hal"), strings.GO_ON)
    when = await walk.submit(await walk.press(when, strings.SET_ZONE), zone="Berlin")
    when = await walk.choose(when, "Every two weeks", which="paths.cadence")
    when = await walk.choose(when, "Saturday", which="paths.weekday")
    when = await walk.choose(when, "19:00", which="paths.hour")
    await walk.press(when, strings.AGREED)
    await walk.demo.skip(days=15)
    await walk.press(await _met(walk, "hal"), strings.HELD)
    unsure = await walk.press(await _met(walk, "ana"), strings.SENSES["unsure"])
    await walk.press(unsure, strings.TELL_OTHERS)
    await walk.entry("ben", strings.IN_TOLD)
    await walk.press(await _met(walk, "ben"), strings.SENSES["worried"])
    await walk.press(await _shown(walk, "ben"), strings.AFRAID)


async def requests(walk: Walk) -> None:
    """Enter a request for distance, which is shown at once, and another one, which is handed back."""
    await _entered(walk, "ana", "Distance", "the request: distance")
    one = await walk.press(await walk.entry("ben", strings.IN_ENTERED), strings.HAND_BACK)
    await walk.press(one, strings.KEEP_IT)
    assert walk.canary("the request: distance") in await walk.entry("hal", strings.IN_ASKED)
    await walk.press(await _shown(walk, "hal"), strings.ASKED_OF_ME)
    await _entered(walk, "ben", "An answer", "the request: an answer")
    listed = await walk.press(await walk.entry("ana", strings.IN_ENTERED), "Back")
    await _stands_at(walk, Step.REPAIR)
    one = await walk.choose(listed, "An answer", which="paths.request")
    await walk.press(await walk.press(one, strings.NOT_YET), strings.HAND_BACK)
    await _entered(walk, "ben", "Something else", "the request: something else")
    await walk.press(await walk.entry("ana", strings.IN_ENTERED), strings.AGREE)
    assert walk.canary("the request: something else") in await walk.entry("hal", strings.IN_ASKED)
    await _stands_at(walk, Step.SAY)
    listed = await walk.press(await _shown(walk, "ben"), strings.ASKED_OF_ME)
    one = await walk.choose(listed, "An answer", which="paths.request")
    await walk.press(await walk.press(one, strings.TAKE_OFF), strings.TAKE_OFF)
    assert walk.canary("the request: an answer") not in await _shown(walk, "hal")


async def steps(walk: Walk) -> None:
    """Go on to the third step, back by two companions, and to the first one; close together, and not."""
    await walk.demo.skip(days=14)
    form = await walk.press(await _met(walk, "hal"), strings.CHANGED)
    await walk.submit(form, commitment=walk.canary("the path: changed"))
    own = await walk.press(await _shown(walk, "hal"), strings.READY)
    await walk.press(await walk.press(own, strings.NOT_READY), strings.READY)
    await walk.press(await walk.entry("ana", strings.IN_READY), strings.YES)
    beside = await walk.press(await walk.entry("ben", strings.IN_READY), strings.NOT_YET)
    await walk.press(beside, strings.YES)
    for name in ("ana", "ben"):
        await walk.press(await _shown(walk, name), strings.VOTE_BACK)
    await walk.press(await walk.press(await _shown(walk, "ana"), strings.AGAIN), strings.AGAIN_BACK)
    card = await walk.press(await _shown(walk, "hal"), strings.COMPANIONS)
    await walk.press(await walk.choose(card, walk.name("ana"), which="paths.remove"), strings.BACK)
    own = await walk.press(await _more(walk), strings.CLOSE_TOGETHER)
    await walk.press(await walk.press(own, strings.MORE), strings.NOT_CLOSING)
    await walk.press(await walk.press(await _more(walk), strings.WHEN_WE_MEET), strings.TO_PATH)


async def the_end(walk: Walk) -> None:
    """Stay for six more months; stop as a companion; and end the path that waits."""
    await walk.demo.skip(days=160)
    await walk.press(await walk.entry("ana", strings.IN_TERM), strings.STAY)
    await walk.press(await walk.press(await _shown(walk, "ben"), strings.STOP_HERE), strings.LEAVE)
    await walk.entry("hal", strings.IN_CHANGED)
    ended = await walk.press(await walk.press(await _more(walk), strings.END), strings.END_NOW)
    assert walk.canary("the path: changed") in ended
    await walk.entry("ana", strings.IN_CLOSED)


async def _stands_at(walk: Walk, step: Step) -> None:
    """Let the path stand at another step. Getting there takes months of meetings."""
    await walk.demo.bot.db.write(lambda tx: tx.execute(update(paths).values(step=step)))


async def _shown(walk: Walk, name: str) -> Screen:
    return await walk.slash(name, "path show")


async def _more(walk: Walk) -> Screen:
    return await walk.press(await _shown(walk, "hal"), strings.MORE)


async def _offer(walk: Walk, name: str) -> Screen:
    return await walk.entry(name, "companion on a path")


async def _met(walk: Walk, name: str) -> Screen:
    return await walk.press(await walk.entry(name, strings.IN_MET), strings.WE_MET)


async def _written(walk: Walk, own: Screen, kind: str, of: str) -> Screen:
    form = await walk.choose(own, kind, which="paths.add")
    return await walk.submit(form, commitment=walk.canary(of))


async def _entered(walk: Walk, name: str, kind: str, of: str) -> Screen:
    entering = await walk.press(await _shown(walk, name), strings.ENTER)
    return await walk.submit(await walk.choose(entering, kind), request=walk.canary(of))


WAYS = (alone, companions, meetings, requests, steps)
"""`the_end` comes half a year later, when the walk lets everything be forgotten."""
