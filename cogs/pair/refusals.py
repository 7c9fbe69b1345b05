"""The card for each Refusal of pairs."""

from bot.pairs.errors import (
    AlreadyPaired,
    NoPartner,
    NoSuchSchedule,
    NotAPerson,
    NoteUnwritten,
    NothingLeft,
    OwnBoundary,
    PairClosed,
    PairUnwritten,
    PausedByOther,
    TooLateTonight,
    TooManyPairs,
    Yourself,
    ZoneUnknown,
)
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.pair import strings, wording
from cogs.pair.check import strings as check_words
from cogs.pair.start import cards as start


def explain(router: InteractionRouter) -> None:
    think = [Button(strings.THINK, to("think.open"))]
    router.explains(Yourself, lambda _: Card(strings.YOURSELF_TITLE, strings.YOURSELF, rows=(think,)))
    router.explains(NotAPerson, lambda _: Card(strings.BOT_TITLE, strings.BOT))
    own_choice = Card(strings.OWN_CHOICE_TITLE, strings.OWN_CHOICE, close=True)
    router.explains(OwnBoundary, lambda _: own_choice)
    router.explains(AlreadyPaired, lambda refused: _already(refused.pair))
    router.explains(TooManyPairs, lambda refused: _full(refused.limit))
    router.explains(PairClosed, lambda _: Card(strings.CLOSED_TITLE, strings.CLOSED))
    router.explains(NoPartner, lambda refused: _no_partner(refused.pair))
    router.explains(PairUnwritten, start.to_edit)
    router.explains(ZoneUnknown, start.to_edit)
    router.explains(NoSuchSchedule, lambda _: Card(strings.BAD_TERMS_TITLE, strings.BAD_TERMS))
    router.explains(NoteUnwritten, lambda refused: _no_note(refused.check_in))
    router.explains(TooLateTonight, lambda refused: _too_late(refused.check_in))
    router.explains(NothingLeft, lambda _: Card(strings.NOTHING_LEFT_TITLE, strings.NOTHING_LEFT))
    router.explains(PausedByOther, _by_other)


def _already(pair: str) -> Card:
    row = [Button(strings.SHOW_BUTTON, to("pairs.show", pair), Tone.CHIEF)]
    return Card(strings.PAIRED_TITLE, strings.PAIRED, rows=(row,))


def _full(limit: int) -> Card:
    return Card(strings.FULL_TITLE.format(limit=limit), strings.FULL)


def _no_partner(pair: str) -> Card:
    row = [Button(strings.BACK, to("pairs.draft", pair))]
    return Card(strings.NO_PARTNER_TITLE, strings.NO_PARTNER, rows=(row,))


def _no_note(check_in: str) -> Card:
    row = [
        Button(check_words.ADD_NOTE, to("pairs.note", check_in), Tone.CHIEF),
        Button(strings.TO_CHECK, to("pairs.check", check_in)),
    ]
    return Card(check_words.NO_NOTE_TITLE, check_words.NO_NOTE, rows=(row,))


def _too_late(check_in: str) -> Card:
    row = [Button(check_words.ANSWER_NOW, to("pairs.check", check_in), Tone.CHIEF)]
    return Card(check_words.TOO_LATE_TITLE, check_words.TOO_LATE, rows=(row,))


def _by_other(refused: PausedByOther) -> Card:
    return Card(strings.BY_OTHER_TITLE.format(until=wording.on(refused.until.date())), strings.BY_OTHER)
