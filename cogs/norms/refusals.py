"""The card for each Refusal of norms that members see."""

from bot.norms.errors import NobodyReads, NotWritten, StandsNoMore
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from bot.ui.router import InteractionRouter
from cogs.norms import strings
from cogs.norms.cards import write as cards


def explain(router: InteractionRouter) -> None:
    show = [Button(strings.SHOW, to("norms.show"))]
    router.explains(StandsNoMore, lambda _: Card(strings.LATE_TITLE, strings.LATE_TEXT, rows=(show,)))
    router.explains(NotWritten, lambda refused: cards.to_write(refused.note))
    router.explains(NobodyReads, lambda refused: cards.nobody(refused.note))
