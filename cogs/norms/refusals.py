"""The sentence for each Refusal of norms that members meet."""

from bot.norms.model import StandsNoMore
from bot.norms.note import NobodyReads, NotWritten
from bot.ui.door import Door
from bot.ui.look import Button, Card
from bot.ui.route import to
from cogs.norms import words
from cogs.norms.cards import write as cards


def explain(door: Door) -> None:
    show = [Button(words.SHOW, to("norms.show"))]
    door.explains(StandsNoMore, lambda _: Card(words.LATE_TITLE, words.LATE_TEXT, rows=(show,)))
    door.explains(NotWritten, lambda refused: cards.to_write(refused.note))
    door.explains(NobodyReads, lambda refused: cards.nobody(refused.note))
