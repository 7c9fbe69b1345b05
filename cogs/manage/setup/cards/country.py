"""Part 1 of the setup: the country whose helplines are shown, and whether members may be under 18."""

from bot.content.library import WORLD, Library
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.manage.setup import strings
from cogs.manage.setup.cards.part import COUNTRY, Mode, Part
from cogs.manage.setup.here import Here

YES = "yes"


def country(library: Library, here: Here, mode: Mode) -> Part:
    settings = here.settings
    some = settings.minors
    countries = [
        Option(one.name, one.code, chosen=one.code == settings.country) for one in library.countries()
    ]
    minors = [
        Option(label, value, about, chosen=(value == YES) is some)
        for value, (label, about) in strings.MINORS.items()
    ]
    return Part(
        strings.COUNTRY_TITLE,
        (
            _shown(settings.country),
            strings.MINORS_YES if some else strings.MINORS_NO,
        ),
        (
            Choice(strings.COUNTRY_PROMPT, to("manage.set_country", mode), countries),
            Choice(strings.MINORS_PROMPT, to("manage.set_minors", mode), minors),
        ),
    )


def closing(mode: Mode) -> Card:
    """Ask before a server is set for minors."""
    row = [
        Button(strings.CLOSE, to("manage.set_minors", mode, YES), Tone.CHIEF),
        Button(strings.KEEP_OPEN, to("manage.step", str(COUNTRY), mode)),
    ]
    return Card(strings.CLOSE_TITLE, strings.CLOSE_TEXT, rows=(row,))


def _shown(code: str | None) -> str:
    """Say which helplines members see with this country."""
    if code is None:
        return strings.COUNTRY_NONE
    return strings.COUNTRY_OTHER if code == WORLD else strings.COUNTRY
