"""Part 1 of the setup: the country whose helplines are shown, and who of the members is an adult."""

from bot.content.library import WORLD, Library
from bot.servers.models import Server
from bot.ui.components import Button, Card, Choice, Option, RoleChoice, Row, Tone
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import COUNTRY, Mode, Part
from cogs.manage.setup.here import Here

NO, ROLE, YES = "no", "role", "yes"
"""The answers to whether there are members under 18. ROLE: yes, and adults have a role."""


def country(library: Library, here: Here, mode: Mode) -> Part:
    settings = here.settings
    answer = ROLE if here.asks_role else age(settings)
    countries = [
        Option(one.name, one.code, chosen=one.code == settings.country) for one in library.countries()
    ]
    minors = [
        Option(label, value, about, chosen=value == answer)
        for value, (label, about) in strings.MINORS.items()
    ]
    rows: list[Row] = [
        Choice(strings.COUNTRY_PROMPT, to("manage.set_country", mode), countries),
        Choice(strings.MINORS_PROMPT, to("manage.set_minors", mode), minors),
    ]
    if answer == ROLE:
        current = settings.adult_role if here.role_there else None
        rows.append(RoleChoice(strings.ROLE_PROMPT, to("manage.set_adults", mode), current))
    first = mode is Mode.STEP and not here.begun
    return Part(
        strings.COUNTRY_TITLE,
        (*([strings.INTRO] if first else []), _shown(settings.country), _age(here)),
        rows,
        small=strings.INTRO_SMALL if mode is Mode.STEP else "",
    )


def age(settings: Server) -> str:
    """Return the answer that a server has given."""
    if settings.minors:
        return YES
    return NO if settings.adult_role is None else ROLE


def closing(mode: Mode) -> Card:
    """Say what ends when what is for adults is closed, and offer what ends nothing, before they are."""
    row = [
        Button(strings.CLOSE, to("manage.set_minors", mode, YES), Tone.CHIEF),
        Button(strings.ADULTS_ROLE, to("manage.set_minors", mode, ROLE)),
        Button(strings.KEEP_OPEN, to("manage.step", str(COUNTRY), mode)),
    ]
    return Card(strings.CLOSE_TITLE, strings.CLOSE_TEXT, rows=(row,))


def _age(here: Here) -> str:
    settings = here.settings
    if here.asks_role:
        return strings.AGE_ASKS_ROLE
    if settings.minors:
        return strings.AGE_YES
    if settings.adult_role is None:
        return strings.AGE_NO
    if not here.role_there:
        return strings.AGE_ROLE_GONE
    return strings.AGE_ROLE.format(role=wording.role(settings.adult_role))


def _shown(code: str | None) -> str:
    """Say which helplines members see with this country."""
    if code is None:
        return strings.COUNTRY_NONE
    return strings.COUNTRY_OTHER if code == WORLD else strings.COUNTRY
