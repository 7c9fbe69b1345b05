"""The card for each Refusal of terms. The router adds what was typed."""

from bot.terms.errors import (
    AlreadyCarries,
    AlreadyKept,
    CarryingClosed,
    LetTooOften,
    NotAPerson,
    NotHere,
    NothingKept,
    OwnBoundary,
    TermsChanged,
    TermsUnwritten,
    Yourself,
)
from bot.ui.components import Card
from bot.ui.router import InteractionRouter
from cogs.terms import cards, strings


def explain(router: InteractionRouter) -> None:
    router.explains(TermsUnwritten, lambda _: cards.nothing())
    router.explains(AlreadyKept, lambda _: _simple(strings.OTHER_TITLE, strings.OTHER))
    router.explains(NothingKept, lambda _: cards.none_kept())
    router.explains(Yourself, lambda _: _simple(strings.YOURSELF_TITLE, strings.YOURSELF))
    router.explains(NotAPerson, lambda _: _simple(strings.A_BOT_TITLE, strings.A_BOT))
    router.explains(NotHere, lambda _: cards.not_here())
    router.explains(OwnBoundary, lambda _: _simple(strings.OWN_TITLE, strings.OWN))
    router.explains(AlreadyCarries, lambda _: _simple(strings.ALREADY_TITLE, strings.ALREADY))
    router.explains(CarryingClosed, lambda _: Card(strings.OVER_TITLE, strings.OVER, close=True))
    router.explains(LetTooOften, lambda often: cards.let_too_often(often.at))
    router.explains(TermsChanged, lambda changed: cards.new_since(changed.carrying))


def _simple(title: str, text: str) -> Card:
    return Card(title, text, rows=((cards.HOME,),), close=True)
