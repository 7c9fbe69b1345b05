"""The cards of an ask that was sent, as its asker sees it: waiting, over, paused or closed."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks.models import Ask, AskState, Reply
from bot.asks.queries import AskStatus
from bot.talks.models import TalkAbout
from bot.ui import labels, when
from bot.ui.components import Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.ask.cards.alone import about_them, alone, by_themselves


def sent(status: AskStatus) -> Card:
    """Show, right after `Send`, who was asked and until when the ask waits."""
    return _open(strings.SENT_TITLE, status)


def status(status: AskStatus, until: datetime | None, emergency: str) -> Card:
    """Show the state of the ask.

    until: when a paused ask closes, or when the text of a closed ask is deleted. emergency: the number to
    call, in words that fit after "call".
    """
    match status.ask.state:
        case AskState.CLOSED:
            day = "" if until is None else when.day(until)
            row = [*_reading(status), plan(status.ask), *about_them(status.ask.kind)]
            return _card(strings.STATUS_TITLE, strings.CLOSED_TEXT.format(until=day), status, [row])
        case AskState.PAUSED:
            return _paused(status, until, emergency)
        case _:
            return _open(strings.STATUS_TITLE, status)


def pause(status: AskStatus, until: datetime | None) -> str:
    """Return the text that says which ask is paused and until when, and whether its answers can be read."""
    asked = "" if status.ask.sent_at is None else when.day(status.ask.sent_at)
    said = strings.PAUSED_DANGER if status.danger else strings.PAUSED
    text = said.format(day=asked, until="" if until is None else when.day(until))
    return f"{text} {strings.PAUSED_CAME}" if status.came else text


def sure(ask: Ask) -> Card:
    row = [
        Button(strings.WITHDRAW, to("asks.withdraw", ask.id, "sure"), Tone.CHIEF),
        Button(strings.KEEP, to("asks.show", ask.id)),
    ]
    return Card(strings.SURE_TITLE, strings.SURE, rows=(row,))


def withdrawn(kept_until: datetime | None) -> Card:
    until = "" if kept_until is None else when.day(kept_until)
    return Card(strings.WITHDRAWN_TITLE, strings.WITHDRAWN.format(until=until))


def kept() -> Card:
    """After `Same`: say where the text is kept that they have just typed."""
    return Card(strings.SAME_KEPT_TITLE, strings.SAME_KEPT)


def plan(ask: Ask) -> Button:
    return Button(strings.PLAN, to("plans.open", ask.id))


def _open(title: str, status: AskStatus) -> Card:
    ask = status.ask
    if ask.over_at is None:
        until = "" if ask.ends_at is None else when.moment(ask.ends_at)
        text = (strings.WAITING if status.came else strings.WAITING_NONE).format(until=until)
        if ask.kind is None or not ask.kind.of_others:
            text = f"{text} {strings.WHILE_YOU_WAIT}"
        return _card(title, text, status, [[*_some(status), _withdraw(ask)], by_themselves(ask.kind)])
    row = [*_reading(status), *_more(status), _withdraw(ask)]
    if status.came:
        return _card(title, strings.OVER, status, [row])
    return _card(strings.NOBODY_TITLE, _nobody(status), status, [row, _meanwhile(status)])


def _paused(status: AskStatus, until: datetime | None, emergency: str) -> Card:
    ask = status.ask
    of_others = ask.kind is not None and ask.kind.of_others
    first = strings.DANGER_FIRST_OTHERS if of_others else strings.DANGER_FIRST
    urgent = first.format(emergency=emergency) if status.danger else ""
    text = "\n\n".join(part for part in (urgent, pause(status, until)) if part)
    about = TalkAbout.OTHERS if of_others else TalkAbout.DID
    talk = [Button(strings.TALK, to("talks.open", str(ask.server), about), Tone.CHIEF)]
    then = [*_reading(status), plan(ask), _withdraw(ask)]
    # Don't name who has answered: the asker would know that it was too much for one of the others.
    return Card(strings.PAUSED_TITLE, text, rows=([*talk, *by_themselves(ask.kind, plan=False)], then))


def _card(title: str, text: str, status: AskStatus, rows: Sequence[Row]) -> Card:
    closed = status.ask.state is AskState.CLOSED
    asked = "\n".join(
        strings.ASKED_LINE.format(
            name=labels.name(one.name),
            reply=strings.NO_ANSWER if closed and one.reply is Reply.ASKED else strings.REPLIES[one.reply],
        )
        for one in status.asked
    )
    return Card(title, f"{asked}\n\n{text}", rows=(*_others(status), *rows))


def _nobody(status: AskStatus) -> str:
    """Return the text that says what can be done, since nobody has answered."""
    parts = [strings.NOBODY]
    if _others(status):
        parts.append(strings.NOBODY_OTHERS)
    if status.longer_until is not None:
        parts.append(strings.NOBODY_MORE.format(until=when.moment(status.longer_until)))
    if _without_others(status):
        parts.append(strings.NOBODY_INVITE)
    return "\n\n".join([*parts, strings.NOBODY_LINE])


def _others(status: AskStatus) -> list[Row]:
    """Return the select for asking others. It is offered once somebody can't answer, or the wait is over."""
    ask, room = status.ask, status.room
    wanted = ask.over_at is not None or any(one.reply is Reply.CANT for one in status.asked)
    if ask.state is not AskState.OPEN or not wanted or room < 1 or not status.others:
        return []
    options = [Option(labels.option(name), who) for who, name in status.others]
    return [Choice(strings.OTHERS_PROMPT, to("asks.others", ask.id), options, most=room)]


def _some(status: AskStatus) -> list[Button]:
    return [Button(strings.READ_SOME, to("asks.read", status.ask.id, "0"))] if status.came else []


def _reading(status: AskStatus) -> list[Button]:
    return [Button(strings.READ, to("asks.read", status.ask.id, "0"), Tone.CHIEF)] if status.came else []


def _more(status: AskStatus) -> list[Button]:
    if status.longer_until is None:
        return []
    return [Button(strings.MORE_TIME, to("asks.longer", status.ask.id))]


def _meanwhile(status: AskStatus) -> list[Button]:
    """Return what the asker can do now that nobody has answered, and a way to the pod if it has run out."""
    kind = status.ask.kind
    return alone(status.ask.server, kind) if _without_others(status) else by_themselves(kind)


def _without_others(status: AskStatus) -> bool:
    """Whether somebody could still be asked, and nobody is left in the pod."""
    return bool(status.room) and not status.others


def _withdraw(ask: Ask) -> Button:
    return Button(strings.WITHDRAW, to("asks.withdraw", ask.id))
