"""The answers, one on each page, below a sentence that is always the same."""

from bot.asks.models import Answer, AskKind, AskState
from bot.asks.queries import Answers
from bot.reports.models import PassageKind
from bot.ui import labels, when
from bot.ui.components import Button, Card, Tone, pages
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.ask.cards.alone import about_them
from cogs.ask.cards.wait import plan
from cogs.ask.cards.write import page
from cogs.shared.reporting.parts import report


def answers(came: Answers, number: int = 0) -> Card:
    """Show one page of the answers, below the sentence that is always the same."""
    id, kind = came.ask.id, came.ask.kind
    of_others = kind is not None and kind.of_others
    beside = about_them(kind)
    laid = [
        (one, asking)
        for (name, answer), asking in zip(came.came, came.ids, strict=True)
        for one in pages(_spoken(name, answer, kind))
    ]
    status = [] if came.ask.state is AskState.CLOSED else [Button(strings.STATUS_TITLE, to("asks.show", id))]
    if not laid:
        text = strings.NOTHING_CAME_OTHERS if of_others else strings.NOTHING_CAME
        return Card(strings.ANSWERS_TITLE, text, rows=([plan(came.ask), *beside, *status],))
    number = min(number, len(laid) - 1)
    said, asking = laid[number]
    back = [Button(strings.BACK, to("asks.read", id, str(number - 1)))] if number else []
    further = number + 1 < len(laid)
    ahead = [Button(strings.NEXT, to("asks.read", id, str(number + 1)), Tone.CHIEF)] if further else []
    return Card(
        strings.ANSWERS_TITLE,
        strings.ANSWERS_LINE if kind is None else strings.ANSWERS_LINE_OF.get(kind, strings.ANSWERS_LINE),
        said=said,
        rows=([*back, *ahead], [plan(came.ask), *beside, *status, report(PassageKind.ANSWER, asking)]),
        small=_small(came, number, len(laid)),
    )


def _small(came: Answers, number: int, count: int) -> str:
    kept = "" if came.kept_until is None else strings.CLOSED_TEXT.format(until=when.day(came.kept_until))
    return "\n".join(part for part in (page(number, count), kept) if part)


def _spoken(name: str, answer: Answer, kind: AskKind | None) -> list[tuple[str, str]]:
    who = labels.name(name)
    parts = (
        (strings.IMPACT_OTHERS if kind is not None and kind.of_others else strings.IMPACT, answer.impact),
        (strings.STEP, answer.step),
        (strings.MISSING, answer.missing),
        (strings.OFFER, answer.offer),
    )
    return [(strings.ANSWER_HEADING.format(name=who, part=part), text) for part, text in parts]
