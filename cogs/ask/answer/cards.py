"""The cards that an answerer sees."""

from collections.abc import Sequence

from bot.asks.answering import Invited
from bot.asks.models import UNDECIDED, AskText
from bot.content.library import Library
from bot.reports.models import PassageKind
from bot.ui import labels, when
from bot.ui.components import Button, Card, Tone, pages
from bot.ui.custom_id import to
from cogs.ask import strings as common
from cogs.ask.answer import strings
from cogs.ask.cards.write import page, spoken
from cogs.shared.reporting.parts import report
from cogs.shared.support.cards import whose


def asked_for_time(invited: Invited) -> Card:
    """Show only what kind of thing the ask is about, and nothing of its text."""
    kind = common.KINDS[invited.ask.kind] if invited.ask.kind is not None else ""
    text = strings.TIME.format(name=_name(invited), kind=kind)
    if invited.ask.ends_at is not None and invited.ask.over_at is None:
        until = strings.TIME_UNTIL.format(until=when.moment(invited.ask.ends_at), name=_name(invited))
        text = f"{text}\n\n{until}"
    id = invited.asking.id
    row = [
        Button(strings.CLOSE, to("asks.close_to_me", id)),
        Button(strings.READ_IT, to("asks.read_it", id, "0"), Tone.CHIEF),
        Button(strings.NOT_NOW, to("asks.not_now", id)),
        Button(strings.CANT, to("asks.cant", id)),
    ]
    return Card(strings.TIME_TITLE.format(name=_name(invited)), text, rows=(row,))


def text(library: Library, invited: Invited, text: AskText, number: int = 0) -> Card:
    """Show what was asked, and how to answer it well."""
    laid = pages(spoken(invited.ask, text), 2000)
    number = min(number, len(laid) - 1)
    id = invited.asking.id
    of_others = invited.ask.kind is not None and invited.ask.kind.of_others
    well = library.answering.others if of_others else library.answering.card
    rows: Sequence[Sequence[Button]] = (
        _turning(id, len(laid), number),
        [
            Button(strings.ANSWER, to("asks.answer", id), Tone.CHIEF),
            Button(strings.NOT_NOW, to("asks.not_now", id)),
            Button(strings.CANT, to("asks.cant", id)),
        ],
        [
            Button(strings.CLOSE, to("asks.close_to_me", id)),
            Button(strings.BEYOND, to("asks.beyond", id)),
            report(PassageKind.ASK, id),
        ],
    )
    return Card(
        strings.TEXT_TITLE.format(name=_name(invited)),
        said=laid[number],
        after=f"**{well.title}**\n{well.body}",
        rows=rows,
        small=page(number, len(laid)),
    )


def later(invited: Invited) -> Card:
    row = [Button(strings.READ_IT, to("asks.read_it", invited.asking.id, "0"))]
    if invited.reminded_at is None:
        return Card(strings.LATER_TITLE, strings.LATER, rows=(row,))
    text = strings.LATER_REMINDED.format(at=when.moment(invited.reminded_at))
    return Card(strings.LATER_TITLE, text, rows=(row,))


def cannot(invited: Invited) -> Card:
    return Card(strings.CANT_TITLE, strings.CANT_TEXT.format(name=_name(invited)))


def hidden(invited: Invited) -> Card:
    """Show that the text is now hidden: it was about the answerer, or about somebody close to them."""
    row = [Button(strings.BOUNDARY, to("asks.never", invited.asking.id))]
    return Card(strings.HIDDEN_TITLE, strings.HIDDEN.format(name=_name(invited)), rows=(row,))


def hidden_anyway() -> Card:
    """Say that the text is hidden, though there is nothing left to decline: the ask is closed or answered."""
    row = [Button(strings.BOUNDARY, to("boundaries.add"))]
    return Card(strings.HIDDEN_TITLE, strings.HIDDEN_CLOSED, rows=(row,))


def beyond(library: Library, invited: Invited, country: str | None) -> Card:
    """Explain what happens if they say that the ask is beyond them, before they choose.

    Whom to call if somebody may be in danger stands first.
    """
    known = strings.BEYOND_ALONE if invited.alone else strings.BEYOND_OTHERS
    parts = [strings.BEYOND_DANGER, strings.BEYOND_TEXT, known, strings.BEYOND_CANT]
    id = invited.asking.id
    row = [
        _in_danger(invited),
        Button(strings.TELL_THEM, to("asks.tell_beyond", id)),
        Button(strings.JUST_CANT, to("asks.cant", id)),
    ]
    body = "\n\n".join(parts).format(name=_name(invited), emergency=library.emergency(country))
    rows = (row, [Button(common.BACK, to("asks.read_it", id, "0"))])
    small = whose(library.country(country))
    return Card(strings.BEYOND_TITLE, body, rows=rows, small=small).within(country)


def told(invited: Invited) -> Card:
    return Card(strings.TOLD_TITLE, strings.TOLD.format(name=_name(invited)), rows=([_in_danger(invited)],))


def danger(library: Library, invited: Invited, country: str | None) -> Card:
    """Show the emergency number at once, before anybody is told anything."""
    id = invited.asking.id
    undecided = invited.asking.reply in UNDECIDED
    others = [
        Button(strings.JUST_CANT, to("asks.cant", id)),
        Button(common.BACK, to("asks.beyond", id)),
    ]
    row = [Button(strings.TELL_NOW, to("asks.tell_danger", id)), *(others if undecided else [])]
    text = f"{_call(library, country)}\n\n{strings.DANGER.format(name=_name(invited))}"
    small = whose(library.country(country))
    return Card(strings.DANGER_TITLE, text, rows=(row,), small=small).within(country)


def danger_told(library: Library, invited: Invited, country: str | None) -> Card:
    text = f"{_call(library, country)}\n\n{strings.DANGER_TOLD.format(name=_name(invited))}"
    return Card(strings.DANGER_TOLD_TITLE, text, small=whose(library.country(country))).within(country)


def danger_anyway(library: Library, country: str | None) -> Card:
    """Show the emergency number where the asker can no longer be told through the ask."""
    text = f"{_call(library, country)}\n\n{strings.DANGER_CLOSED}"
    return Card(strings.DANGER_TITLE, text, small=whose(library.country(country))).within(country)


def answered(invited: Invited) -> Card:
    name = _name(invited)
    return Card(strings.ANSWERED_TITLE.format(name=name), strings.ANSWERED)


def unwritten(invited: Invited) -> Card:
    id, kind = invited.asking.id, invited.ask.kind
    others = kind is not None and kind.of_others
    text = strings.ANSWER_UNWRITTEN_OTHERS if others else strings.ANSWER_UNWRITTEN
    row = [Button(common.EDIT, to("asks.answer", id), Tone.CHIEF), Button(strings.CANT, to("asks.cant", id))]
    return Card(common.UNWRITTEN_TITLE, text, rows=(row,))


def _in_danger(invited: Invited) -> Button:
    return Button(strings.IN_DANGER, to("asks.danger", invited.asking.id), Tone.CHIEF)


def _call(library: Library, country: str | None) -> str:
    return strings.DANGER_CALL.format(emergency=library.emergency(country))


def _turning(id: str, count: int, number: int) -> list[Button]:
    back = [Button(common.BACK, to("asks.read_it", id, str(number - 1)))] if number else []
    ahead = [Button(common.NEXT, to("asks.read_it", id, str(number + 1)))] if number + 1 < count else []
    return [*back, *ahead]


def _name(invited: Invited) -> str:
    return labels.name(invited.name)
