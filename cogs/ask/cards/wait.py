"""An ask that was sent, as its asker sees it: waiting, over, paused, closed."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks.model import Ask, Reply, State
from bot.asks.queries import Status
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.ask import words


def sent(status: Status) -> Card:
    """Right after `Send`: who was asked, and until when."""
    return _open(words.SENT_TITLE, status)


def status(status: Status, until: datetime | None) -> Card:
    """Where it stands now. `until`: when a paused one closes, when the text of a closed one is destroyed."""
    match status.ask.state:
        case State.CLOSED:
            day = "" if until is None else when.day(until)
            row = [*_reading(status), plan(status.ask), contact()]
            return _card(words.STATUS_TITLE, words.CLOSED_TEXT.format(until=day), status, [row])
        case State.PAUSED:
            return _paused(status, until)
        case _:
            return _open(words.STATUS_TITLE, status)


def pause(status: Status, until: datetime | None) -> str:
    """Which ask is paused, until when, and that what came can be read."""
    asked = "" if status.ask.sent_at is None else when.day(status.ask.sent_at)
    text = words.PAUSED.format(day=asked, until="" if until is None else when.day(until))
    return f"{text} {words.PAUSED_CAME}" if status.came else text


def sure(ask: Ask) -> Card:
    row = [
        Button(words.WITHDRAW, to("asks.withdraw", ask.id, "sure"), Tone.CHIEF),
        Button(words.KEEP, to("asks.show", ask.id)),
    ]
    return Card(words.SURE_TITLE, words.SURE, rows=(row,))


def withdrawn(kept_until: datetime | None) -> Card:
    until = "" if kept_until is None else when.day(kept_until)
    return Card(words.WITHDRAWN_TITLE, words.WITHDRAWN.format(until=until))


def kept() -> Card:
    """After `Same`: where the words went that were just typed."""
    return Card(words.SAME_KEPT_TITLE, words.SAME_KEPT)


def plan(ask: Ask) -> Button:
    return Button(words.PLAN, to("plans.open", ask.id))


def contact() -> Button:
    return Button(words.CONTACT, to("contact.open"))


def _open(title: str, status: Status) -> Card:
    ask = status.ask
    if ask.over_at is None:
        until = "" if ask.ends_at is None else when.moment(ask.ends_at)
        text = (words.WAITING if status.came else words.WAITING_NONE).format(until=until)
        return _card(title, text, status, [[*_some(status), _withdraw(ask)]])
    row = [*_reading(status), *_more(status), *_invite(status), _withdraw(ask)]
    if status.came:
        return _card(title, words.OVER, status, [row])
    return _card(words.NOBODY_TITLE, _nobody(status), status, [row])


def _paused(status: Status, until: datetime | None) -> Card:
    ask = status.ask
    talk = [
        Button(words.CHECK_ON_THEM, to("contact.open")),
        Button(words.THINK, to("think.open")),
        Button(words.TALK, to("talks.open", str(ask.server)), Tone.CHIEF),
    ]
    then = [*_reading(status), plan(ask), _withdraw(ask)]
    # Not who replied and who did not: by elimination it would say whom it was beyond.
    return Card(words.PAUSED_TITLE, pause(status, until), rows=(talk, then))


def _card(title: str, text: str, status: Status, rows: Sequence[Row]) -> Card:
    closed = status.ask.state is State.CLOSED
    asked = "\n".join(
        words.ASKED_LINE.format(
            name=plain.name(one.name) if one.name else words.SOMEONE,
            reply=words.NO_ANSWER if closed and one.reply is Reply.ASKED else words.REPLIES[one.reply],
        )
        for one in status.asked
    )
    return Card(title, f"{asked}\n\n{text}", rows=(*_others(status), *rows))


def _nobody(status: Status) -> str:
    """What can be done now; nothing that cannot."""
    parts = [words.NOBODY]
    if _others(status):
        parts.append(words.NOBODY_OTHERS)
    if status.longer_until is not None:
        parts.append(words.NOBODY_MORE.format(until=when.moment(status.longer_until)))
    if _invite(status):
        parts.append(words.NOBODY_INVITE)
    return "\n\n".join([*parts, words.NOBODY_LINE])


def _others(status: Status) -> list[Row]:
    """Someone else can be asked once somebody can't, or the wait is over."""
    ask, room = status.ask, status.room
    wanted = ask.over_at is not None or any(one.reply is Reply.CANT for one in status.asked)
    if ask.state is not State.OPEN or not wanted or room < 1 or not status.others:
        return []
    options = [Option(plain.option(name), who) for who, name in status.others]
    return [Choice(words.OTHERS_PROMPT, to("asks.others", ask.id), options, most=room)]


def _some(status: Status) -> list[Button]:
    return [Button(words.READ_SOME, to("asks.read", status.ask.id, "0"))] if status.came else []


def _reading(status: Status) -> list[Button]:
    return [Button(words.READ, to("asks.read", status.ask.id, "0"), Tone.CHIEF)] if status.came else []


def _more(status: Status) -> list[Button]:
    if status.longer_until is None:
        return []
    return [Button(words.MORE_TIME, to("asks.longer", status.ask.id))]


def _invite(status: Status) -> list[Button]:
    """Where nobody came and nobody is left to ask, though somebody more could be."""
    return (
        [] if status.came or status.others or not status.room else [Button(words.INVITE, to("pods.invite"))]
    )


def _withdraw(ask: Ask) -> Button:
    return Button(words.WITHDRAW, to("asks.withdraw", ask.id))
