"""Journeys through `/pair`: propose, agree, check in, share, change, pause, end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.client.screen import Screen
from tests.system.walk import Walk


async def proposals(walk: Walk) -> None:
    """Discard a draft, and take a proposal back; one partner declines, and one agrees."""
    before = await walk.slash("hal", "pair start", partner=await walk("eli"))
    draft = await walk.press(before, "Next")
    draft = await walk.choose(draft, "Every month", which="How often")
    draft = await walk.choose(draft, "Last day", which="late_day")
    draft = await walk.choose(draft, "Every week", which="How often")
    draft = await walk.choose(draft, "Sunday", which="On which day")
    draft = await walk.choose(draft, "19:00", which="hour")
    draft = await walk.choose(draft, "4 weeks", which="long")
    await walk.press(await walk.press(draft, "Back"), "Not now")
    before = await walk.slash("hal", "pair start", partner=await walk("eli"))
    await walk.press(await walk.press(before, "Next"), "Discard")
    shown = await _proposed(walk, "hal", "eli")
    await walk.press(shown, "Take it back")
    await _proposed(walk, "hal", "gus")
    await walk.press(await walk.slash("gus", "pair show"), "No thanks")
    await _proposed(walk, "hal", "ben")
    await walk.entry("ben", "would like to check in with you")
    form = await walk.press(await walk.slash("ben", "pair show"), "How I treat people")
    await walk.submit(form, **_words(walk, "ben", "Auckland"))
    await walk.press(await walk.newest("hal"), "Show the pair")


async def check_ins(walk: Walk) -> None:
    """Move a check-in to the evening, answer it, share it, read what was shared, ask to talk, answer that."""
    await walk.demo.skip(seconds=_until_sunday_evening(walk.demo.now))
    later = await walk.press(await walk.entry("hal", "Your check-in is waiting"), "Ask me tonight")
    await walk.press(later, "Answer now")
    await walk.demo.skip(days=1)
    asked = await walk.entry("hal", "Your check-in is waiting")
    screen = await walk.press(await walk.press(asked, "I slipped up"), "Yes, or I'm not sure")
    assert "Ask someone to talk" in screen.buttons
    asked = await walk.entry("hal", "Your check-in is waiting")
    slipped = await walk.press(await walk.press(asked, "I slipped up"), "No")
    answered = await walk.press(await walk.press(slipped, "Another answer"), "It's been hard")
    form = await walk.press(answered, "Add a note")
    answered = await walk.submit(form, note=walk.canary("the note of hal"))
    answered = await walk.press(answered, "Keep it mine")
    answered = await walk.press(answered, f"Share with {walk.name('ben')}")
    await walk.press(answered, "I'd like to talk")
    assert walk.canary("the note of hal") in await walk.entry("ben", "shared something with you")
    await walk.press(await walk.entry("ben", "would like to talk"), "Not this time")
    await walk.newest("hal")
    card = await walk.slash("ben", "pair show")
    await walk.press(card, "What they shared")
    await walk.press(await walk.slash("ben", "pair show"), "Calendar file")
    notes = await walk.press(await walk.slash("hal", "pair history"), "My notes")
    assert walk.canary("the note of hal") in await walk.press(notes, "Take it back")


async def schedule(walk: Walk) -> None:
    """Suggest another schedule, take it back, decline it, agree to it; pause and resume the pair."""
    card = await walk.press(await _suggested(walk, "hal", "20:00"), "Take it back")
    await walk.press(await walk.press(card, "What I wrote"), "What they wrote")
    await _suggested(walk, "hal", "20:00")
    await walk.press(await walk.entry("ben", "suggests a change"), "Keep it as it is")
    await walk.newest("hal")
    await _suggested(walk, "hal", "21:00")
    await walk.press(await walk.entry("ben", "suggests a change"), "Agree")
    await walk.newest("hal")
    await walk.press(await walk.slash("hal", "settings", zone="Asia/Tokyo"), "Move my check-ins too")
    await walk.press(await walk.slash("hal", "pair pause"), "In two weeks")
    await walk.entry("ben", "paused your check-ins")
    await walk.slash("ben", "pair resume")
    await walk.slash("hal", "pair resume")


async def silence(walk: Walk) -> None:
    """Miss rounds until the bot asks about it; then one wants to renew, and the other ends the pair."""
    await walk.demo.skip(days=23)
    await walk.entry("ben", "Does your pair still suit you?")
    await walk.demo.skip(days=4)
    last = await walk.press(await walk.entry("hal", "Your check-in is waiting"), "On track")
    await walk.press(last, "Keep going")
    await walk.press(await walk.press(await walk.slash("ben", "pair end"), "Keep it"), "End")
    ending = await walk.slash("ben", "pair end")
    await walk.press(ending, "End it now")
    await walk.newest("hal")


async def _proposed(walk: Walk, name: str, partner: str) -> Screen:
    before = await walk.slash(
        name, "pair start",
        partner=await walk(partner), cadence="weekly", day="Sunday", at="18:00", weeks=4,
    )  # fmt: skip
    return await walk.submit(await walk.press(before, "A habit"), **_words(walk, name, "Berlin"))


def _until_sunday_evening(now: datetime) -> float:
    """Return the seconds until just after the first check-in, which is at least a day away."""
    earliest = now.astimezone(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    sunday = earliest.replace(hour=18, minute=1) + timedelta(days=6 - earliest.weekday())
    return ((sunday if sunday > earliest else sunday + timedelta(days=7)) - now).total_seconds()


async def _suggested(walk: Walk, name: str, hour: str) -> Screen:
    card = await walk.choose(await walk.slash(name, "pair change"), hour, which="hour")
    return await walk.press(card, "Suggest it")


def _words(walk: Walk, name: str, zone: str) -> dict[str, str]:
    texts = {key: walk.canary(f"the pair of {name}: {key}") for key in ("aim", "signs", "words")}
    return {**texts, "zone": zone}


WAYS = (proposals, check_ins, schedule, silence)
