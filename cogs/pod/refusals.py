"""The sentence for each Refusal of pods."""

from bot.pods.model import AlreadyThere, Closed, NotAPerson, OwnBoundary, PodFull, Yourself
from bot.ui.door import Door
from bot.ui.look import Button, Card
from bot.ui.route import to
from cogs.pod import cards, words


def explain(door: Door) -> None:
    door.explains(Yourself, lambda _: cards.yourself())
    door.explains(NotAPerson, lambda _: Card(words.A_BOT_TITLE, words.A_BOT))
    door.explains(AlreadyThere, lambda _: Card(words.ALREADY_TITLE, words.ALREADY))
    door.explains(OwnBoundary, lambda _: _own_boundary())
    door.explains(PodFull, lambda full: cards.full(full.limit))
    door.explains(Closed, lambda _: Card(words.CLOSED_TITLE, words.CLOSED))


def _own_boundary() -> Card:
    boundaries = Button(words.BOUNDARIES, to("boundaries.add"))
    return Card(words.OWN_BOUNDARY_TITLE, words.OWN_BOUNDARY, rows=((boundaries,),))
