"""The cards of a draft: its preview, and what can go wrong before it is sent."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks.models import Ask, AskText
from bot.asks.queries import Preview
from bot.asks.wait import Wait
from bot.ui import labels, when
from bot.ui.components import PAGE, Button, Card, Choice, Option, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.ask.cards.alone import alone, by_themselves


def spoken(ask: Ask, text: AskText) -> list[tuple[str, str]]:
    """Return the asker's words, each part with its heading."""
    what = strings.WHAT[ask.kind] if ask.kind is not None else ""
    felt = strings.FELT if ask.kind is None else strings.FELT_OF.get(ask.kind, strings.FELT)
    return [(what, text.what), (felt, text.felt), (strings.ASKING, text.asking)]


def page(number: int, count: int) -> str:
    """Say which page this is, counting `number` from 0. Return an empty text if there is only one page."""
    return strings.PAGE.format(page=number + 1, pages=count) if count > 1 else ""


def preview(draft: Preview, number: int = 0) -> Card:
    """Show the text as friends will see it, and let the asker choose whom to ask and how long to wait."""
    laid = pages(spoken(draft.ask, draft.words), PAGE - 200)
    number = min(number, len(laid) - 1)
    kind = strings.KINDS[draft.ask.kind] if draft.ask.kind is not None else ""
    zone = "" if draft.zone_known else strings.NO_ZONE
    nobody = [] if draft.people else alone(draft.ask.server, draft.ask.kind)
    turning = _turning(draft.ask, laid, number)
    rows: list[Row] = [*turning, *_whom(draft), _waits(draft), _send(draft), nobody]
    return Card(
        strings.PREVIEW_TITLE,
        strings.PREVIEW_ABOUT.format(kind=kind),
        said=laid[number],
        after=_after(draft),
        rows=rows,
        small="\n".join(part for part in (page(number, len(laid)), zone) if part),
    )


def unwritten(ask: Ask) -> Card:
    """Say that a required field is blank."""
    row = [Button(strings.EDIT, to("asks.edit", ask.id), Tone.CHIEF), _discard(ask)]
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=(row,))


def too_soon(draft: Preview, at: datetime) -> Card:
    """Say that the asker is too new here to send the draft, and how long the draft is kept."""
    kept = draft.kept_until
    parts = [strings.TOO_SOON.format(at=when.moment(at))]
    if kept is not None:
        lasts = strings.KEPT_ENOUGH if kept > at else strings.KEPT_TOO_SHORT
        parts.append(lasts.format(until=when.moment(kept)))
    row = [
        Button(strings.TO_DRAFT, to("asks.draft", draft.ask.id), Tone.CHIEF),
        *by_themselves(draft.ask.kind, plan=False),
        _discard(draft.ask),
    ]
    return Card(strings.NEW_HERE_TITLE, "\n\n".join(parts), rows=(row,))


def discarded() -> Card:
    return Card(strings.DISCARDED_TITLE, strings.DISCARDED)


def _after(draft: Preview) -> str:
    kind = draft.ask.kind
    of_others = kind is not None and kind.of_others
    parts = [strings.BETTER if kind is None else strings.BETTER_OF.get(kind, strings.BETTER)]
    if draft.people:
        until = when.moment(draft.ends_at)
        days = strings.KEPT_FOR[draft.ask.kept_days != 1].format(days=draft.ask.kept_days)
        how_long = f"{strings.UNTIL.format(until=until)} {days}"
        parts += [strings.WHO_OF_OTHERS if of_others else strings.WHO, how_long]
    else:
        kept = "" if draft.kept_until is None else when.day(draft.kept_until)
        text = strings.NOBODY_TO_ASK_OTHERS if of_others else strings.NOBODY_TO_ASK
        parts.append(text.format(until=kept))
    if draft.earlier is not None and draft.earlier.sent_at is not None:
        same = strings.SAME_AS.format(day=when.day(draft.earlier.sent_at))
        parts.append(f"{same} {strings.SAME_OPENS}")
    return "\n\n".join(parts)


def _turning(ask: Ask, laid: Sequence[Sequence[Said]], number: int) -> list[list[Button]]:
    if len(laid) == 1:
        return []
    back = [Button(strings.BACK, to("asks.preview", ask.id, str(number - 1)))] if number else []
    further = number + 1 < len(laid)
    ahead = [Button(strings.NEXT, to("asks.preview", ask.id, str(number + 1)))] if further else []
    return [[*back, *ahead]]


def _whom(draft: Preview) -> list[Choice]:
    options = [Option(labels.option(name), who, chosen=who in draft.ask.chosen) for who, name in draft.people]
    return [Choice(strings.WHO_PROMPT, to("asks.pick", draft.ask.id), options, most=3)] if options else []


def _waits(draft: Preview) -> list[Button]:
    if not draft.people:
        return []
    return [
        Button(
            strings.WAITS[one],
            to("asks.wait", draft.ask.id, one),
            Tone.CHIEF if one is draft.ask.wait else Tone.QUIET,
        )
        for one in Wait
    ]


def _send(draft: Preview) -> list[Button]:
    send = [Button(strings.SEND, to("asks.send", draft.ask.id), Tone.CHIEF)] if draft.people else []
    same = [Button(strings.SAME, to("asks.same", draft.earlier.id))] if draft.earlier is not None else []
    edit = Button(strings.EDIT, to("asks.edit", draft.ask.id))
    return [*send, edit, _discard(draft.ask), *same]


def _discard(ask: Ask) -> Button:
    return Button(strings.DISCARD, to("asks.discard", ask.id))
