"""The cards of `/callin`.

Their buttons hold all that they depend on: what happened, the setting, the voice.
"""

from collections.abc import Iterator, Mapping

from bot.content.callin import CallinSetting, Occasion, Setting, Voice, What
from bot.content.helplines import Country
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from cogs.shared.support.cards import whose
from cogs.support.callin import strings

_ACROSS = 2
"""How many buttons in a row a phone shows well."""


def start(occasions: Mapping[What, Occasion], setting: Setting) -> Card:
    """Let them choose what happened.

    It leads at once to the words for this setting, in the gentle voice. Both can be changed there.
    """
    what = [
        Button(occasion.label, to("callin.words", at(one, setting), Voice.GENTLE))
        for one, occasion in occasions.items()
    ]
    rows = [what[first : first + _ACROSS] for first in range(0, len(what), _ACROSS)]
    return Card(strings.TITLE, strings.START, rows=rows, small=strings.NOTHING_KEPT)


def said(what: What, occasion: Occasion, setting: Setting, voice: Voice, country: Country) -> Card:
    """Show two or three ways to say it, with buttons for other settings and for the other voice."""
    when = [
        Button(label, to("callin.when", at(what, one), voice), _tone(one is setting))
        for one, label in strings.SETTINGS.items()
    ]
    how = [
        Button(label, to("callin.voice", at(what, setting), one), _tone(one is voice))
        for one, label in strings.VOICES.items()
    ]
    back = Button(strings.BACK, to("callin.start", setting))
    moment = occasion.moment(setting)
    text = "\n".join(_parts(moment, voice, country))
    small = f"{strings.YOURS}\n{whose(country)}" if moment.gives_a_number else strings.YOURS
    return Card(occasion.title, text, rows=(when, how, (back,)), small=small).within(country.code)


def own() -> Card:
    """Say that the menu is not for a message of one's own."""
    think = Button(strings.THINK, to("think.open"), Tone.CHIEF)
    return Card(strings.OWN_TITLE, strings.OWN, rows=((think,),))


def at(what: What, setting: Setting) -> str:
    """Return the argument of a custom_id that leads there. `place` reads it."""
    return f"{what}-{setting}"


def place(argument: str) -> tuple[What, Setting]:
    """Return what an argument names. Raises ValueError if there is no such thing."""
    what, _, setting = argument.partition("-")
    return What(what), Setting(setting)


def _parts(moment: CallinSetting, voice: Voice, country: Country) -> Iterator[str]:
    wording = moment.said(voice)
    if moment.first:
        yield moment.comes_first(f"**{country.emergency}**") + "\n"
    for way in wording.ways:
        yield strings.LEAD.format(lead=way.lead)
        yield strings.TO_COPY.format(sentence=way.words)
    yield strings.LEAD.format(lead=strings.BRUSHED_OFF)
    yield strings.TO_COPY.format(sentence=wording.brushed_off)
    yield strings.BETTER_NOT.format(advice=moment.better_not)


def _tone(here: bool) -> Tone:
    return Tone.CHIEF if here else Tone.QUIET
