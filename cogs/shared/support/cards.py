"""The cards of `/support`. Their buttons hold everything that they depend on: a country, a topic, a page."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.helplines import Country, SupportPage, SupportTopic
from bot.content.library import WORLD
from bot.content.texts import SupportTexts, ThinkTexts
from bot.servers.models import LocalLine
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.shared.support import helplines, strings

HOME = "home"
NOT_NOW = "none"
"""The key of the answer after which it is best to wait."""


def home(texts: SupportTexts, country: Country, countries: Sequence[Country]) -> Card:
    """Show the four topics, and if the country is unknown, the countries to choose from."""
    unknown = country.code == WORLD
    top = strings.WHICH if unknown else _for(country)
    danger = strings.DANGER.format(emergency=country.emergency)
    first = _countries(strings.CHOOSE, HOME, countries) if unknown else ()
    rows = (first, _topics(texts, country, None), () if unknown else _change(country, HOME))
    return Card(strings.TITLE, f"{top}\n{danger}\n\n{strings.TOPICS}", rows=rows, support=False)


def topic(
    texts: SupportTexts,
    page: SupportPage,
    now: datetime,
    local: Sequence[LocalLine] = (),
    *,
    danger: bool = False,
) -> Card:
    """Show a topic, with the other topics beside it. With `danger` the emergency number comes first."""
    number = strings.DANGER.format(emergency=page.country.emergency)
    top = f"{_for(page.country)}\n{number}" if danger else _for(page.country)
    text = f"{top}\n\n{helplines.told(page, now, local)}"
    rows = (_topics(texts, page.country, page.topic), [*_more(page), *_change(page.country, page.topic)])
    return Card(page.title, text, rows=rows, small=page.closing, support=False)


def under_18(texts: SupportTexts, page: SupportPage, now: datetime, local: Sequence[LocalLine] = ()) -> Card:
    """Show the page for somebody under 18, with the four topics beside it."""
    text = f"{_for(page.country)}\n\n{helplines.told(page, now, local)}"
    rows = (_topics(texts, page.country, None), _change(page.country, HOME))
    return Card(page.title, text, rows=rows, small=page.closing, support=False)


def choices(texts: SupportTexts, country: Country) -> Card:
    """Show what somebody who was hurt can do, as a card beside the page with the helplines."""
    boundaries = Button(strings.BOUNDARIES, to("boundaries.add"))
    return Card(texts.choices.title, texts.choices.body, rows=((boundaries,),)).within(country.code)


def change(country: Country, back_to: str, countries: Sequence[Country]) -> Card:
    """Let them choose a country. Choosing one leads back to the page where they were."""
    leads = to("support.home", country.code) if back_to == HOME else to("support.door", country.code, back_to)
    rows = (_countries(strings.CHOOSE, back_to, countries), (Button(strings.BACK, leads),))
    text = _for(country)
    return Card(strings.CHANGE, text, rows=rows, support=False)


def think(texts: ThinkTexts, number: int) -> Card:
    """Show one of the questions to think through. `number` counts from 1."""
    page = texts.pages[number - 1]
    back = [Button(strings.BACK, to("think.page", str(number - 1)))] if number > 1 else []
    further = number < len(texts.pages)
    ahead = [Button(strings.NEXT, to("think.page", str(number + 1)), Tone.CHIEF)] if further else []
    small = strings.STEP.format(number=number, all=len(texts.pages))
    return Card(page.title, page.body, rows=([*back, *ahead],), small=small)


def whose(country: Country) -> str:
    """Say, below an emergency number, for which country it is.

    If no country is known, say how to find the number.
    """
    return strings.ASKS if country.code == WORLD else strings.ELSEWHERE.format(country=country.place)


def _for(country: Country) -> str:
    return strings.FOR_ANY if country.code == WORLD else strings.FOR.format(country=country.place)


def _topics(texts: SupportTexts, country: Country, here: SupportTopic | None) -> list[Button]:
    titles = {
        SupportTopic.HURT: texts.hurt.title,
        SupportTopic.TOLD: texts.told.title,
        SupportTopic.WORRIED: texts.worried.title,
        SupportTopic.NOW: texts.now.title,
    }
    return [
        Button(title, to("support.door", country.code, kind), Tone.CHIEF if kind is here else Tone.QUIET)
        for kind, title in titles.items()
    ]


def _more(page: SupportPage) -> list[Button]:
    """Return the button to more help than helplines, for people who were hurt or were told about it."""
    leads = {
        SupportTopic.HURT: Button(strings.WHAT_YOU_CAN_DO, to("support.choices", page.country.code)),
        SupportTopic.TOLD: Button(strings.WHAT_TO_DO, to("told.open", page.country.code)),
    }
    return [leads[page.topic]] if page.topic in leads else []


def _change(country: Country, back_to: str) -> list[Button]:
    return [Button(strings.CHANGE, to("support.countries", country.code, back_to))]


def _countries(prompt: str, back_to: str, countries: Sequence[Country]) -> Choice:
    options = [Option(country.name, country.code) for country in countries]
    return Choice(prompt, to("support.country", back_to), options)
