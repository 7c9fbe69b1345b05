"""The cards of the alarm: set, not to be set, and ready."""

from datetime import datetime

from bot.guidance.lines import Country
from bot.guidance.texts import Contact
from bot.ui import when
from bot.ui.look import Button, Card
from bot.ui.route import to
from cogs.support.contact import words


def reminds(country: Country) -> Button:
    return Button(words.REMIND, to("contact.remind", country.code))


def is_set(at: datetime, country: Country) -> Card:
    text = words.SET.format(at=when.moment(at))
    return Card(words.SET_TITLE, text, rows=(_back(country),), small=words.SET_SMALL).within(country.code)


def cannot(country: Country) -> Card:
    """Without a database: what to do instead."""
    return Card(words.CANNOT_TITLE, words.CANNOT, rows=(_back(country),)).within(country.code)


def ready(texts: Contact) -> Card:
    """The advice on a short text, 12 hours later."""
    return Card(texts.later.title, texts.later.body)


def _back(country: Country) -> list[Button]:
    return [Button(words.BACK, to("contact.back", country.code))]
