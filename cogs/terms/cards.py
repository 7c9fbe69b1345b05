"""The cards of `/terms` for the person who was hurt. Each has `Close`."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.models import CardText
from bot.content.texts import TermsTexts
from bot.terms.models import LAPSES_AFTER, Outcome, TermsText, Want
from bot.terms.queries import Asked, TermsView
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Row, Tone, pages
from bot.ui.custom_id import to
from bot.ui.picked import Picked
from cogs.terms import strings
from cogs.terms.wording import letters, written

INSTEAD = "instead"
"""The word with which a text takes the place of the one that is kept."""
ON, OFF = "on", "off"
HOME = Button(strings.BACK, to("terms.home"))


# -- before anything is kept --------------------------------------------------------------------------


def first(texts: TermsTexts, operator: str) -> Card:
    card = texts.begins(plain.escaped(operator))
    rows = ((Button(strings.BEGIN, to("terms.begin"), Tone.CHIEF),),)
    return Card(card.title, card.body, rows=rows, close=True)


def first_alone(texts: TermsTexts) -> Card:
    """Show the same to somebody under 18, for whom nothing is kept."""
    help_button = Button(strings.WHO_CAN_HELP, to("support.under18"))
    rows = ((Button(strings.BEGIN, to("terms.begin"), Tone.CHIEF), help_button),)
    return Card(texts.first_alone.title, texts.first_alone.body, rows=rows, close=True)


def wants(texts: TermsTexts) -> Card:
    """Let them choose what they want, or write at once. Either opens the form."""
    button = Button(strings.JUST_WORDS, to("terms.plain"))
    choice = _choice("terms.wants", (), least=1)
    return Card(texts.wants.title, texts.wants.body, rows=(choice, (button,)), close=True)


def then(texts: TermsTexts, text: TermsText) -> Card:
    """Show what they wrote, which is kept nowhere, and ask what to do with it."""
    named = letters(text.wants)
    rows = (
        (
            Button(strings.MYSELF, to("terms.mine", named)),
            Button(strings.ONLY_ME, to("terms.keep", named)),
            Button(strings.SOMEBODY, to("terms.carry", named)),
        ),
        (_edit(text.wants),),
    )
    return _with_text(texts.then, text, rows)


def then_alone(texts: TermsTexts, text: TermsText) -> Card:
    """Show the same to somebody under 18, who can copy it and nothing else."""
    rows = ((_edit(text.wants), Button(strings.WHO_CAN_HELP, to("support.under18"))),)
    return _with_text(texts.then_alone, text, rows)


def myself(texts: TermsTexts, text: TermsText) -> Card:
    return _with_text(texts.myself, text, ((_edit(text.wants),),))


def other_kept(text: TermsText, *, carried: bool) -> Card:
    """Say that they keep another text, and show the new one. `carried`: they wanted somebody to carry it."""
    named = letters(text.wants)
    verb = "terms.carry" if carried else "terms.keep"
    rows = (
        (
            Button(strings.INSTEAD, to(verb, named, INSTEAD)),
            Button(strings.MYSELF, to("terms.mine", named)),
            Button(strings.AS_IT_WAS, to("terms.home")),
        ),
    )
    return _with_text(CardText(strings.OTHER_TITLE, strings.OTHER), text, rows)


def nothing() -> Card:
    rows = ((Button(strings.BACK, to("terms.begin"), Tone.CHIEF),),)
    return Card(strings.NOTHING_TITLE, strings.NOTHING, rows=rows, close=True)


# -- what is kept -------------------------------------------------------------------------------------


def home(view: TermsView, notice: str = "") -> Card:
    """Show how it stands. What they wrote, and who carries it, stands behind a button.

    Somebody may look at the screen.
    """
    parts = [notice, *_state(view), strings.KEPT.format(day=when.day(view.own.goes_at))]
    text = "\n\n".join(part for part in parts if part)
    return Card(strings.HOME_TITLE, text, rows=_rows(view), small=strings.SMALL, close=True)


def text(view: TermsView) -> Card:
    who = _who(view)
    shown = "\n".join((plain.block(written(view.text)), strings.TEXT, *([who] if who else [])))
    return Card(strings.TEXT_TITLE, shown, rows=((HOME,),), close=True)


def change(view: TermsView, texts: TermsTexts) -> Card:
    carried = view.asked if view.asked is not None and (view.let or view.let_before) else None
    notice = "" if carried is None else strings.CHANGE_CARRIED.format(name=_name(carried))
    body = "\n\n".join(part for part in (texts.wants.body, notice) if part)
    button = Button(strings.ONLY_THE_WORDS, to("terms.rewords"))
    choice = _choice("terms.rewants", view.text.wants, least=0)
    return Card(strings.CHANGE_TITLE, body, rows=(choice, (button, HOME)), close=True)


def delete(view: TermsView) -> Card:
    agreed = view.asked if view.asked is not None and view.asked.agreed else None
    notice = "" if agreed is None else strings.DELETE_CARRIED.format(name=_name(agreed))
    body = "\n\n".join(part for part in (strings.DELETE_ASK, notice) if part)
    rows = ((Button(strings.DELETE, to("terms.removed")), Button(strings.SHOW, to("terms.text")), HOME),)
    return Card(strings.DELETE_TITLE, body, rows=rows, close=True)


def deleted() -> Card:
    rows = ((Button(strings.BEGIN, to("terms.begin")),),)
    return Card(strings.DELETED_TITLE, strings.DELETED, rows=rows, close=True)


# -- who carries it -----------------------------------------------------------------------------------


def choose(view: TermsView, texts: TermsTexts, now: datetime) -> Card:
    rows = (PersonChoice(strings.CHOOSE, to("terms.chosen")), (HOME,))
    silence = strings.SILENCE.format(day=when.day(now + LAPSES_AFTER))
    body = "\n\n".join(part for part in (texts.choose.body, silence, _instead_of(view)) if part)
    return Card(texts.choose.title, body, rows=rows, close=True)


def chosen(whom: Picked, view: TermsView) -> Card:
    """Show who was chosen, with their username, before anybody is asked: it's easy to touch a wrong name.

    Nothing is stored for it. The account stands in the button.
    """
    said = strings.CHOSEN.format(name=labels.name(whom.label_in_full))
    text = "\n\n".join(part for part in (said, _instead_of(view)) if part)
    ask = strings.ASK.format(name=labels.within(whom.label))
    rows = (
        (
            Button(ask, to("terms.ask", str(whom.user.discord_id)), Tone.CHIEF),
            Button(strings.CHOOSE_ANOTHER, to("terms.choose")),
        ),
    )
    return Card(strings.CHOSEN_TITLE, text, rows=rows, close=True)


def not_here() -> Card:
    rows = ((Button(strings.CHOOSE_ANOTHER, to("terms.choose")), HOME),)
    return Card(strings.NOT_HERE_TITLE, strings.NOT_HERE, rows=rows, close=True)


def only_in_a_server(texts: TermsTexts, server: str) -> Card:
    """Say that somebody can be chosen only in a server, because this is a direct message."""
    name = plain.name(server, "")
    where = strings.IN_SERVER.format(server=name) if name else strings.IN_A_SERVER
    body = "\n\n".join((strings.IN_DMS, where))
    return Card(texts.choose.title, body, rows=((HOME,),), close=True)


def asked(one: Asked) -> Card:
    """Confirm that somebody was asked, whatever became of it, with a sentence to send to them."""
    until = one.carrying.shown_until or one.carrying.lapses_at
    said = strings.ASKED.format(name=_name(one), until=when.day(until))
    shown = f"{said}\n{plain.block(strings.SENTENCE)}"
    stop = Button(strings.STOP_ASKING, to("terms.withdraw", one.carrying.id))
    return Card(strings.ASKED_TITLE, shown, rows=((HOME,), (stop,)), small=strings.ASKED_SMALL, close=True)


def before(view: TermsView, one: Asked, texts: TermsTexts) -> list[Card]:
    """Show what the carrier will read, and what to think of. It takes more than one card if it is long."""
    heading = strings.READ_HEADING.format(name=_name(one))
    first, *others = pages([(heading, written(view.text))])
    rows = (
        (
            Button(strings.LET_THEM, to("terms.let", one.carrying.id, str(view.own.written))),
            Button(strings.NOT_YET, to("terms.home"), Tone.CHIEF),
        ),
        (Button(strings.RECEIVING, to("terms.receiving")),),
    )
    card = texts.before.filled(name=_name(one))
    head = Card(card.title, card.body, said=first, rows=rows, close=True)
    return [head, *(Card(card.title, said=page, close=True) for page in others)]


def came(one: Asked, outcome: Outcome | None, at: datetime | None) -> Card:
    if outcome is None:
        return Card(strings.CAME_TITLE, strings.NOT_CAME, rows=((HOME,),), close=True)
    name = strings.THE_PERSON if one.ended else _name(one)
    small = "" if at is None else strings.CAME_SMALL.format(name=name, day=when.day(at))
    said = strings.OUTCOMES[outcome].format(name=name)
    return Card(strings.CAME_TITLE, said, rows=((HOME,),), small=small, close=True)


def new_since(carrying: str) -> Card:
    rows = ((Button(strings.LOOK, to("terms.before", carrying), Tone.CHIEF), HOME),)
    return Card(strings.NEW_TITLE, strings.NEW, rows=rows, close=True)


def let_too_often(at: datetime) -> Card:
    """Say when they can let it be read again, and that it is kept as it is."""
    text = strings.OFTEN.format(at=when.moment(at))
    return Card(strings.OFTEN_TITLE, text, rows=((HOME,),), close=True)


def none_kept() -> Card:
    rows = ((Button(strings.BEGIN, to("terms.begin")),),)
    return Card(strings.NONE_TITLE, strings.NONE, rows=rows, close=True)


def line(sentence: str, one: Asked) -> str:
    return sentence.format(name=_name(one))


# -- parts --------------------------------------------------------------------------------------------


def _with_text(card: CardText, text: TermsText, rows: Sequence[Row]) -> Card:
    """Return a card that begins with their words, in a block to be copied. `shown_again` reads them."""
    return Card(card.title, f"{plain.block(written(text))}\n{card.body}", rows=rows, close=True)


def _choice(verb: str, chosen: Sequence[Want], *, least: int) -> Choice:
    options = [Option(label, want, chosen=want in chosen) for want, label in strings.WANTS.items()]
    return Choice(strings.WANTS_CHOOSE, to(verb), options, least, len(options))


def _edit(chosen: tuple[Want, ...]) -> Button:
    return Button(strings.EDIT, to("terms.edit", letters(chosen)))


def _state(view: TermsView) -> list[str]:
    """Say how it stands with whoever was asked, without their name, as its author may know it."""
    one = view.asked
    if one is None:
        return [strings.ONLY_YOU]
    if one.waits:
        until = one.carrying.shown_until or one.carrying.lapses_at
        return [strings.WAITS.format(day=when.day(until))]
    if one.ended:
        lines = [strings.ENDED]
    elif view.let:
        lines = [strings.LET] if one.carrying.came is not None else [strings.LET, strings.LET_TELL]
    else:
        lines = [strings.CHANGED if view.let_before else strings.AGREED]
    if one.carrying.came is not None:
        lines.append(strings.CAME)
    if view.let or view.let_before:
        lines.append(strings.TELLS if view.own.tells else strings.TELLS_NOT)
    return lines


def _who(view: TermsView) -> str:
    """Return who was asked, for the card with their words; nothing if nobody carries it or was asked."""
    one = view.asked
    if one is None or one.ended:
        return ""
    return line(strings.TEXT_CARRIED if one.agreed else strings.TEXT_WAITS, one)


def _rows(view: TermsView) -> Sequence[Row]:
    one = view.asked
    show = [Button(strings.SHOW, to("terms.text")), Button(strings.CHANGE, to("terms.change"))]
    delete = Button(strings.DELETE, to("terms.remove"))
    another = Button(strings.ANOTHER, to("terms.begin"))
    if one is None:
        return ((*show, Button(strings.SOMEBODY, to("terms.choose"))), (delete, another))
    id = one.carrying.id
    word = [Button(strings.SEE_WHAT_CAME, to("terms.came", id))] if one.carrying.came is not None else []
    back = [] if one.ended else [Button(_stop(one), to("terms.withdraw", id))]
    other = Button(strings.SOMEBODY_ELSE, to("terms.choose"))
    before = [Button(strings.BEFORE, to("terms.before", id))] if one.agreed and not view.let else []
    tells: list[Button] = []
    if view.let or view.let_before:
        label, word_of = (strings.DONT_TELL_ME, OFF) if view.own.tells else (strings.TELL_ME, ON)
        tells = [Button(label, to("terms.tells", "", word_of))]
    return ([*word, *before, *show], [*back, other, *tells], [delete, another])


def _stop(one: Asked) -> str:
    """Return what the button says with which they don't want it carried any more."""
    return strings.STOP_CARRYING if one.agreed else strings.STOP_ASKING


def _instead_of(view: TermsView) -> str:
    one = view.asked
    return line(strings.CHOOSE_OTHER, one) if one is not None and one.agreed else ""


def _name(one: Asked) -> str:
    return labels.name(one.name)
