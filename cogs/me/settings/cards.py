"""The cards of `/settings`."""

from datetime import datetime

from bot.content.model import Card as Text
from bot.people.model import AGE_CAN_CHANGE_AFTER, FOREVER, Person
from bot.ui import when
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.me.settings import words

RESTS = {"day": words.REST_DAY, "week": words.REST_WEEK, "month": words.REST_MONTH, "open": words.REST_OPEN}
_HOURS = [f"{hour:02}:00" for hour in range(24)]
_BACK = Button(words.BACK, to("settings.show"))


def settings(
    person: Person, now: datetime, notice: str = "", *, grown: bool = False, elsewhere: bool = False
) -> Card:
    """All four, with what each means.

    `grown`: they said that they are 18 or over. `elsewhere`: check-ins of theirs follow another zone.
    """
    asked = words.ELSEWHERE if elsewhere else ""
    lines = (notice, asked, _zone(person, now), _quiet(person), _rest(person, now), _age(person, grown))
    rows = (
        Button(words.ZONE_BUTTON, to("settings.zone")),
        Button(words.QUIET_BUTTON, to("settings.quiet")),
        Button(words.REST_BUTTON, to("settings.rest")),
        Button(words.AGE_BUTTON, to("settings.age")),
    )
    move = (Button(words.MOVE, to("pairs.move"), Tone.CHIEF),) if elsewhere else ()
    text = "\n\n".join(line for line in lines if line)
    return Card(words.TITLE, text, rows=(move, rows), small=words.SMALL)


def zone() -> Card:
    return Card(words.ZONE_TITLE, words.ZONE_TEXT, rows=((_BACK,),))


def quiet(start: int, end: int) -> Card:
    """Two selects, each of which carries what the other one holds; hours 0 to 23."""
    same = start == end
    text = (words.QUIET_SAME if same else words.QUIET_TEXT).format(start=_HOURS[start], end=_HOURS[end])
    held = f"{start:02}{end:02}"
    keep = [] if same else [Button(words.QUIET_KEEP, to("settings.quiet_keep", held), Tone.CHIEF)]
    return Card(
        words.QUIET_TITLE,
        text,
        rows=(
            _hours(words.QUIET_FROM, "settings.quiet_from", held, start),
            _hours(words.QUIET_TO, "settings.quiet_to", held, end),
            (*keep, Button(words.QUIET_NONE, to("settings.quiet_none")), _BACK),
        ),
    )


def rest(person: Person, now: datetime) -> Card:
    until = person.resting_until
    state = ""
    ending = []
    if until is not None and person.resting(now):
        state = (
            words.REST_UNTIL_I_SAY if until >= FOREVER else words.REST_UNTIL.format(until=when.moment(until))
        )
        ending = [Button(words.REST_END, to("settings.rest_end"), Tone.CHIEF)]
    spans = [Button(label, to("settings.rest_for", key)) for key, label in RESTS.items()]
    text = "\n\n".join(part for part in (state, words.REST_TEXT) if part)
    return Card(words.REST_TITLE, text, rows=(spans, (*ending, _BACK)))


def age(person: Person) -> Card:
    if person.minor_since is None:
        say = (Button(words.MINOR, to("settings.minor")), _BACK)
        return Card(words.AGE_TITLE, words.AGE_TEXT, rows=(say,))
    since = when.moment(person.minor_since + AGE_CAN_CHANGE_AFTER)
    take_back = Button(words.GROWN, to("settings.grown"))
    rows = (take_back, Button(words.LINES, to("support.under18")), _BACK)
    return Card(words.AGE_TITLE, words.AGE_MINOR_TEXT.format(from_when=since), rows=(rows,))


def minor(text: Text) -> Card:
    """What there is for somebody under 18, when they have just said so."""
    return Card(
        text.title, text.body, rows=((Button(words.LINES, to("support.under18"), Tone.CHIEF), _BACK),)
    )


# -- parts ------------------------------------------------------------------------------------------


def _zone(person: Person, now: datetime) -> str:
    sentence = words.ZONE_LINE if person.zone else words.NO_ZONE_LINE
    return sentence.format(zone=person.zone, clock=f"{now.astimezone(person.tz):%H:%M}")


def _quiet(person: Person) -> str:
    if person.quiet is None:
        return words.NO_QUIET_LINE
    return words.QUIET_LINE.format(start=f"{person.quiet.start:%H:%M}", end=f"{person.quiet.end:%H:%M}")


def _rest(person: Person, now: datetime) -> str:
    until = person.resting_until
    if until is None or not person.resting(now):
        return words.NO_REST_LINE
    return words.REST_OPEN_LINE if until >= FOREVER else words.REST_LINE.format(until=when.moment(until))


def _age(person: Person, grown: bool) -> str:
    if person.minor:
        return words.MINOR_LINE
    return words.GROWN_LINE if grown else words.AGE_LINE


def _hours(prompt: str, verb: str, held: str, chosen: int) -> Choice:
    options = [
        Option(prompt.format(hour=label), f"{hour:02}", chosen=hour == chosen)
        for hour, label in enumerate(_HOURS)
    ]
    return Choice(prompt.format(hour=_HOURS[chosen]), to(verb, held), options)
