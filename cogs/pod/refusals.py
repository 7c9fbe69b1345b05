"""The sentence for each Refusal of pods."""

from bot.pods.model import AlreadyThere, Closed, NotAPerson, PodFull, Yourself
from bot.ui.door import Door
from bot.ui.look import Card
from cogs.pod import cards, words


def explain(door: Door) -> None:
    door.explains(Yourself, lambda _: cards.yourself())
    door.explains(NotAPerson, lambda _: Card(words.A_BOT_TITLE, words.A_BOT))
    door.explains(AlreadyThere, lambda _: Card(words.ALREADY_TITLE, words.ALREADY))
    door.explains(PodFull, lambda full: cards.full(full.limit))
    door.explains(Closed, lambda _: Card(words.CLOSED_TITLE, words.CLOSED))
