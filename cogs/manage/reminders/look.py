"""How the message of a reminder looks in a channel, and the card that its button `Why` opens."""

from bot.reminders.models import RotationTurn
from bot.reminders.queries import ShownNorm
from bot.ui import plain
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.manage.reminders import strings
from cogs.manage.reminders.wording import line

PREVIEW = "preview"
"""Stands for a post's id in a preview, in which nothing is posted."""


def norm(shown: ShownNorm, turn: RotationTurn, post: str = PREVIEW, event: str | None = None) -> Card:
    """Show one norm. `event` is the name of the event before which it is posted."""
    row = [Button(strings.WHY, to("reminders.why", post, f"{turn.version}.{turn.key}"))]
    title, sentence = line(shown.norm.title), plain.escaped(shown.norm.norm)
    small = strings.AGREED if shown.agreed else strings.PUBLISHED
    if event is None:
        return Card(title, sentence, rows=(row,), small=small)
    before = strings.BEFORE_EVENT.format(event=event)
    return Card(before, strings.EVENT_NORM.format(title=title, norm=sentence), rows=(row,), small=small)


def night(turn: RotationTurn, event: str, post: str = PREVIEW) -> Card:
    """Ask in one line whether people want to plan the night of an event together."""
    row = [Button(strings.PLAN_TOGETHER, to("nights.plan", post, str(turn.begins) if turn.begins else ""))]
    return Card("", strings.NIGHT_OFFER.format(event=event), rows=(row,))


def why(shown: ShownNorm) -> Card:
    """Show all that was written about a norm."""
    one = shown.norm
    parts = [
        heading.format(text=plain.escaped(text))
        for heading, text in (
            (strings.WHY_TITLE, one.why),
            (strings.KEPT_TITLE, one.kept),
            (strings.QUESTION_TITLE, one.question),
        )
        if text
    ]
    said = "\n\n".join([plain.escaped(one.norm), *(parts or [strings.NO_MORE])])
    return Card(line(one.title), said, small="" if shown.in_force else strings.RETIRED)
