"""The sentence for each Refusal of pairs."""

from bot.pairs.errors import (
    AlreadyPaired,
    Closed,
    NoPartner,
    NotAPerson,
    NothingLeft,
    OwnBoundary,
    PausedByOther,
    TooManyPairs,
    Unwritten,
    Yourself,
    ZoneUnknown,
)
from bot.pairs.schedule import NoSuchSchedule
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.pair import wording, words
from cogs.pair.start import cards as start


def explain(router: InteractionRouter) -> None:
    think = [Button(words.THINK, to("think.open"))]
    boundaries = [Button(words.BOUNDARIES, to("boundaries.add"))]
    router.explains(Yourself, lambda _: Card(words.YOURSELF_TITLE, words.YOURSELF, rows=(think,)))
    router.explains(NotAPerson, lambda _: Card(words.BOT_TITLE, words.BOT))
    router.explains(OwnBoundary, lambda _: Card(words.BOUNDARY_TITLE, words.BOUNDARY, rows=(boundaries,)))
    router.explains(AlreadyPaired, lambda refused: _already(refused.pair))
    router.explains(TooManyPairs, lambda refused: _full(refused.limit))
    router.explains(Closed, lambda _: Card(words.CLOSED_TITLE, words.CLOSED))
    router.explains(NoPartner, lambda refused: _no_partner(refused.pair))
    router.explains(Unwritten, start.to_edit)
    router.explains(ZoneUnknown, start.to_edit)
    router.explains(NoSuchSchedule, lambda _: Card(words.BAD_TERMS_TITLE, words.BAD_TERMS))
    router.explains(NothingLeft, lambda _: Card(words.NOTHING_LEFT_TITLE, words.NOTHING_LEFT))
    router.explains(PausedByOther, _by_other)


def _already(pair: str) -> Card:
    row = [Button(words.SHOW_BUTTON, to("pairs.show", pair), Tone.CHIEF)]
    return Card(words.PAIRED_TITLE, words.PAIRED, rows=(row,))


def _full(limit: int) -> Card:
    return Card(words.FULL_TITLE.format(limit=limit), words.FULL)


def _no_partner(pair: str) -> Card:
    row = [Button(words.BACK, to("pairs.draft", pair))]
    return Card(words.NO_PARTNER_TITLE, words.NO_PARTNER, rows=(row,))


def _by_other(refused: PausedByOther) -> Card:
    return Card(words.BY_OTHER_TITLE.format(until=wording.on(refused.until.date())), words.BY_OTHER)
