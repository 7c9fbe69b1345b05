"""Journeys through norms: set up a server, make norms, put them to the members, answer, set reminders."""

from bot.demo.client.screen import Screen
from bot.demo.strings import MODERATOR_ROLE
from tests.system.walk import Walk, beside

FRIENDS = "A circle of friends"
PARTIES = "Parties and nights out"


async def manage_setup(walk: Walk) -> None:
    """Go through `/manage setup`, from the first step to the summary."""
    await walk.demo.member("mo", shown=walk.name("mo"), moderator=True)
    card = await walk.slash("mo", "manage setup")
    card = await walk.choose(card, "Ireland", which="country")
    card = await walk.choose(card, "Yes, and adults have a role", which="under 18")
    card = await walk.choose(card, [walk.demo.server.roles[MODERATOR_ROLE]], which="adults have")
    card = await walk.choose(card, "No", which="under 18")
    card = await walk.press(card, "Next")
    await _put_without_a_channel(walk)
    card = await walk.choose(card, walk.demo.general, which="norms")
    card = await walk.choose(card, walk.demo.mods, which="moderators")
    card = await walk.press(card, "Send a test message")
    card = await walk.press(card, "No moderators' channel")
    card = await walk.choose(card, walk.demo.mods, which="moderators")
    card = await walk.press(card, "Next")
    card = await walk.press(await walk.choose(card, FRIENDS), "Other packs")
    card = await walk.press(await walk.choose(card, FRIENDS), "Take this pack")
    card = await walk.choose(card, "Moderators publish them", which="Who decides")
    card = await walk.choose(card, "The members agree first", which="Who decides")
    card = await walk.choose(card, "At least 3 must be in", which="How many")
    card = await walk.choose(card, "And three quarters agree", which="Share")
    card = await walk.press(await walk.choose(card, "They have 14 days", which="how long"), "Next")
    card = await walk.choose(card, "Deleted 7 days after it closes", which="kept")
    card = await walk.press(await walk.choose(card, "New members wait 3 days", which="new members"), "Next")
    card = await walk.press(await walk.choose(card, walk.demo.general, which="welcome"), "Post the welcome")
    card = await walk.press(await walk.slash("mo", "manage setup"), "When something happened")
    card = await walk.press(card, "Setup")
    await walk.press(await walk.choose(card, "Country and age", which="Change something"), "Done")
    await walk.demo.settle()
    await walk.press(await _posted(walk, "Our norms"), "Our norms")


async def manage_norms(walk: Walk) -> None:
    """Look at a pack and take it; write, move and retire a norm; discard the draft."""
    card = await walk.press(await walk.slash("mo", "manage norms"), "Take a pack")
    card = await walk.choose(card, PARTIES)
    card = await walk.press(await walk.choose(card, card.options[1]), "The whole pack")
    await walk.press(await walk.press(card, "Take these"), "Keep it")
    card = await _written(walk, "One of us stays sober")
    card = await walk.submit(await walk.press(card, "Add a question"), question="Who did it last?")
    card = await walk.press(await walk.press(card, "Up"), "Down")
    form = await walk.press(card, "Edit")
    card = await walk.press(
        await walk.submit(form, norm="One of us stays sober, and all know who."), "All norms"
    )
    card = await walk.choose(card, card.options[-1])
    card = await walk.press(await walk.press(card, "Drop it"), "Drop it")
    card = await walk.press(card, "Overview")
    card = await walk.press(await walk.press(card, "Preview"), "Read them all")
    card = await walk.press(await walk.press(card, "Preview"), "Overview")
    await walk.press(await walk.press(card, "Discard the draft"), "Discard it")


async def manage_put(walk: Walk) -> None:
    """Put a version to the members, withdraw it, publish it, and propose another."""
    await _written(walk, "Nobody walks home alone")
    card = await walk.press(await walk.slash("mo", "manage norms"), "Ask the members")
    card = await walk.press(await walk.press(card, "Post it"), "Overview")
    card = await walk.press(await walk.press(card, "Take it back"), "Take it back")
    card = await walk.press(await walk.press(card, "Publish without asking"), "Post it")
    await walk.demo.settle()
    await _written(walk, "We ask before we post a picture")
    card = await walk.press(await walk.slash("mo", "manage norms"), "Preview")
    await walk.press(await walk.press(card, "What changed"), "Overview")
    card = await walk.press(await walk.slash("mo", "manage norms"), "Ask the members")
    card = await walk.press(await walk.press(card, "Post it"), "Overview")
    versions = await walk.press(await walk.press(card, "Versions"), "Read its norms")
    versions = await walk.press(await walk.press(versions, "Back to the version"), "Older")
    await walk.press(versions, "Overview")


async def norms_said(walk: Walk) -> None:
    """As members, say in and out, and send a concern and a suggestion; as a moderator, read them."""
    card = await walk.slash("ben", "norms")
    card = await walk.press(await walk.choose(card, card.options[0]), "Back")
    card = await walk.press(await walk.press(card, "What's proposed"), "Our norms now")
    await walk.demo.settle()
    post = next(
        one for one in reversed(walk.demo.cards(await walk("ben"))) if "I have a concern" in one.buttons
    )
    await walk.press(post, "Read them all")
    await walk.press(await walk.press(post, "I'm in"), "I'm not in any more")
    concern = await walk.press(post, "I have a concern")
    form = await walk.press(concern, "Write it")
    concern = await walk.submit(form, text=walk.canary("the concern of ben"))
    concern = await walk.choose(concern, [concern.options[0]])
    await _proposed_again(walk)
    moved = await walk.press(await walk.press(concern, "Send"), "Make it about version 4")
    await walk.press(moved, "Send")
    card = await walk.press(await walk.slash("cleo", "norms"), "Suggest")
    form = await walk.press(card, "Write it")
    await walk.press(await walk.submit(form, text=walk.canary("the suggestion of cleo")), "Send")
    await _read(walk)
    for name in ("ben", "cleo"):
        sent = await walk.press(await walk.slash(name, "norms"), "What I sent")
        gone = await walk.press(await walk.press(sent, "Open"), "Take it back")
        if "Show our norms" in gone.buttons:  # The second of two presses finds nothing.
            await walk.press(gone, "Show our norms")


async def manage_reminders(walk: Walk) -> None:
    """Set up reminders with every select, type a zone, pause, read one in the channel, and remove one."""
    card = await _begun(walk, "One norm at a time")
    card = await walk.choose(card, walk.demo.general, which="channel")
    card = await walk.choose(card, "Every month", which="How often")
    card = await walk.choose(card, "The last day", which="rem_late_day")
    card = await walk.choose(card, "Every week", which="How often")
    for which, option in (("which day", "Saturday"), ("what time", "19:00")):
        card = await walk.choose(card, option, which=which)
    card = await walk.press(card, "Limits")
    card = await walk.choose(card, "Also when it's quiet", which="many messages")
    card = await walk.choose(card, "At any hour", which="Quiet hours")
    form = await walk.press(card, "Time zone")
    card = await walk.press(await walk.submit(form, zone="Berlin"), "Limits")
    card = await walk.submit(await walk.press(card, "Time zone"), zone="san")
    card = await walk.press(await walk.choose(card, card.options[0]), "Start")
    await walk.press(card, "Preview")
    card = await walk.press(await walk.press(card, "The next five times"), "Back")
    for label in ("Skip the next", "Pause", "Resume", "Pause for a month", "Resume"):
        card = await walk.press(card, label)
    card = await walk.press(await walk.press(card, "Change"), "Done")
    await walk.press(card, "Back")
    before = await _begun(walk, "A norm before events")
    await walk.press(await walk.choose(before, "2 hours before", which="How long"), "Discard")
    story = await walk.press(await _begun(walk, "One short story at a time"), "Limits")
    story = await walk.press(await walk.choose(story, "Also when it's quiet", which="many"), "Back")
    await walk.press(story, "Start")
    await walk.demo.skip(days=17)
    for label in ("Why", "Read"):
        await walk.press(await _posted(walk, label), label)
    card = await walk.press(await walk.slash("mo", "manage reminders"), "Pause all for a month")
    opened = await walk.press(card, next(id for id, text in beside(card) if "One short story" in text))
    await walk.press(await walk.press(opened, "Remove"), "Remove it")


async def manage_log(walk: Walk) -> None:
    """Read the log page by page and as a file; open past months."""
    log = await walk.slash("mo", "manage log")
    log = await walk.press(log, "Older") if "Older" in log.buttons else log
    await walk.press(log, "Export")
    await walk.slash("mo", "manage insights")


async def _begun(walk: Walk, kind: str) -> Screen:
    card = await walk.press(await walk.slash("mo", "manage reminders"), "Add")
    return await walk.choose(card, kind)


async def _posted(walk: Walk, label: str) -> Screen:
    """Return the newest message in the channel that has this button."""
    posts = walk.demo.cards(await walk("ben"))
    return next(one for one in reversed(posts) if label in one.buttons)


async def _put_without_a_channel(walk: Walk) -> None:
    await _written(walk, "We begin on time")
    card = await walk.press(await walk.slash("mo", "manage norms"), "Ask the members")
    card = await walk.press(await walk.choose(card, walk.demo.general), "Overview")
    await walk.press(await walk.press(card, "Discard the draft"), "Discard it")


async def _written(walk: Walk, title: str) -> Screen:
    form = await walk.press(await walk.slash("mo", "manage norms"), "Write one")
    return await walk.submit(form, title=title, norm=f"{title}, and all of us see to it.")


async def _proposed_again(walk: Walk) -> None:
    """Propose a newer version in place of the one that a concern is about."""
    await _written(walk, "We say when a joke has gone far enough")
    card = await walk.press(await walk.slash("mo", "manage norms"), "Ask the members")
    await walk.press(card, "Post it")
    await walk.demo.settle()


async def _read(walk: Walk) -> None:
    card = await walk.press(await walk.slash("mo", "manage norms"), "What's waiting")
    card = await walk.press(await walk.press(card, "Next"), "Back")
    card = await walk.press(await walk.press(card, "Done"), "Show what's done")
    await walk.press(await walk.press(card, "Open it again"), "Done")


async def norms_unseen(walk: Walk) -> None:
    """Put a version to the members in a channel that takes no messages, and post it again once it does."""
    await _written(walk, "We write down what we agree on")
    path = f"/channels/{walk.demo.general.id}/messages"
    walk.demo.env.inject_error("POST", path, status=400, code=50008)
    card = await walk.press(await walk.slash("mo", "manage norms"), "Ask the members")
    await walk.press(card, "Post it")
    await walk.demo.settle()
    await walk.press(await walk.slash("mo", "manage norms"), "Post it again")
    await walk.demo.settle()


WAYS = (manage_setup, manage_norms, manage_put, norms_said, norms_unseen, manage_reminders, manage_log)
