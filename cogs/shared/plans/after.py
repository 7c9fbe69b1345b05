"""The cards that follow an answer about a plan."""

from collections.abc import Sequence

from bot.plans.service import Shown
from bot.ui import when
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.shared.plans import words
from cogs.shared.plans.parts import button, contact, ended, said, told


def did(shown: Shown) -> Card:
    """They did it: what is different, and when they are asked again."""
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    together = Button(words.TOGETHER, to("pairs.new", shown.plan.id))
    row = [together, button(words.STOP, "plans.end", shown, "stop"), contact()]
    return Card(
        words.DID_TITLE,
        said=said(shown.words),
        after=words.DID.format(at=at),
        rows=(row,),
        small=words.KEPT.format(button=words.STOP),
    )


def still_doing_it(shown: Shown) -> Card:
    """After `Still doing it`."""
    if shown.plan.ended:
        return Card(words.LAST_TITLE, words.LAST)
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [button(words.STOP, "plans.end", shown, "stop")]
    return Card(words.KEEPING_TITLE, words.KEEPING.format(at=at), rows=(row,))


def changed(shown: Shown) -> Card:
    return ended(words.CHANGED_TITLE, words.CHANGED, shown)


def stopped() -> Card:
    return Card(words.STOPPED_TITLE, words.STOPPED)


def not_kept(shown: Shown, typed: Sequence[tuple[str, str]]) -> Card:
    """A form that came too late: what was typed is given back."""
    if shown.plan.ended:
        card = ended(words.ENDED_TITLE, words.ENDED_TYPED, shown)
        return Card(card.title, card.text, said=told(typed), rows=card.rows)
    row = [button(words.PLAN, "plans.show", shown)]
    return Card(words.STANDS_TITLE, words.STANDS, said=told(typed), rows=(row,))
