"""The sentence for each Refusal of pods."""

from bot.pods.model import AlreadyThere, Closed, NotAPerson, OwnBoundary, PodFull, Yourself
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.pod import cards, words


def explain(router: InteractionRouter) -> None:
    router.explains(Yourself, lambda _: cards.yourself())
    router.explains(NotAPerson, lambda _: Card(words.A_BOT_TITLE, words.A_BOT))
    router.explains(AlreadyThere, lambda _: Card(words.ALREADY_TITLE, words.ALREADY))
    router.explains(OwnBoundary, lambda _: _own_boundary())
    router.explains(PodFull, lambda full: cards.full(full.limit))
    router.explains(Closed, lambda _: Card(words.CLOSED_TITLE, words.CLOSED))


def _own_boundary() -> Card:
    boundaries = Button(words.BOUNDARIES, to("boundaries.add"))
    return Card(words.OWN_BOUNDARY_TITLE, words.OWN_BOUNDARY, rows=((boundaries,),))
