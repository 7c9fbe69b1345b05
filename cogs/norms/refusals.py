"""The sentence for each Refusal of norms that members meet."""

from bot.norms.model import StandsNoMore
from bot.norms.note import NobodyReads, NotWritten
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.norms import words
from cogs.norms.cards import write as cards


def explain(router: InteractionRouter) -> None:
    show = [Button(words.SHOW, to("norms.show"))]
    router.explains(StandsNoMore, lambda _: Card(words.LATE_TITLE, words.LATE_TEXT, rows=(show,)))
    router.explains(NotWritten, lambda refused: cards.to_write(refused.note))
    router.explains(NobodyReads, lambda refused: cards.nobody(refused.note))
