"""What the cards of `/night` have in common."""

from bot.content.library import Library
from bot.content.models import CardText
from bot.nights.models import Night, NightCard
from bot.text import is_blank
from bot.ui import plain, when
from bot.ui.components import Button, Said, Tone
from bot.ui.custom_id import to
from cogs.night import strings


def filled(text: CardText, library: Library, country: str | None, **values: str) -> CardText:
    """Return a text of `data/night/` with the emergency number of the country, and these values."""
    return text.filled(emergency=library.emergency(country), **values)


def joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def span(night: Night) -> str:
    """Say when a night is. Everybody sees it in their own time."""
    return strings.WHEN.format(start=when.moment(night.starts_at), end=when.clock(night.ends_at))


def spoken(card: NightCard) -> list[Said]:
    """Return what a friend wrote on their card, without the fields that they left blank."""
    return _said(card, (strings.CARD_LIMIT, strings.CARD_NOTICE, strings.CARD_WORDS, strings.CARD_WAY))


def own(card: NightCard) -> list[Said]:
    """Return the same to its author, under the headings of the form."""
    return _said(card, (strings.MY_LIMIT, strings.MY_NOTICE, strings.MY_WORDS, strings.MY_WAY))


def _said(card: NightCard, headings: tuple[str, ...]) -> list[Said]:
    written = (card.limit, card.notice, card.words, card.way)
    return [
        Said(heading, plain.escaped(text))
        for heading, text in zip(headings, written, strict=True)
        if not is_blank(text)
    ]


def hand(member: str) -> Button:
    return Button(strings.HAND, to("nights.hand", member), Tone.CHIEF)


def home(member: str) -> Button:
    return Button(strings.HOME, to("nights.home", member))


def back(member: str) -> Button:
    return Button(strings.TO_NIGHT, to("nights.show", member))
