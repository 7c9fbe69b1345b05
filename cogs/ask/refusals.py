"""The sentence for each Refusal of asks."""

from collections.abc import Callable

from bot.asks.model import CannotBeAsked, Closed, NobodyChosen, NoMoreTime, TooManyOpen, Unwritten
from bot.errors import Refusal
from bot.ui.door import Door
from bot.ui.look import Card
from cogs.ask import words


class NotOwn(Refusal):
    """The message is somebody else's."""


class NoWords(Refusal):
    """The message has no text."""


_SENTENCES: dict[type[Refusal], tuple[str, str]] = {
    Closed: (words.CLOSED_TITLE, words.CLOSED),
    TooManyOpen: (words.TOO_MANY_TITLE, words.TOO_MANY),
    NobodyChosen: (words.NOBODY_CHOSEN_TITLE, words.NOBODY_CHOSEN),
    CannotBeAsked: (words.CANNOT_TITLE, words.CANNOT),
    NoMoreTime: (words.NO_MORE_TITLE, words.NO_MORE),
    Unwritten: (words.UNWRITTEN_TITLE, words.UNWRITTEN),
    NotOwn: (words.NOT_OWN_TITLE, words.NOT_OWN),
    NoWords: (words.NO_WORDS_TITLE, words.NO_WORDS),
}


def explain(door: Door) -> None:
    for refusal, (title, text) in _SENTENCES.items():
        door.explains(refusal, _always(Card(title, text)))


def _always(card: Card) -> Callable[[Refusal], Card]:
    return lambda _refused: card
