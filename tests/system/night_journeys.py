"""Journeys through `/night`: planned sober, with company, looked out for, on, and the day after."""

from datetime import datetime, timedelta

from bot.demo.client.screen import Screen
from bot.nights.models import Night
from cogs.night import strings
from tests.system.walk import Walk

PLANNED = {"limit": "my limit", "notice": "what to notice", "words": "what to say", "way": "my way home"}


async def night(walk: Walk) -> Night:
    """Return Hal's next night."""
    services = walk.demo.bot.services
    person = await services.people.of_account((await walk("hal")).id)
    [view, *_] = await services.nights.queries.mine(person, walk.demo.now)
    found: Night = view.night
    return found


async def until(walk: Walk, moment: datetime) -> None:
    await walk.demo.skip(seconds=max(0, (moment - walk.demo.now).total_seconds()))


async def option(walk: Walk, name: str, key: str) -> Screen:
    """Choose an option behind `More`."""
    menu = await walk.press(await walk.slash(name, "night"), strings.MORE)
    return await walk.choose(menu, strings.MORE_OPTIONS[key])


async def planned(walk: Walk) -> None:
    """Plan tomorrow's night with its card, and a second one, which is left again."""
    zone = await walk.press(
        await walk.press(await walk.slash("hal", "night"), strings.PLAN), strings.SET_ZONE
    )
    shown = await walk.submit(zone, zone="Berlin")
    shown = await walk.choose(shown, strings.TOMORROW, which="nights.day")
    shown = await walk.choose(shown, "From 21:00", which="nights.from")
    shown = await walk.choose(shown, "Until about 05:00", which="nights.until")
    shown = await walk.press(shown, strings.ITS_A_PLAN)
    form = await walk.press(shown, strings.MY_CARD)
    typed = {key: walk.canary(f"{of} of hal, first") for key, of in PLANNED.items()}
    shown = await walk.submit(form, **typed)
    form = await walk.press(await walk.press(shown, strings.MY_CARD), strings.CHANGE)
    await walk.submit(form, **{key: walk.canary(f"{of} of hal") for key, of in PLANNED.items()})
    another = await option(walk, "hal", "plan")
    another = await walk.choose(another, another.options[3], which="nights.day")
    await walk.press(another, strings.ITS_A_PLAN)
    which = await walk.slash("hal", "night")
    shown = await walk.choose(which, which.options[1])
    leaving = await walk.choose(await walk.press(shown, strings.MORE), strings.MORE_OPTIONS["leave"])
    shown = await walk.press(leaving, strings.STAY)
    leaving = await walk.choose(await walk.press(shown, strings.MORE), strings.MORE_OPTIONS["leave"])
    await walk.press(leaving, strings.YES_LEAVE)


async def company(walk: Walk) -> None:
    """Invite friends, who say yes, no, or never; others count themselves in."""
    inviting = await walk.press(await walk.slash("hal", "night"), strings.INVITE)
    for name in ("cleo", "gus", "ben"):
        inviting = await walk.press(await walk.choose(inviting, await walk(name)), strings.INVITE)
    asked = "would like you along"
    await walk.press(await walk.entry("cleo", asked), strings.COUNT_ME_IN)
    await walk.press(await walk.entry("ben", asked), strings.NOT_ME)
    before = await walk.press(await walk.entry("gus", asked), f"Never from {walk.name('hal')}")
    before = await walk.press(await walk.press(before, "Back"), f"Never from {walk.name('hal')}")
    await walk.press(before, "Set the boundary")
    await walk.press(await option(walk, "hal", "post"), strings.POST_IT)
    await walk.demo.skip(minutes=2)
    for name in ("ben", "dan", "fin"):
        post = next(
            one
            for one in reversed(walk.demo.cards(await walk(name)))
            if strings.COUNT_ME_IN in one.buttons and not one.ephemeral
        )
        await walk.press(await walk.press(post, strings.COUNT_ME_IN), strings.COUNT_ME_IN)


async def looks_out(walk: Walk) -> None:
    """Choose who looks out: one agrees, one says no, one never, and a wish is taken back."""
    for name in ("cleo", "ben", "fin"):
        await walk.choose(await option(walk, "hal", "choose"), walk.name(name))
    asks = "would like you to look out for them"
    agreed = await walk.press(await walk.entry("cleo", asks), strings.LOOK_OUT)
    assert walk.canary("my limit of hal") in await walk.press(agreed, strings.THEIR_CARD)
    await walk.press(await walk.entry("ben", asks), strings.CANT)
    before = await walk.press(await walk.entry("fin", asks), f"Never from {walk.name('hal')}")
    before = await walk.press(await walk.press(before, "Back"), f"Never from {walk.name('hal')}")
    await walk.press(before, "Set the boundary")
    await walk.entry("hal", "looks out for you on your night out")
    shown = await option(walk, "hal", "choose")
    take_back = [one for one in shown.custom_ids if one.startswith("v1:nights.take_back:")]
    await walk.press(shown, take_back[-1])
    await walk.choose(await option(walk, "cleo", "choose"), walk.name("hal"))
    await walk.press(await walk.entry("hal", asks), strings.LOOK_OUT)
    await walk.press(await option(walk, "hal", "after"), strings.THEIR_CARD)
    await walk.choose(await option(walk, "hal", "home"), "02:00")
    await walk.choose(await option(walk, "hal", "check"), "23:00")


async def on(walk: Walk) -> None:
    """Let the night begin: they are asked, need a hand, stay out longer, and come home."""
    starts_at = (await night(walk)).starts_at
    await until(walk, starts_at + timedelta(minutes=1))
    fine = await walk.press(await walk.entry("hal", strings.ASKED_START), strings.FINE)
    await walk.press(fine, strings.TO_NIGHT)
    await until(walk, starts_at + timedelta(hours=2, minutes=1))
    called = await walk.press(await walk.entry("hal", strings.ASKED_CHECK), strings.HAND)
    await walk.demo.skip(minutes=1)
    await walk.press(called, "I'm too drunk")
    friend = await walk.entry("cleo", "needs a hand now")
    assert walk.canary("what to say of hal") in friend
    advice = await walk.press(friend, "If somebody follows them")
    await walk.press(advice, strings.BACK)
    stopping = await walk.choose(await option(walk, "hal", "after"), walk.name("cleo"))
    await walk.press(stopping, strings.YES_STOP)
    await walk.entry("cleo", strings.GONE_ENTRY)
    await until(walk, starts_at + timedelta(hours=6, minutes=5))
    await walk.entry("cleo", "hasn't said they're home")
    await walk.press(await walk.entry("hal", strings.ASKED_HOME), strings.OUT)
    await walk.entry("cleo", "There's news about a friend")
    await walk.demo.skip(minutes=70)
    await walk.press(await walk.entry("hal", strings.ASKED_HOME), strings.HOME)


async def day_after(walk: Walk) -> None:
    """Say how it was, thank, keep the card, and delete it again after everything else has gone."""
    await until(walk, (await night(walk)).noon_at + timedelta(minutes=1))
    asked = await walk.entry("hal", strings.ASKED_NOON)
    fine = await walk.press(asked, strings.WAS_FINE)
    await walk.press(fine, strings.THANKS)
    mine = await walk.press(await walk.press(fine, strings.SHOW_CARD), strings.KEEP)
    assert walk.canary("my way home of hal") in mine
    await walk.press(await walk.entry("ben", strings.ASKED_NOON), strings.MORE)
    await walk.entry("cleo", "says thanks")
    await until(walk, (await night(walk)).destroyed_at + timedelta(minutes=1))
    kept = await walk.press(await walk.slash("hal", "night"), strings.KEPT_CARD)
    await walk.press(await walk.press(kept, strings.DELETE_KEPT), strings.BACK)


WAYS = (planned, company, looks_out, on, day_after)
