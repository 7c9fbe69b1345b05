"""The card for each Refusal of asks."""

from collections.abc import Callable
from functools import partial

from bot.asks.errors import (
    AskClosed,
    AskUnwritten,
    NobodyChosen,
    NobodyLeft,
    NoMoreTime,
    PickAgain,
    TooManyOpen,
)
from bot.errors import Refusal
from bot.servers.errors import NewHere
from bot.ui import when
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.ask import strings
from cogs.ask.cards.alone import check_on_them, think


class NotOwn(Refusal):
    """The message was written by somebody else."""


class NoWords(Refusal):
    """The message has no text."""


_SENTENCES: dict[type[Refusal], tuple[str, str]] = {
    AskClosed: (strings.CLOSED_TITLE, strings.CLOSED),
    TooManyOpen: (strings.TOO_MANY_TITLE, strings.TOO_MANY),
    NoMoreTime: (strings.NO_MORE_TITLE, strings.NO_MORE),
    NobodyLeft: (strings.NOBODY_LEFT_TITLE, strings.NOBODY_LEFT),
    AskUnwritten: (strings.UNWRITTEN_TITLE, strings.UNWRITTEN),
    NotOwn: (strings.NOT_OWN_TITLE, strings.NOT_OWN),
    NoWords: (strings.NO_WORDS_TITLE, strings.NO_WORDS),
}


def explain(router: InteractionRouter) -> None:
    for refusal, (title, text) in _SENTENCES.items():
        router.explains(refusal, _always(Card(title, text)))
    router.explains(NewHere, _new_here)
    router.explains(NobodyChosen, partial(_look_again, strings.NOBODY_CHOSEN_TITLE, strings.NOBODY_CHOSEN))
    router.explains(PickAgain, partial(_look_again, strings.CANNOT_TITLE, strings.CANNOT))


def _always(card: Card) -> Callable[[Refusal], Card]:
    return lambda _refused: card


def _new_here(refused: NewHere) -> Card:
    """Say when they can start an ask, and what they can do now. They have not typed anything yet."""
    row = [think(Tone.CHIEF), check_on_them(), Button(strings.SET_UP_POD, to("pods.invite"))]
    return Card(strings.NEW_HERE_TITLE, strings.NEW_HERE.format(at=when.moment(refused.at)), rows=(row,))


def _look_again(title: str, text: str, refused: PickAgain) -> Card:
    """Say what is wrong, with a button that shows the current list of people."""
    verb = "asks.preview" if refused.draft else "asks.show"
    row = [Button(strings.LOOK_AGAIN, to(verb, refused.ask), Tone.CHIEF)]
    return Card(title, text, rows=(row,))
