"""Journeys through every feature, one after the other: together they use every button and every form."""

from collections.abc import Awaitable, Callable

from tests.system import (
    help_journeys,
    night_journeys,
    norm_journeys,
    pair_journeys,
    path_journeys,
    report_journeys,
    terms_journeys,
)
from tests.system.walk import Walk

SAID, PUSHED, SAW, NAMED = (
    "Something I said or joked about",
    "I pushed, or kept going",
    "I saw something and don't know what to do",
    "A friend of mine did something",
)
NONE = "None of these"
SEXUAL = "Something sexual happened and I'm not sure they wanted it"


async def help_for_anyone(walk: Walk) -> None:
    """Open what works for anyone: `/help`, `/about`, `/support`, `Think it through`, and `/contact`."""
    commands = await walk.choose(await walk.slash("hal", "help"), "Somebody is hurt, or might be")
    await walk.press(commands, "Back")
    await walk.press(await walk.slash("hal", "about"), "Next")
    home = await walk.choose(await walk.slash("hal", "support"), "Ireland")
    home = await walk.press(await walk.press(home, "Change country"), "Back")
    countries = await walk.press(await walk.press(home, "I was hurt"), "Change country")
    hurt = await walk.choose(countries, "New Zealand")
    await walk.press(await walk.press(hurt, "Your body"), "Back")
    screen = await walk.choose(await walk.press(await walk.slash("hal", "ask"), "Continue, I'm 18+"), SEXUAL)
    page = await walk.press(screen, "Think it through")
    for _ in range(3):
        page = await walk.press(page, "Next")
    await walk.press(page, "Ask my pod")
    contact = await walk.press(screen, "Should I check on them?")
    await walk.press(await walk.press(contact, contact.buttons[0]), "Back")


async def told(walk: Walk) -> None:
    """Use `/told`, `/callin` and `/contact`."""
    page = await walk.press(await walk.slash("hal", "support"), "Someone told me")
    home = await walk.press(page, "What to say and do")
    page = await walk.press(await walk.press(home, "Someone told me they were hurt"), "This week")
    await walk.press(page, "Back")
    await walk.slash("hal", "told")
    said = await walk.press(await walk.slash("hal", "callin"), "A joke")
    for label in ("Later, in private", "Direct", "Back"):
        said = await walk.press(said, label)
    message = await walk.demo.say(await walk("ben"), walk.canary("a message to call in"))
    await walk.menu("hal", "Call this in", message)
    await walk.menu("ben", "Call this in", message)
    contact = await walk.slash("hal", "contact")
    await walk.press(await walk.press(contact, contact.buttons[0]), "Back")


async def settings(walk: Walk) -> None:
    """Set the time zone, quiet hours and rest; somebody else says that they are under 18."""
    card = await walk.slash("ana", "settings", zone="Europe/Berlin")
    await walk.press(await walk.press(card, "Time zone"), "Back")
    card = await walk.press(await walk.slash("ana", "settings"), "Quiet hours")
    card = await walk.choose(card, "They begin at 23:00", which="begin")
    card = await walk.choose(card, "They end at 06:00", which="end")
    await walk.press(card, "Keep these hours")
    card = await walk.press(await walk.slash("ana", "settings"), "Quiet hours")
    await walk.press(card, "No quiet hours")
    await walk.press(await walk.press(await walk.slash("ana", "settings"), "Rest"), "A day")
    await walk.press(await walk.press(await walk.slash("ana", "settings"), "Rest"), "End my rest")
    await walk.press(await walk.press(await walk.slash("fin", "settings"), "Age"), "I'm under 18")


async def invites(walk: Walk, owner: str, *members: str) -> None:
    for member in members:
        card = await walk.press(await walk.slash(owner, "pod"), "Invite")
        await walk.press(await walk.choose(card, await walk(member)), "Show my pod")


async def pods(walk: Walk) -> None:
    """Invite people, who accept, decline, or decline for good; remove an invited person, and leave a pod."""
    await invites(walk, "ana", "ben", "cleo", "dan", "eli", "hal", "gus")
    await walk.menu("ben", "Invite to my pod", await walk("ana"))
    await invites(walk, "dan", "ana")
    means = await walk.choose(await walk.slash("ana", "pod"), walk.name("ben"))
    await walk.press(means, "Accept")
    await walk.press(await walk.slash("ana", "pod"), "No thanks")
    means = await walk.press(await walk.slash("ben", "pod"), "What it means")
    await walk.press(await walk.press(means, "Back"), "Accept")
    for name in ("cleo", "dan", "eli", "hal"):
        await walk.press(await walk.slash(name, "pod"), "Accept")
    means = await walk.press(await walk.slash("gus", "pod"), "What it means")
    before = await walk.press(means, f"Never from {walk.name('ana')}")
    await walk.press(before, "Set the boundary")
    await walk.newest("ana")
    removing = await walk.press(await walk.slash("ana", "pod"), "Remove or leave")
    await walk.choose(removing, walk.name("gus"), which="pods.remove")
    leaving = await walk.press(await walk.slash("dan", "pod"), "Remove or leave")
    await walk.choose(leaving, walk.name("ana"), which="pods.leave")


async def boundaries(walk: Walk) -> None:
    """Set a boundary, show its name, lift it, and set it again."""
    card = await walk.press(await walk.slash("ana", "boundary"), "Add")
    card = await walk.choose(card, await walk("dan"))
    card = await walk.press(card, "Set the boundary")
    await walk.press(card, "Back")
    names = await walk.press(await walk.slash("ana", "boundary"), "Show names")
    assert walk.name("dan") in names
    await walk.choose(names, walk.name("dan"))
    card = await walk.press(await walk.slash("ana", "boundary"), "Add")
    await walk.press(await walk.choose(card, await walk("dan")), "Set the boundary")


async def gates(walk: Walk) -> None:
    """Go through the screens before the form of an ask, and through those that lead elsewhere."""
    await walk.press(await walk.slash("dan", "ask"), "I'm under 18")
    message = await walk.demo.say(await walk("ana"), walk.canary("a message from the menu"))
    first = await walk.menu("ana", "Ask my pod about this", message)
    kinds = await walk.press(first, "Continue, I'm 18+")
    form = await walk.choose(kinds, SAID)
    assert form.form["what"].value == walk.canary("a message from the menu")
    await walk.press(await walk.choose(await walk.slash("ana", "ask"), "Someone says I hurt them"), "Back")
    facts = await walk.choose(await walk.slash("ana", "ask"), PUSHED)
    await walk.choose(facts, ["Somebody was scared"])
    named = await walk.choose(await walk.slash("ana", "ask"), NAMED)
    await walk.press(named, "No, or I haven't asked")
    for elsewhere in (SEXUAL, "Somebody may be unsafe now", "Somebody under 18 is involved"):
        await walk.choose(await walk.slash("ana", "ask"), elsewhere)


async def drafts(walk: Walk) -> None:
    """Send the form blank and long, preview it, discard it; four asks stay drafts."""
    form = await walk.choose(await walk.slash("ana", "ask"), SAID)
    blank = await walk.submit(form, what=" ", felt=walk.canary("felt, before the rest"), asking=" ")
    shown = await walk.submit(await walk.press(blank, "Edit"), **walk.typed("a draft", "*" * 700))
    shown = await walk.press(await walk.press(shown, "Next"), "Back")
    await walk.press(shown, "Discard")
    for number in ("first", "second", "third", "fourth"):
        kinds = await walk.slash("ana", "ask")
        if "Write something new" in kinds.buttons:
            kinds = await walk.press(kinds, "Write something new")
        form = await walk.press(await walk.choose(kinds, NAMED), "Yes, they said so")
        await walk.submit(form, **walk.typed(f"the {number} draft"))
    await walk.press(await walk.slash("ana", "ask"), "Go on with it")
    await walk.press(await walk.press(await walk.slash("ana", "inbox"), "Next"), "Back")


async def ask(walk: Walk) -> None:
    """Ask two people: one answers; the other says that it is about them, and sets a boundary."""
    await walk.press(await walk.slash("ana", "ask"), "Discard")
    shown = await walk.entry("ana", "A draft you haven't sent")
    shown = await walk.press(shown, "In 3 days")
    shown = await walk.choose(shown, [walk.name("ben"), walk.name("cleo")])
    assert "Sent" in await walk.press(shown, "Send")
    await walk.press(await walk.newest("ben"), "Not now")
    again = await walk.press(await walk.newest("ben"), "Read it")
    text = await walk.press(await walk.newest("ben"), "Read it")
    form = await walk.press(text, "Answer")
    impact = walk.canary("impact, before the rest")
    blank = await walk.submit(form, impact=impact, step=" ", missing="", offer="")
    await walk.submit(await walk.press(blank, "Edit"), **walk.answer("the answer of ben"))
    await walk.press(await walk.press(again, "This is about me or someone close"), "Set a boundary")
    came = await walk.press(await walk.newest("ana"), "Read what has come")
    assert walk.canary("the answer of ben: impact") in came
    card = await walk.press(await walk.slash("ben", "boundary"), "Add")
    card = await walk.choose(card, await walk("ana"))
    assert "Take back my answers" in card.buttons
    text = await walk.press(await walk.newest("cleo"), "Read it")
    hidden = await walk.press(text, "This is about me or someone close")
    await walk.press(hidden, "Set a boundary")


async def more_of_it(walk: Walk) -> None:
    """Ask somebody else, give more time, and have an answerer say that it is beyond them."""
    status = await walk.entry("ana", "The wait for your ask is over")
    await walk.choose(status, [walk.name("eli")])
    await walk.demo.skip(days=5)
    status = await walk.press(await walk.entry("ana", "The wait for your ask is over"), "More time")
    await walk.press(await walk.press(status, "Withdraw"), "Keep it open")
    text = await walk.press(await walk.newest("eli"), "Read it")
    beyond = await walk.press(text, "This is beyond me")
    beyond = await walk.press(await walk.press(beyond, "Somebody may be in danger"), "Back")
    await walk.press(beyond, "Tell them")
    await walk.demo.skip(hours=4)


async def plan(walk: Walk) -> None:
    """Write a plan, change it, postpone it, do it; a month later, answer for both plans."""
    paused = await walk.newest("ana")
    assert "more than friends can do in writing" in paused
    form = await walk.press(await walk.press(paused, "Read what has come"), "What I'll do")
    shown = await walk.submit(form, action=walk.canary("the plan: first words"))
    shown = await walk.submit(await walk.press(shown, "Edit"), action=walk.canary("the plan: action"))
    await walk.choose(shown, shown.options[0])
    await walk.demo.skip(days=3)
    later = await walk.press(await walk.newest("ana"), "Not yet")
    await walk.choose(later, later.options[0])
    await walk.demo.skip(days=3)
    form = await walk.press(await walk.entry("ana", "The day you chose for your plan"), "I did it")
    different, away = walk.canary("the plan: different"), walk.canary("the plan: stay away")
    done = await walk.submit(form, different=different, stay_away=away)
    draft = await walk.press(await walk.press(done, "Ask someone to keep at it with me"), "Next")
    await walk.press(await walk.press(await walk.press(draft, "A habit"), "Back"), "Discard")
    await walk.demo.skip(days=32)
    for name in ("ana", "hal"):
        again = await walk.press(await walk.newest(name), "It happened again")
        if "Ask my pod" in again.buttons:
            await walk.press(again, "Ask my pod")


async def own_plan(walk: Walk) -> None:
    """Write a plan by `/plan` and do it; end another one."""
    for words in ("the first plan of their own", "the second plan of their own"):
        form = await walk.press(await walk.slash("hal", "plan"), "What I'll do")
        shown = await walk.submit(form, action=walk.canary(words))
    await walk.press(await walk.press(shown, "Changed my mind"), "My plans")
    shown = await walk.press(await walk.slash("hal", "plan"), "Open")
    shown = await walk.choose(shown, shown.options[0])
    form = await walk.press(shown, "I did it")
    different, away = walk.canary("their own plan: different"), walk.canary("their own plan: stay away")
    await walk.submit(form, different=different, stay_away=away)


async def talk(walk: Walk) -> None:
    """Ask somebody to talk: take it back, be refused, get a yes; then answer the questions after it."""
    screen = await walk.choose(await walk.slash("ana", "ask"), SEXUAL)
    asked = await walk.choose(await walk.press(screen, "Ask someone to talk"), walk.name("ben"))
    again = await walk.press(await walk.press(asked, "Take it back"), "Ask someone to talk")
    await walk.choose(again, walk.name("eli"))
    await walk.press(await walk.newest("eli"), "I can't")
    await walk.choose(await walk.newest("ana"), walk.name("hal"))
    await walk.entry("ana", "You asked **")
    await walk.press(await walk.newest("hal"), "Today")
    await walk.demo.skip(days=2)
    await walk.press(await walk.newest("ana"), "Not yet")
    await walk.demo.skip(days=3)
    steps = await walk.press(await walk.newest("ana"), "Yes")
    form = await walk.choose(steps, steps.options[-1])
    shown = await walk.submit(form, action=walk.canary("the step: action"))
    await walk.press(shown, "Changed my mind")


async def ask_again(walk: Walk) -> None:
    """Send another ask: one person can't answer, and to one it looks like danger. Then withdraw it."""
    form = await walk.choose(await walk.choose(await walk.slash("ana", "ask"), SAW), NONE)
    shown = await walk.submit(form, **walk.typed("another ask"))
    shown = await walk.choose(shown, [walk.name("ben"), walk.name("eli")])
    sent = await walk.press(shown, "Send")
    await walk.press(await walk.newest("ben"), "I can't")
    text = await walk.press(await walk.newest("eli"), "Read it")
    danger = await walk.press(await walk.press(text, "This is beyond me"), "Somebody may be in danger")
    await walk.press(danger, "Tell them now")
    form = await walk.choose(await walk.slash("ana", "ask"), SAID)
    shown = await walk.submit(form, **walk.typed("the same"))
    await walk.press(shown, "Open the earlier one")
    await walk.press(await walk.press(sent, "Withdraw"), "Withdraw")
    await walk.demo.skip(days=2)
    await walk.press(await walk.press(await walk.slash("fin", "settings"), "Age"), "I'm 18 or over")


WAYS: tuple[Callable[[Walk], Awaitable[None]], ...] = (
    help_for_anyone,
    told,
    settings,
    *norm_journeys.WAYS,
    *help_journeys.WAYS,
    pods,
    boundaries,
    gates,
    drafts,
    ask,
    more_of_it,
    own_plan,
    plan,
    talk,
    ask_again,
    *report_journeys.WAYS,
    *pair_journeys.WAYS,
    *path_journeys.WAYS,
    *terms_journeys.WAYS,
    *night_journeys.WAYS,
)
