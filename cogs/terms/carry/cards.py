"""The cards of somebody who is asked to carry another person's terms, and who carries them."""

from bot.content.helplines import Country
from bot.content.models import CardText
from bot.content.texts import CarrierTexts
from bot.terms.models import Outcome
from bot.terms.queries import Carried
from bot.ui import labels
from bot.ui.components import Button, Card, Choice, Option, pages
from bot.ui.custom_id import to
from cogs.me.boundary import cards as boundary
from cogs.me.boundary.noticing import Ties
from cogs.shared.support.cards import whose
from cogs.terms.carry import strings
from cogs.terms.wording import written

_ROOM = 1500
"""Characters of what they carry on the first card, after escaping: how to carry it takes room as well."""


def asked(one: Carried, texts: CarrierTexts) -> Card:
    """Say what is asked of them, and offer the three answers."""
    card = texts.asked.filled(name=_name(one))
    id = one.carrying.id
    rows = (
        (
            Button(strings.ACCEPT, to("terms.accept", id)),
            Button(strings.NO_THANKS, to("terms.decline", id)),
            Button(_never(one), to("terms.consider", id)),
        ),
    )
    return Card(card.title, card.body, rows=rows, small=strings.IF_NOT, close=True)


def before_never(one: Carried, ties: Ties) -> Card:
    """Say what the person who asked can notice of a boundary, before it is set."""
    back = Button(strings.BACK, to("terms.see", one.carrying.id))
    sets = to("terms.never", one.carrying.id)
    return boundary.before(one.name, ties, sets, back, also=strings.STAYS_OPEN)


def declined(one: Carried) -> Card:
    return Card(strings.DECLINED_TITLE, strings.DECLINED.format(name=_name(one)), close=True)


def refused(one: Carried) -> Card:
    return Card(strings.REFUSED_TITLE, strings.REFUSED.format(name=_name(one)), close=True)


def carried(one: Carried, texts: CarrierTexts, country: Country, notice: str = "") -> list[Card]:
    """Show what they carry, with how to carry it. A long text takes more than one card."""
    back = Button(strings.HAND_BACK, to("terms.back", one.carrying.id))
    if one.text.blank:
        said = strings.CHANGED if one.carrying.stale else strings.AGREED
        return [Card(strings.TITLE, said.format(name=_name(one)), rows=((back,),), close=True)]
    first, *others = pages([(strings.HEADING, written(one.text))], _ROOM)
    head = "\n\n".join(part for part in (notice, strings.READ.format(name=_name(one))) if part)
    filled = [
        part.filled(name=_name(one), emergency=f"**{country.emergency}**")
        for part in (texts.how, texts.there)
    ]
    how = "\n\n".join(f"**{part.title}**\n{part.body}" for part in filled)
    if one.carrying.said not in (None, Outcome.NOT_YET):
        # They have been there, so how to go there is behind them.
        done = strings.ALL_RIGHT if one.carrying.said is Outcome.COULDNT else strings.WAS_ALL
        how = done.format(name=_name(one))
    rows = (_outcomes(one), (Button(strings.RECEIVING, to("terms.receiving")), back))
    small = f"{strings.SAY_SMALL.format(name=_name(one))}\n{whose(country)}"
    count = len(others) + 1
    titles = [strings.PAGE_TITLE.format(number=number, count=count) for number in range(1, count + 1)]
    card = Card(titles[0] if others else strings.TITLE, head, first, how, rows, small=small, close=True)
    more = zip(titles[1:], others, strict=True)
    return [card, *(Card(title, said=page, close=True) for title, page in more)]


def said(outcome: Outcome, one: Carried) -> str:
    return strings.SAID.format(word=strings.OUTCOMES[outcome], name=_name(one), what=strings.READS[outcome])


def handing_back(one: Carried) -> Card:
    id = one.carrying.id
    rows = (
        (
            Button(strings.HAND_BACK, to("terms.hand_back", id)),
            Button(strings.BACK, to("terms.carried", id)),
        ),
    )
    text = strings.HAND_BACK_ASK.format(name=_name(one))
    return Card(strings.HAND_BACK_TITLE, text, rows=rows, close=True)


def handed_back() -> Card:
    return Card(strings.HANDED_TITLE, strings.HANDED, close=True)


def taken_back() -> Card:
    return Card(strings.TAKEN_TITLE, strings.TAKEN, close=True)


def receiving(text: CardText, country: Country) -> Card:
    """Show what a carrier can read out. It names nobody. A number is shown with its country."""
    card = text.filled(emergency=f"**{country.emergency}**")
    return Card(card.title, card.body, small=whose(country), close=True).within(country.code)


def _outcomes(one: Carried) -> Choice:
    options = [
        Option(label, outcome, chosen=outcome is one.carrying.said)
        for outcome, label in strings.OUTCOMES.items()
    ]
    return Choice(strings.SAY, to("terms.says", one.carrying.id), options)


def _never(one: Carried) -> str:
    return strings.NEVER.format(name=labels.within(one.name)) if one.name else strings.NEVER_UNNAMED


def _name(one: Carried) -> str:
    return labels.name(one.name)
