"""An ask that was sent, as its asker sees it: waiting, over, paused, closed; and what came."""

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.asks.model import MORE_TIME_AT_MOST, Answer, Ask, State
from bot.asks.view import Answers, Status
from bot.ui import plain
from bot.ui.look import Button, Card, Choice, Option, Row, Tone, pages
from bot.ui.route import to
from cogs.ask import words


def sent(status: Status) -> Card:
    """Right after `Send`: who was asked, and until when."""
    return _open(words.SENT_TITLE, status)


def status(status: Status, kept_until: datetime | None) -> Card:
    """Where it stands now. `kept_until`: when the text of a closed one is destroyed."""
    match status.ask.state:
        case State.CLOSED:
            until = discord.utils.format_dt(kept_until, "D") if kept_until is not None else ""
            return _card(words.STATUS_TITLE, words.CLOSED_TEXT.format(until=until), status, _reading(status))
        case State.PAUSED:
            return _card(words.PAUSED_TITLE, words.PAUSED, status, _reading(status))
        case _:
            return _open(words.STATUS_TITLE, status)


def sure(ask: Ask) -> Card:
    row = [
        Button(words.WITHDRAW, to("asks.withdraw", ask.id, "sure"), Tone.CHIEF),
        Button(words.KEEP, to("asks.show", ask.id)),
    ]
    return Card(words.SURE_TITLE, words.SURE, rows=(row,))


def withdrawn(days: int) -> Card:
    return Card(words.WITHDRAWN_TITLE, words.WITHDRAWN.format(days=days))


def answers(came: Answers, number: int = 0) -> Card:
    """One answer a page; the fixed line stands above each."""
    laid = [page for name, answer in came.came for page in pages(_spoken(name, answer))]
    if not laid:
        return Card(words.ANSWERS_TITLE, words.NOTHING_CAME, rows=([_to_status(came.ask)],))
    number = min(number, len(laid) - 1)
    back = [Button(words.BACK, to("asks.read", came.ask.id, str(number - 1)))] if number else []
    further = number + 1 < len(laid)
    ahead = [Button(words.NEXT, to("asks.read", came.ask.id, str(number + 1)), Tone.CHIEF)] if further else []
    then = [Button(words.PLAN, to("plans.open", came.ask.id)), Button(words.CONTACT, to("contact.open"))]
    return Card(
        words.ANSWERS_TITLE,
        words.ANSWERS_LINE,
        said=laid[number],
        rows=([*back, *ahead], then),
        small=words.PAGE.format(page=number + 1, pages=len(laid)) if len(laid) > 1 else "",
    )


def _open(title: str, status: Status) -> Card:
    ask = status.ask
    until = discord.utils.format_dt(ask.ends_at, "f") if ask.ends_at is not None else ""
    if ask.over_at is None:
        text = (words.WAITING if status.came else words.WAITING_NONE).format(until=until)
        return _card(title, text, status, _some(status))
    if status.came:
        return _card(title, words.OVER, status, [*_reading(status), *_more(ask)])
    return _card(words.NOBODY_TITLE, words.NOBODY, status, _more(ask))


def _card(title: str, text: str, status: Status, row: Sequence[Button]) -> Card:
    asked = "\n".join(
        words.ASKED_LINE.format(
            name=plain.name(one.name) if one.name else words.SOMEONE, reply=words.REPLIES[one.reply]
        )
        for one in status.asked
    )
    live = status.ask.state in (State.OPEN, State.PAUSED)
    leave = [Button(words.WITHDRAW, to("asks.withdraw", status.ask.id))] if live else []
    return Card(title, f"{asked}\n\n{text}", rows=(*_others(status), [*row, *leave]))


def _others(status: Status) -> list[Row]:
    """Someone else can be asked when somebody can't, or when the wait is over."""
    room = status.room
    if status.ask.state is not State.OPEN or room < 1 or not status.others:
        return []
    options = [Option(plain.option(name), who) for who, name in status.others]
    return [Choice(words.OTHERS_PROMPT, to("asks.others", status.ask.id), options, most=room)]


def _some(status: Status) -> list[Button]:
    return [Button(words.READ_SOME, to("asks.read", status.ask.id, "0"))] if status.came else []


def _reading(status: Status) -> list[Button]:
    return [Button(words.READ, to("asks.read", status.ask.id, "0"), Tone.CHIEF)] if status.came else []


def _more(ask: Ask) -> list[Button]:
    return [Button(words.MORE_TIME, to("asks.longer", ask.id))] if ask.extended < MORE_TIME_AT_MOST else []


def _to_status(ask: Ask) -> Button:
    return Button(words.BACK, to("asks.show", ask.id))


def _spoken(name: str, answer: Answer) -> list[tuple[str, str]]:
    who = plain.name(name) if name else words.SOMEONE
    parts = (
        (words.IMPACT, answer.impact),
        (words.STEP, answer.step),
        (words.MISSING, answer.missing),
        (words.OFFER, answer.offer),
    )
    return [(words.ANSWER_HEADING.format(name=who, part=part), text) for part, text in parts]
