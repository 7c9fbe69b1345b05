"""The cards of `/contact`: the question, its answers, and the reminder."""

from datetime import datetime

from bot.content.helplines import Country
from bot.content.texts import ContactTexts, Turn
from bot.ui import when
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.shared.plans.parts import what_ill_do
from cogs.shared.support import strings as support_words
from cogs.shared.support.cards import NOT_NOW, whose
from cogs.support.contact import strings

DANGER = "danger"
"""The key of the answer after which nothing but help now is offered."""


def reminds(country: Country) -> Button:
    return Button(strings.REMIND, to("contact.remind", country.code))


def contact(texts: ContactTexts, country: Country) -> Card:
    """Show "Which is true?" and its four answers."""
    turns = [Button(turn.label, to("contact.choose", turn.key, country.code)) for turn in texts.choices]
    rows = [(one,) for one in turns]
    card = Card(texts.card.title, texts.card.body, rows=rows, small=strings.NOTHING_KEPT, close=True)
    return card.within(country.code)


def turn(chosen: Turn, country: Country) -> Card:
    """Show what follows from one answer. If it has an emergency number, say for which country that is."""
    card = chosen.card.filled(emergency=f"**{country.emergency}**")
    waits = chosen.key == NOT_NOW
    small = whose(country) if chosen.card.needs else strings.REMIND_SMALL if waits else ""
    meanwhile = [reminds(country), Button(support_words.THINK, to("think.open"))] if waits else []
    plan = [] if chosen.key == DANGER else [what_ill_do()]
    row = [*meanwhile, *plan, Button(support_words.BACK, to("contact.back", country.code))]
    return Card(card.title, card.body, rows=(row,), small=small, close=True).within(country.code)


def is_set(at: datetime, country: Country) -> Card:
    text = strings.SET.format(at=when.moment(at))
    card = Card(
        strings.SET_TITLE, text, rows=([what_ill_do(), *_back(country)],), small=strings.SET_SMALL, close=True
    )
    return card.within(country.code)


def cannot(country: Country) -> Card:
    """Say what to do instead of a reminder, since the database can't be used."""
    card = Card(strings.CANNOT_TITLE, strings.CANNOT, rows=(_back(country),), close=True)
    return card.within(country.code)


def ready(texts: ContactTexts) -> Card:
    """Show, 12 hours later, the advice about a short text."""
    think = Button(support_words.THINK, to("think.open"))
    return Card(texts.later.title, texts.later.body, rows=([think, what_ill_do()],), close=True)


def _back(country: Country) -> list[Button]:
    return [Button(strings.BACK, to("contact.back", country.code))]
