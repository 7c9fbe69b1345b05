"""The card for each Refusal of pods."""

from bot.errors import Refusal
from bot.pods.errors import AlreadyThere, InvitationClosed, NotAPerson, OwnBoundary, PodFull, Yourself
from bot.reports.errors import StartedTooMuch
from bot.ui.components import Card
from bot.ui.router import InteractionRouter
from cogs.pod import cards, strings


def explain(router: InteractionRouter) -> None:
    router.explains(Yourself, lambda _: cards.yourself())
    router.explains(NotAPerson, lambda _: Card(strings.A_BOT_TITLE, strings.A_BOT))
    router.explains(AlreadyThere, lambda _: Card(strings.ALREADY_TITLE, strings.ALREADY))
    router.explains(OwnBoundary, lambda _: Card(strings.OWN_CHOICE_TITLE, strings.OWN_CHOICE, close=True))
    router.explains(PodFull, lambda full: cards.full(full.limit))
    router.explains(InvitationClosed, lambda _: Card(strings.CLOSED_TITLE, strings.CLOSED))


def why(refusal: Refusal) -> str:
    """Return why somebody was not invited, for the list after several invitations."""
    match refusal:
        case PodFull():
            return strings.WHY_FULL.format(limit=refusal.limit)
        case Yourself():
            return strings.WHY_YOURSELF
        case AlreadyThere():
            return strings.WHY_ALREADY
        case StartedTooMuch():
            return strings.WHY_TOO_OFTEN
        case _:
            return strings.WHY_OWN_CHOICE
