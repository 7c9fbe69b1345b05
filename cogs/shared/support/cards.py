"""The cards of `/support`. Their buttons hold everything that they depend on: a country, a topic, a page."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.helplines import Country, SupportPage, SupportTopic
from bot.content.library import WORLD
from bot.content.texts import SupportTexts, ThinkTexts
from bot.servers.models import LocalLine
from bot.ui.components import Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.shared.plans.parts import what_ill_do
from cogs.shared.support import helplines, strings

HOME = "home"
NOT_NOW = "none"
"""The key of the answer after which it is best to wait."""
BODY = "body"
"""The key of the page that says where somebody can get care."""
FRIENDS_BODY = f"{BODY}-{SupportTopic.TOLD}"
"""The same page, opened from `Someone told me`. Its `Back` leads there."""
YOUNG_BODY = f"{BODY}-young"
"""The same page, opened from `Under 18`. Its `Back` leads there."""
IN_PLACE = "back"
"""The word with which `Under 18` replaces the card instead of opening on a new one."""
WANT = "want"
"""The key of the page from which `/terms` leads on."""
APART = (WANT, "ask")
"""The keys of the pages from which `Boundaries` leads on."""


def home(texts: SupportTexts, country: Country, countries: Sequence[Country]) -> Card:
    """Show the four topics, and if the country is unknown, the countries to choose from."""
    unknown = country.code == WORLD
    danger = strings.DANGER.format(emergency=country.emergency)
    top = f"{danger}\n\n{strings.WHICH}" if unknown else f"{_for(country)}\n{danger}"
    first = _countries(strings.CHOOSE, HOME, countries) if unknown else ()
    rows = (first, *_topics(texts, country), () if unknown else [_change(country, HOME)])
    return _card(strings.TITLE, f"{top}\n\n{strings.TOPICS}", rows)


def topic(
    texts: SupportTexts,
    page: SupportPage,
    now: datetime,
    local: Sequence[LocalLine] = (),
) -> Card:
    """Show a topic with its helplines and what leads on."""
    text = f"{_for(page.country)}\n\n{helplines.told(page, now, local)}"
    rows = (*_more(texts, page), _around(texts, page.country, page.topic))
    # Nothing should make somebody hesitate who is in danger.
    closing = "" if page.topic is SupportTopic.NOW else page.closing
    return _card(page.title, text, rows, closing).within(page.country.code)


def under_18(texts: SupportTexts, page: SupportPage, now: datetime, local: Sequence[LocalLine] = ()) -> Card:
    """Show the page for somebody under 18."""
    text = f"{_for(page.country)}\n\n{helplines.told(page, now, local)}"
    body = Button(texts.page(BODY).label, to("support.page", page.country.code, YOUNG_BODY))
    return _card(page.title, text, ((body,), _around(texts, page.country, None)), page.closing)


def hurt_page(texts: SupportTexts, opened: str, country: Country) -> Card:
    """Show a page behind `I was hurt`. Each ends in what somebody can do today. Raises KeyError.

    opened: the page's key, or one of FRIENDS_BODY and YOUNG_BODY.
    """
    key = BODY if opened in (FRIENDS_BODY, YOUNG_BODY) else opened
    page = texts.page(key)
    card = page.card.filled(emergency=f"**{country.emergency}**")
    own = [strings.CARE.format(care=texts.care), helplines.care(country)] if key == BODY else []
    lines = [Button(strings.LINES, to("support.choices", country.code))] if key == WANT else []
    apart = [Button(strings.BOUNDARIES, to("boundaries.add"))] if key in APART else []
    # It stands last, so that nobody takes it for what they should do.
    words = [Button(strings.TERMS, to("terms.open"))] if key == WANT else []
    topic = SupportTopic.TOLD if opened == FRIENDS_BODY else SupportTopic.HURT
    leads_back = to("support.door", country.code, topic)
    if opened == YOUNG_BODY:
        leads_back = to("support.under18", country.code, IN_PLACE)
    back = Button(strings.BACK, leads_back)
    small = whose(country) if page.card.needs else ""
    text = "\n\n".join((card.body, *own, page.today))
    row = [*lines, *apart, _right_now(texts, country), back, *words]
    return _card(card.title, text, (row,), small)


def change(country: Country, back_to: str, countries: Sequence[Country]) -> Card:
    """Let them choose a country. Choosing one leads back to the page where they were."""
    leads = to("support.home", country.code) if back_to == HOME else to("support.door", country.code, back_to)
    rows = (_countries(strings.CHOOSE, back_to, countries), (Button(strings.BACK, leads),))
    return _card(strings.CHANGE, _for(country), rows)


def think(texts: ThinkTexts, number: int) -> Card:
    """Show one of the questions to think through, and after the last the ways on. `number` counts from 1."""
    page = texts.pages[number - 1]
    back = [Button(strings.BACK, to("think.page", str(number - 1)))] if number > 1 else []
    further = number < len(texts.pages)
    ahead = [Button(strings.NEXT, to("think.page", str(number + 1)), Tone.CHIEF)] if further else []
    check = Button(strings.CHECK_ON, to("contact.open"))
    on = [Button(strings.ASK_MY_POD, to("asks.begin")), what_ill_do(), check]
    small = strings.STEP.format(number=number, all=len(texts.pages))
    return Card(page.title, page.body, rows=([] if further else on, [*back, *ahead]), small=small)


def whose(country: Country) -> str:
    """Say, below an emergency number, for which country it is.

    If no country is known, say how to find the number.
    """
    return strings.ASKS if country.code == WORLD else strings.ELSEWHERE.format(country=country.place)


def _for(country: Country) -> str:
    return strings.FOR_ANY if country.code == WORLD else strings.FOR.format(country=country.place)


def _card(title: str, text: str, rows: Sequence[Row], small: str = "") -> Card:
    """Return a card of `/support`: with `Close`, and without a button to itself."""
    return Card(title, text, rows=rows, small=small, support=False, close=True)


def _topics(texts: SupportTexts, country: Country) -> list[list[Button]]:
    """Return the four topics, two in a row, because phones are narrow."""
    hurt, told, worried, now = (
        Button(title, to("support.door", country.code, kind))
        for kind, title in (
            (SupportTopic.HURT, texts.hurt.title),
            (SupportTopic.TOLD, texts.told.title),
            (SupportTopic.WORRIED, texts.worried.title),
            (SupportTopic.NOW, texts.now.title),
        )
    )
    return [[hurt, told], [worried], [now]]


def _more(texts: SupportTexts, page: SupportPage) -> list[list[Button]]:
    """Return what a topic has besides helplines."""
    match page.topic:
        case SupportTopic.HURT:
            return [
                [Button(one.label, to("support.page", page.country.code, one.key)) for one in row]
                for row in (texts.pages[:2], *((one,) for one in texts.pages[2:]))
            ]
        case SupportTopic.TOLD:
            body = Button(texts.page(BODY).label, to("support.page", page.country.code, FRIENDS_BODY))
            return [[Button(strings.WHAT_TO_DO, to("told.open", page.country.code)), body]]
        case SupportTopic.WORRIED:
            check = Button(strings.CHECK_ON, to("contact.open"))
            return [[Button(strings.THINK, to("think.open")), what_ill_do(), check]]
        case SupportTopic.NOW:
            return []


def _around(texts: SupportTexts, country: Country, here: SupportTopic | None) -> list[Button]:
    """Return the way to what is urgent, the way back, and the way to another country."""
    urgent = [] if here is SupportTopic.NOW else [_right_now(texts, country)]
    back = Button(strings.BACK, to("support.home", country.code))
    return [*urgent, back, _change(country, here or HOME)]


def _right_now(texts: SupportTexts, country: Country) -> Button:
    return Button(texts.now.title, to("support.door", country.code, SupportTopic.NOW))


def _change(country: Country, back_to: str) -> Button:
    return Button(strings.CHANGE, to("support.countries", country.code, back_to))


def _countries(prompt: str, back_to: str, countries: Sequence[Country]) -> Choice:
    options = [Option(country.name, country.code) for country in countries]
    return Choice(prompt, to("support.country", back_to), options)
