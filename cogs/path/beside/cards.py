"""The cards of a companion: the path they go along with, its requests, and their own place."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.paths.models import COMPANIONS_AT_MOST, Path, Step
from bot.paths.queries import AskedFor, BesideView, OwnView
from bot.paths.request import RequestKind
from bot.paths.vote import Said as Vote
from bot.text import one_line
from bot.ui import labels, when
from bot.ui.components import Button, Card, Choice, Option, Row, Said, Tone
from bot.ui.custom_id import to
from cogs.path import strings
from cogs.path.own.cards import meeting, said
from cogs.path.parts import asked_for, button, card, heavy, joined, show, spoken, title_of

_SHORT = 80
SURE = "sure"
"""The word of a press that takes a request off the path, after it was asked once more."""


def path(library: Library, view: BesideView, notice: str = "") -> Card:
    """Show the path to a companion: one card for a meeting."""
    name = labels.name(view.names.get(view.path.owner, ""))
    distance = [one for one in view.requests if one.request.kind.at_once]
    dark = heavy(library, [text for _, text in view.commitments])
    others = [labels.name(view.names.get(one.person, "")) for one in view.others]
    beside = (
        strings.BESIDE_WITH.format(names=strings.BETWEEN.join(others)) if others else strings.BESIDE_ALONE
    )
    text = joined(
        notice,
        strings.BESIDE_HEAVY.format(name=f"**{name}**") if dark else "",
        _help(library, distance),
        _state(library, view, name),
        library.path.steps[view.path.step].beside.replace("{name}", name),
        beside,
        "" if view.commitments else strings.NOTHING_YET,
    )
    return card(
        strings.BESIDE_TITLE.format(name=name, step=title_of(library, view.path)),
        text,
        said=[*_told(distance), *said(view.commitments, dated=True)],
        rows=_rows(view),
    )


def requests(library: Library, path: str, asked: tuple[AskedFor, ...]) -> Card:
    """Show a companion what was asked, with the words of each, and let them look at one."""
    options = [
        Option(strings.REQUEST_KINDS[one.request.kind], one.request.id, one_line(one.text, _SHORT) or None)
        for one in asked
    ]
    rows: list[Row] = [Choice(strings.REQUEST_CHOOSE, to("paths.request", path), options)] if options else []
    rows.append((button(strings.ENTER, "paths.entering", path), show(path)))
    after = joined(_help(library, asked), strings.SEVERAL if len(asked) > 1 else "")
    text = "" if asked else strings.NONE_ASKED
    return Card(strings.REQUESTS_TITLE, text, said=_told(asked), after=after, rows=rows)


def asked_of_me(view: OwnView) -> Card:
    """Show the person on the path what has reached them."""
    told = [asked_for(one.kind, text) for one, text in view.requests]
    distance = [one.kind.at_once for one, _ in view.requests]
    after = joined(
        strings.ASKED_DISTANCE if any(distance) else "",
        "" if all(distance) else strings.ASKED_OTHER,
        strings.ASKED_NOTE if told else "",
    )
    text = "" if told else strings.NONE_ASKED_OF_ME
    return Card(strings.REQUESTS_TITLE, text, said=told, after=after, rows=((show(view.path.id),),))


def request(library: Library, one: AskedFor) -> Card:
    """Show a companion one request, and what they can say to it."""
    id, path = one.request.id, one.request.path
    released = one.request.released_at is not None
    handing_back = one.said is Vote.HAND_BACK
    agree = button(strings.AGREE, "paths.agree", id, tone=Tone.CHIEF)
    not_yet = button(strings.NOT_YET, "paths.disagree", id)
    keep = (button(strings.KEEP_IT, "paths.keep", id),) if handing_back else ()
    words = keep if released or not one.due else _but(one.said, agree, not_yet)
    label = strings.TAKE_OFF if one.mine else strings.HAND_BACK
    hand_back = () if handing_back else (button(label, "paths.hand_back", id),)
    return Card(
        strings.REQUEST_TITLE,
        said=_told([one]),
        after=joined(
            _help(library, [one]),
            _reaches(one),
            strings.DOUBTED if one.doubted else "",
            _own_word(one.said, decided=released or not one.due),
        ),
        rows=((*words, *hand_back, Button(strings.BACK, to("paths.requests", path))),),
        small=strings.HAND_BACK_OWN if one.mine else strings.HAND_BACK_NOTE,
    )


def entering(library: Library, path: str, country: str | None) -> Card:
    """Say what may be entered and what is handed back, and let the companion choose its kind."""
    text = spoken(library.path.companion.requests, library, country)
    options = [Option(strings.REQUEST_KINDS[kind], kind) for kind in RequestKind]
    choice = Choice(strings.KIND_CHOOSE, to("paths.kind", path), options)
    return Card(strings.ENTERING_TITLE, text, rows=(choice, (show(path),)))


def really(id: str, *, mine: bool) -> Card:
    """Ask once more before a press that takes a request off the path, because somebody may rely on it.

    mine: whether they entered it. Else they are the second who would hand it back.
    """
    title = strings.TAKE_OFF_TITLE if mine else strings.HAND_BACK_TITLE
    row = (
        button(strings.TAKE_OFF if mine else strings.HAND_BACK, "paths.hand_back", id, SURE),
        Button(strings.BACK, to("paths.request", id)),
    )
    return Card(title, strings.TAKE_OFF_ASKS if mine else strings.HAND_BACK_ASKS, rows=(row,))


def handed_back(path: str, *, mine: bool) -> Card:
    text = strings.TAKEN_OFF_MINE if mine else strings.HANDED_BACK
    return Card(strings.REQUEST_TITLE, text, rows=((show(path),),))


def unwritten(path: str, kind: str) -> Card:
    write = Button(strings.WRITE, to("paths.kind", path, kind))
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=((write, show(path)),))


def leaving(library: Library, path: str, country: str | None) -> Card:
    text = spoken(library.path.companion.stopping, library, country)
    row = (
        button(strings.LEAVE, "paths.leave", path),
        Button(strings.AFRAID, to("aside.afraid")),
        show(path),
    )
    return Card(strings.LEAVING_TITLE, text, rows=(row,))


def left() -> Card:
    return Card(strings.LEFT_TITLE, strings.LEFT)


def term(id: str, path: str) -> Card:
    row = (
        button(strings.STAY, "paths.stay", id, tone=Tone.CHIEF),
        button(strings.STOP_HERE, "paths.leaving", path),
    )
    return Card(strings.TERM_TITLE, strings.TERM_TEXT, rows=(row,))


def stayed(path: str) -> Card:
    return Card(strings.TERM_TITLE, strings.STAYED, rows=((show(path),),))


def place_over() -> Card:
    """Open the message that a companion's place is over: the same for all of them, whatever ended it."""
    return Card(strings.PLACE_OVER_TITLE, strings.PLACE_OVER)


# -- parts ------------------------------------------------------------------------------------------


def _told(asked: Sequence[AskedFor]) -> list[Said]:
    return [asked_for(one.request.kind, one.text) for one in asked]


def _help(library: Library, asked: Sequence[AskedFor]) -> str:
    """Return what to do about what may be about suicide: whoever entered a request knows who brought it."""
    dark = [one for one in asked if heavy(library, [one.text])]
    return joined(
        strings.REQUEST_HEAVY_MINE if any(one.mine for one in dark) else "",
        strings.REQUEST_HEAVY if any(not one.mine for one in dark) else "",
    )


def _reaches(one: AskedFor) -> str:
    """Return when a request reaches the person, and who asks whether it is still wanted.

    The companion who entered it isn't named to the others: what they don't know, they can't pass on.
    """
    if one.request.released_at is None:
        if not one.due:
            return strings.REACHES_AT_REPAIR
        return f"{strings.REACHES_NOW} {strings.STILL_WANTED_MINE if one.mine else strings.STILL_WANTED}"
    if not one.request.kind.at_once:
        return strings.REACHED
    mine = [strings.DISTANCE_MINE] if one.mine else []
    return " ".join((strings.REACHED, *mine, strings.DISTANCE_HOSTS))


def _but(said: Vote | None, yes: Button, not_yet: Button) -> tuple[Button, ...]:
    """Return the two buttons, without the one that they have pressed."""
    return tuple(one for one, word in ((yes, Vote.YES), (not_yet, Vote.NOT_YET)) if word is not said)


def _own_word(said: Vote | None, *, decided: bool) -> str:
    """Return what a companion said of a request. Before its time, and after it, only a doubt counts."""
    words = {Vote.HAND_BACK: strings.REQUEST_HAND_BACK}
    if not decided:
        words |= {Vote.YES: strings.REQUEST_AGREED, Vote.NOT_YET: strings.REQUEST_NOT_YET}
    return "" if said is None else words.get(said, "")


def _state(library: Library, view: BesideView, name: str) -> str:
    path = view.path
    if path.waits_until is not None:
        return strings.BESIDE_WAITS.format(until=when.day(path.waits_until))
    next_one = meeting(path, strings.BESIDE_NEXT, strings.BESIDE_NEXT_WITHOUT, strings.BESIDE_LAST)
    many = strings.ALL_OF_YOU if len(view.others) + 1 < COMPANIONS_AT_MOST else strings.THREE_OF_YOU
    ready = _ready(library, path, name, many) if view.ready else ""
    said = {Vote.YES: strings.SAID_YES, Vote.NOT_YET: strings.SAID_NOT_YET}
    mine = said.get(view.on, "") if view.ready and view.on is not None else ""
    stopped = path.begun_at is not None and path.step is Step.STOP
    back = strings.BACK_AT_STOP_COMPANION if stopped else strings.SAID_BACK if view.back else ""
    return joined(next_one, ready, mine, back)


def _ready(library: Library, path: Path, name: str, many: str) -> str:
    following = library.path.steps[path.step.following]
    return strings.BESIDE_READY.format(name=name, step=following.title, short=following.short, many=many)


def _rows(view: BesideView) -> list[Row]:
    path: Path = view.path
    id = path.id
    rows: list[Row] = []
    if view.ready:
        yes = button(strings.YES, "paths.vote", id, Vote.YES, Tone.CHIEF)
        not_yet = button(strings.NOT_YET, "paths.vote", id, Vote.NOT_YET)
        rows.append(_but(view.on, yes, not_yet))
    said_back = path.step is Step.STOP or view.back
    back = [] if said_back else [button(strings.VOTE_BACK, "paths.back", id)]
    rows.append(
        (
            button(strings.QUESTIONS, "paths.questions", id),
            button(strings.ASKED_OF_ME, "paths.requests", id),
            button(strings.ENTER, "paths.entering", id),
        )
    )
    rows.append(
        (
            *back,
            button(strings.AGAIN, "paths.again", id),
            Button(strings.AFRAID, to("aside.afraid")),
            button(strings.STOP_HERE, "paths.leaving", id),
        )
    )
    return rows
