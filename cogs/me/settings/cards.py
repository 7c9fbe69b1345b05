"""The cards of `/settings`."""

from datetime import datetime

from bot.content.models import CardText
from bot.people.models import AGE_CAN_CHANGE_AFTER, FOREVER, Person
from bot.ui import when
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.me.settings import strings

RESTS = {
    "day": strings.REST_DAY,
    "week": strings.REST_WEEK,
    "month": strings.REST_MONTH,
    "open": strings.REST_OPEN,
}
_HOURS = [f"{hour:02}:00" for hour in range(24)]
_BACK = Button(strings.BACK, to("settings.show"))


def settings(
    person: Person, now: datetime, notice: str = "", *, said_adult: bool = False, elsewhere: bool = False
) -> Card:
    """Show all four settings, each with what it means.

    said_adult: they said that they are 18 or over. elsewhere: some of their check-ins use another time zone.
    """
    asked = strings.ELSEWHERE if elsewhere else ""
    lines = (notice, asked, _zone(person, now), _quiet(person), _rest(person, now), _age(person, said_adult))
    rows = (
        Button(strings.ZONE_BUTTON, to("settings.zone")),
        Button(strings.QUIET_BUTTON, to("settings.quiet")),
        Button(strings.REST_BUTTON, to("settings.rest")),
        Button(strings.AGE_BUTTON, to("settings.age")),
    )
    move = (Button(strings.MOVE, to("pairs.move"), Tone.CHIEF),) if elsewhere else ()
    text = "\n\n".join(line for line in lines if line)
    return Card(strings.TITLE, text, rows=(move, rows), small=strings.SMALL)


def zone() -> Card:
    return Card(strings.ZONE_TITLE, strings.ZONE_TEXT, rows=((_BACK,),))


def quiet(start: int, end: int) -> Card:
    """Show two selects for hours from 0 to 23. The custom_id of each has the value of the other."""
    same = start == end
    text = (strings.QUIET_SAME if same else strings.QUIET_TEXT).format(start=_HOURS[start], end=_HOURS[end])
    hours = f"{start:02}{end:02}"
    keep = [] if same else [Button(strings.QUIET_KEEP, to("settings.quiet_keep", hours), Tone.CHIEF)]
    return Card(
        strings.QUIET_TITLE,
        text,
        rows=(
            _hours(strings.QUIET_FROM, "settings.quiet_from", hours, start),
            _hours(strings.QUIET_TO, "settings.quiet_to", hours, end),
            (*keep, Button(strings.QUIET_NONE, to("settings.quiet_none")), _BACK),
        ),
    )


def rest(person: Person, now: datetime) -> Card:
    until = person.resting_until
    state = ""
    ending = []
    if until is not None and person.resting(now):
        state = (
            strings.REST_UNTIL_I_SAY
            if until >= FOREVER
            else strings.REST_UNTIL.format(until=when.moment(until))
        )
        ending = [Button(strings.REST_END, to("settings.rest_end"), Tone.CHIEF)]
    spans = [Button(label, to("settings.rest_for", key)) for key, label in RESTS.items()]
    text = "\n\n".join(part for part in (state, strings.REST_TEXT) if part)
    return Card(strings.REST_TITLE, text, rows=(spans, (*ending, _BACK)))


def age(person: Person) -> Card:
    if person.minor_since is None:
        say = (Button(strings.MINOR, to("settings.minor")), _BACK)
        return Card(strings.AGE_TITLE, strings.AGE_TEXT, rows=(say,))
    since = when.moment(person.minor_since + AGE_CAN_CHANGE_AFTER)
    take_back = Button(strings.GROWN, to("settings.grown"))
    rows = (take_back, Button(strings.LINES, to("support.under18")), _BACK)
    return Card(strings.AGE_TITLE, strings.AGE_MINOR_TEXT.format(from_when=since), rows=(rows,))


def minor(text: CardText) -> Card:
    """Show what there is for somebody who has just said that they are under 18."""
    return Card(
        text.title, text.body, rows=((Button(strings.LINES, to("support.under18"), Tone.CHIEF), _BACK),)
    )


# -- parts ------------------------------------------------------------------------------------------


def _zone(person: Person, now: datetime) -> str:
    clock = f"{now.astimezone(person.tz):%H:%M}"
    if person.zone_lost:
        return strings.LOST_ZONE_LINE.format(zone=person.zone, clock=clock)
    return (strings.ZONE_LINE if person.zone else strings.NO_ZONE_LINE).format(zone=person.zone, clock=clock)


def _quiet(person: Person) -> str:
    if person.quiet is None:
        return strings.NO_QUIET_LINE
    return strings.QUIET_LINE.format(start=f"{person.quiet.start:%H:%M}", end=f"{person.quiet.end:%H:%M}")


def _rest(person: Person, now: datetime) -> str:
    until = person.resting_until
    if until is None or not person.resting(now):
        return strings.NO_REST_LINE
    return strings.REST_OPEN_LINE if until >= FOREVER else strings.REST_LINE.format(until=when.moment(until))


def _age(person: Person, said_adult: bool) -> str:
    if person.minor:
        return strings.MINOR_LINE
    return strings.GROWN_LINE if said_adult else strings.AGE_LINE


def _hours(prompt: str, verb: str, hours: str, chosen: int) -> Choice:
    options = [
        Option(prompt.format(hour=label), f"{hour:02}", chosen=hour == chosen)
        for hour, label in enumerate(_HOURS)
    ]
    return Choice(prompt.format(hour=_HOURS[chosen]), to(verb, hours), options)
