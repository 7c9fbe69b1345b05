"""The cards before a path. Nothing of what is picked on them is kept.

Where they start no path, they don't say that one shows meetings: it would stand beside an emergency number.
"""

from msgspec.structs import replace

from bot.content.library import Library
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.path import strings
from cogs.path.parts import button, joined, show, spoken

NONE, GOES_ON = "none", "no"
"""The answer after which a path begins at once, and the fact after which it can still begin."""
_CHECKED_ON = {"danger", "no"}
"""The facts after which somebody may need help now. After the others, they are left alone."""
_CITED = Button(strings.CITED, to("aside.cited"))


def before(library: Library, server: str, country: str | None) -> Card:
    text = spoken(library.path.gate.before, library, country)
    rows = (
        (
            Button(strings.CONTINUE, to("paths.adult", server), Tone.CHIEF),
            _CITED,
        ),
    )
    return Card(strings.GATE_TITLE, text, rows=rows)


def refused(card: Card) -> Card:
    """Add to the card of a refusal what is for everybody: what it means when somebody is on a path."""
    return replace(card, rows=(*card.rows, (_CITED,)), close=True)


def facts(server: str) -> Card:
    options = [Option(label, key) for key, label in strings.FACT_LABELS.items()]
    choice = Choice(strings.FACTS_CHOOSE, to("paths.facts", server), options, most=len(options))
    return Card(strings.FACTS_TITLE, strings.FACTS, rows=(choice,))


def gravest(picked: set[str]) -> str:
    """Return the fact that decides: the gravest of those picked."""
    return next((fact for fact in strings.FACT_LABELS if fact in picked), NONE)


def fact(library: Library, key: str, server: str, country: str | None, *, path: str = "") -> Card:
    """Say what comes instead of a path or, for one fact, before its second step.

    path: the path that they have there; empty if they have none.
    """
    text = spoken(getattr(library.path.gate, key), library, country)
    contact = [Button(strings.CONTACT, to("contact.open"))] if key in _CHECKED_ON else []
    row: list[Button] = contact
    if path:
        still = "" if key == GOES_ON else strings.STILL_OPEN
        row = [show(path), button(strings.END, "paths.ending", path), *contact]
        return Card(strings.FACT_TITLES[key], joined(text, still), rows=(row,))
    if key == GOES_ON:
        row = [Button(strings.BEGIN_STOP, to("paths.start", server), Tone.CHIEF), *contact]
    return Card(strings.FACT_TITLES[key], text, rows=(row,) if row else ())


def aside(library: Library, which: str, country: str | None) -> Card:
    """Show a card for somebody beside a path: who is afraid for somebody, or was told "I'm on a path"."""
    found = library.path.cited if which == "cited" else library.path.afraid
    return Card(found.title, spoken(found.card, library, country))


def cited_alone(library: Library, country: str | None) -> Card:
    """Show to somebody under 18 what hearing of a path means, with people who can help them."""
    found = library.path.cited
    text = joined(spoken(found.card, library, country), strings.NOT_ALONE)
    rows = ((Button(strings.WHO_CAN_HELP, to("support.under18")),),)
    return Card(found.title, text, rows=rows, close=True)
