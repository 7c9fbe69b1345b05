"""The cards of the person on a path: the path itself, one commitment, the questions, the end."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.content.models import FormText
from bot.paths.commitment import About, Commitment
from bot.paths.models import DESTROYED_AFTER, Path, Step
from bot.paths.queries import OwnView
from bot.text import one_line
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, Row, Said, Tone
from bot.ui.custom_id import to
from cogs.path import strings
from cogs.path.parts import asked_for, button, card, joined, show, spoken, title_of

_SHORT = 80


def own(library: Library, view: OwnView, country: str | None, notice: str = "") -> Card:
    """Show one's own path: the step, the commitments and the next meeting. It is the card for a meeting."""
    path = view.path
    step = spoken(library.path.steps[path.step].card, library, country)
    nothing = "" if view.commitments else strings.NO_COMMITMENTS
    text = joined(notice or step, _state(view), nothing)
    return card(
        strings.TITLE.format(step=title_of(library, path)),
        text,
        said=[*_distance(view), *said(view.commitments)],
        rows=_rows(view),
        small="" if view.zone else strings.NO_ZONE,
        alone=not view.companions,
    )


def said(commitments: Sequence[tuple[Commitment, str]], *, dated: bool = False) -> list[Said]:
    """Return the sentences, each under what it is about.

    dated: whether it is said whose words they are and when they were changed, for companions, who rely on
        what they were before and read beside them what was asked for.
    """
    return [
        Said(_changed(one) if dated else strings.KIND_LABELS[one.about], plain.escaped(text))
        for one, text in commitments
        if text
    ]


def meeting(path: Path, usual: str, without: str, last: str) -> str:
    """Return the line about the next meeting; empty if there is none."""
    if path.next_at is None:
        return ""
    line = last if path.closing else without if path.alone else usual
    return line.format(at=when.moment(path.next_at))


def commitment(
    form: FormText, one: Commitment, text: str, *, zoned: bool = True, heavy: bool = False
) -> Card:
    """Show one commitment, and let its owner choose the day on which they look at it again.

    heavy: whether it may be about suicide. Then it says who reads it and leads to help, and asks for no day.
    """
    buttons = (
        Button(strings.CHANGE, to("paths.edit", one.id)),
        Button(strings.OVER, to("paths.over", one.id)),
        show(one.path),
    )
    told = said([(one, text)])
    if heavy:
        return Card(strings.COMMITMENT_TITLE, said=told, after=strings.COMMITMENT_HEAVY, rows=(buttons,))
    at = "" if one.look_at is None else strings.COMMITMENT_LOOK.format(at=when.day(one.look_at))
    days = [Option(choice.label, choice.key) for choice in form.field("day").choices]
    small = strings.COMMITMENT_WHO if zoned else f"{strings.COMMITMENT_WHO}\n{strings.NO_ZONE}"
    return Card(
        strings.COMMITMENT_TITLE,
        said=told,
        after=at or strings.COMMITMENT_NOW,
        rows=(Choice(strings.DAY_CHOOSE, to("paths.day", one.id), days), buttons),
        small=small,
    )


def questions(library: Library, path: Path) -> Card:
    """Show what to talk about at the next meeting, and how an hour can go. Nothing is typed."""
    step = library.path.steps[path.step]
    lines = "\n".join(f"- {question}" for question in step.questions)
    hour = "\n".join(f"- {line}" for line in library.path.companion.meeting)
    title = strings.QUESTIONS_TITLE.format(step=step.title)
    text = joined(strings.QUESTIONS_TEXT, lines)
    return card(title, text, after=f"{strings.MEETING_TEXT}\n{hour}", rows=((show(path.id),),))


def more(path: Path) -> Card:
    """Show what can be done besides. Only the buttons that are there are explained."""
    meet = [button(strings.WHEN_WE_MEET, "paths.meetings", path.id)] if path.begun_at is not None else []
    back = [button(strings.STEP_BACK, "paths.back", path.id)] if path.step is not Step.STOP else []
    closing = (
        [button(strings.NOT_CLOSING, "paths.unclose", path.id)]
        if path.closing
        else [button(strings.CLOSE_TOGETHER, "paths.closing", path.id)]
        if path.next_at is not None
        else []
    )
    row = (*meet, *back, *closing, button(strings.END, "paths.ending", path.id))
    facts = Button(strings.FACTS_AGAIN, to("paths.adult", str(path.server)))
    closes = strings.MORE_NOT_CLOSING if path.closing else strings.MORE_CLOSE
    text = "\n".join(
        (
            *([strings.MORE_MEET] if meet else []),
            *([strings.MORE_BACK] if back else []),
            strings.MORE_FACTS,
            *([closes] if closing else []),
            strings.MORE_END,
        )
    )
    return Card(strings.MORE_TITLE, text, rows=(row, (facts, show(path.id))))


def ending(path: Path) -> Card:
    row = (button(strings.END_NOW, "paths.end", path.id), show(path.id))
    return Card(strings.ENDING_TITLE, strings.ENDING, rows=(row,))


def closed(view: OwnView) -> Card:
    """Show a path that has closed to the person who was on it, with the sentences while they are kept."""
    at = view.path.closed_at
    until = "" if at is None else when.day(at + DESTROYED_AFTER)
    # Only what has reached them is in the view, so this doesn't tell of distance that they haven't seen.
    distance = strings.CLOSED_DISTANCE if _distance(view) else ""
    text = joined(
        strings.CLOSED_OWN.format(until=until), strings.CLOSED_PLANS, distance, strings.CLOSED_SUICIDE
    )
    asked = [asked_for(one.kind, words) for one, words in view.requests]
    return card(strings.CLOSED_TITLE, text, said=[*said(view.commitments), *asked])


def again(library: Library, path: str, country: str | None, *, own: bool) -> Card:
    """Show what comes first when it happened again: the safety of whoever was hurt.

    own: whether it is shown to the person on the path, and not to a companion.
    """
    texts = library.path.companion
    text = spoken(texts.again if own else texts.again_beside, library, country)
    row = (
        button(strings.AGAIN_BACK, "paths.again_now", path, tone=Tone.CHIEF),
        Button(strings.CONTACT, to("contact.open")),
        show(path),
    )
    return Card(strings.AGAIN_TITLE, text, rows=(row,))


def none_here() -> Card:
    rows = ((Button(strings.CITED, to("aside.cited")),),)
    return Card(strings.NO_PATH_TITLE, strings.NO_PATH, rows=rows, small=strings.NO_PATH_START)


def unwritten(path: str, kind: str, id: str) -> Card:
    write = (
        Button(strings.WRITE, to("paths.edit", id))
        if id
        else Button(strings.WRITE, to("paths.add", path, kind))
    )
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=((write, show(path)),))


# -- parts ------------------------------------------------------------------------------------------


def _changed(one: Commitment) -> str:
    kind = strings.KIND_LABELS[one.about]
    if not one.written:
        return strings.IN_THEIR_WORDS.format(kind=kind)
    return strings.CHANGED_ON.format(kind=kind, day=when.day(one.written_at))


def _distance(view: OwnView) -> list[Said]:
    """Return the distance that was asked for. It stands before what they chose themselves."""
    return [asked_for(one.kind, text) for one, text in view.requests if one.kind.at_once]


def _state(view: OwnView) -> str:
    path = view.path
    if path.waits_until is not None:
        return strings.WAITS.format(until=when.day(path.waits_until))
    next_one = meeting(path, strings.NEXT_MEETING, strings.NEXT_WITHOUT, strings.LAST_MEETING)
    ready = strings.READY_SAID if path.ready_at is not None else ""
    back = strings.BACK_AT_STOP if path.begun_at is not None and path.step is Step.STOP else ""
    first = strings.BEGIN_READY if path.begun_at is None and view.can_go_on else ""
    return joined(back, next_one, ready, first)


def _rows(view: OwnView) -> list[Row]:
    id = view.path.id
    kinds = [Option(strings.KIND_LABELS[kind], kind) for kind in About]
    rows: list[Row] = [Choice(strings.ADD_CHOOSE, to("paths.add", id), kinds)]
    if view.commitments:
        options = [Option(one_line(text, _SHORT) or "…", one.id) for one, text in view.commitments]
        rows.append(Choice(strings.LOOK_CHOOSE, to("paths.commitment", id), options))
    asked = [button(strings.ASKED_OF_ME, "paths.requests", id)] if view.requests else []
    rows.append(
        (
            button(strings.QUESTIONS, "paths.questions", id),
            button(strings.COMPANIONS, "paths.companions", id),
            *asked,
            *_going_on(view),
        )
    )
    rows.append((button(strings.AGAIN, "paths.again", id), button(strings.MORE, "paths.more", id)))
    return rows


def _going_on(view: OwnView) -> list[Button]:
    path = view.path
    if path.ready_at is not None:
        return [button(strings.NOT_READY, "paths.unready", path.id)]
    if not view.can_go_on:
        return []
    if path.begun_at is None:
        return [button(strings.GO_ON, "paths.meetings", path.id, tone=Tone.CHIEF)]
    return [button(strings.READY, "paths.ready", path.id, tone=Tone.CHIEF)]
