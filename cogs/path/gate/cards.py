"""The cards before a path. Nothing of what is picked on them is kept.

Where they start no path, they don't say that one shows meetings: it would stand beside an emergency number.
"""

from msgspec.structs import replace

from bot.content.helplines import Country, SupportTopic
from bot.content.library import Library
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.path import strings
from cogs.path.parts import button, joined, show, spoken
from cogs.shared.support.cards import whose

NONE, GOES_ON, DANGER = "none", "no", "danger"
"""The answer after which a path begins, the fact after which it can still begin, and the gravest fact."""
_CHECKED_ON = {DANGER, GOES_ON}
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
        tonight = strings.NOT_TONIGHT if key == DANGER else ""
        still = "" if key == GOES_ON else strings.STILL_OPEN
        row = [show(path), button(strings.END, "paths.ending", path), *contact]
        return Card(strings.FACT_TITLES[key], joined(text, tonight, still), rows=(row,))
    if key == GOES_ON:
        row = [Button(strings.BEGIN_STOP, to("paths.start", server), Tone.CHIEF), *contact]
        return Card(strings.FACT_TITLES[key], text, rows=(row,))
    return Card(strings.FACT_TITLES[key], joined(text, strings.NOT_STARTED), rows=(row,) if row else ())


def afraid(library: Library, country: Country) -> Card:
    """Show a card for somebody beside a path who is afraid for somebody."""
    text = library.path.afraid
    return Card(text.title, spoken(text.card, library, country.code), small=whose(country))


def cited(library: Library, country: Country) -> Card:
    """Show a card for somebody who was told "I'm on a path". It leads to help for people who were hurt."""
    text = library.path.cited
    group = f"**{text.group_title}**\n{text.group}"
    hurt = Button(library.support_texts.hurt.title, to("support.door", country.code, SupportTopic.HURT))
    body = joined(spoken(text.card, library, country.code), group)
    return Card(text.title, body, rows=((hurt,),), small=whose(country))


def cited_alone(library: Library, country: Country) -> Card:
    """Show to somebody under 18 what hearing of a path means, with people who can help them."""
    card = cited(library, country)
    rows = ((Button(strings.WHO_CAN_HELP, to("support.under18")),),)
    return replace(card, after=strings.NOT_ALONE, rows=rows, close=True)
