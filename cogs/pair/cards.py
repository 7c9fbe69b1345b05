"""The cards of a running pair, as each partner sees it."""

from bot.pairs.models import PairText, ScheduleChange
from bot.pairs.pauses import PAUSE_DAYS
from bot.pairs.queries import PairView
from bot.reports.models import PassageKind
from bot.ui import when
from bot.ui.components import Button, Card, Row, Tone, pages
from bot.ui.custom_id import to
from cogs.pair import strings, wording
from cogs.pair.schedule import selects
from cogs.shared.reporting.parts import report


def pair(view: PairView, *, title: str = "", mine: bool = False) -> Card:
    """Show the state of a pair, and what the partner wrote, or with `mine` what they wrote themselves."""
    name, id = wording.name(view.name), view.pair.id
    spoken = _spoken(view.mine if mine else view.theirs)
    heading = (strings.MINE if mine else strings.THEIRS).format(name=name)
    text = "\n\n".join((*_put(view, name), _stands(view), _next(view, name), *_lost_zone(view), heading))
    turn = (
        Button(strings.THEIR_WORDS, to("pairs.show", id))
        if mine
        else Button(strings.MY_WORDS, to("pairs.mine", id))
    )
    first = [*_offered(view), *_check(view), *_shared(view), turn]
    [page] = pages(spoken, _ROOM)
    theirs = [report(PassageKind.AIMS, id)] if page and not mine else []
    return Card(title or strings.TITLE.format(name=name), text, said=page, rows=(first, _verbs(view), theirs))


def change(view: PairView) -> Card:
    """Let a partner choose a new schedule; if they have suggested it already, show that it waits."""
    name, id = wording.name(view.name), view.pair.id
    mine = view.change
    then = view.pair.schedule if mine is None else mine.schedule
    text = strings.CHANGE_TEXT.format(
        now=wording.schedule(view.pair.schedule), then=wording.schedule(then), name=name
    )
    back = Button(strings.BACK, to("pairs.show", id))
    if mine is not None and mine.proposed:
        waits = strings.I_PUT.format(schedule=wording.schedule(then), name=name)
        return Card(
            strings.CHANGE_TITLE, waits, rows=([Button(strings.TAKE_BACK, to("pairs.untake", id)), back],)
        )
    row = [Button(strings.PUT, to("pairs.put", id), Tone.CHIEF), back]
    return Card(strings.CHANGE_TITLE, text, rows=(*selects(id, then, "change"), row))


def pausing(view: PairView) -> Card:
    row = [
        Button(strings.PAUSES[str(days)], to("pairs.pause", view.pair.id, str(days))) for days in PAUSE_DAYS
    ]
    text = strings.PAUSE_TEXT.format(name=wording.name(view.name))
    return Card(strings.PAUSE_TITLE, text, rows=(row, [Button(strings.BACK, to("pairs.show", view.pair.id))]))


def paused(view: PairView) -> Card:
    """Tell the other partner that the pair is paused."""
    until = view.paused_until
    if until is None:
        return pair(view)
    text = strings.PAUSED_TEXT.format(until=wording.on(until.date()))
    row = [Button(strings.SHOW_BUTTON, to("pairs.show", view.pair.id))]
    return Card(strings.PAUSED_TITLE.format(name=wording.name(view.name)), text, rows=(row,))


def ending(view: PairView) -> Card:
    """Ask whether they are sure, because ending a pair cannot be undone."""
    row = [
        Button(strings.END_SURE, to("pairs.end", view.pair.id), Tone.CHIEF),
        Button(strings.KEEP, to("pairs.show", view.pair.id)),
    ]
    return Card(strings.END_TITLE, strings.END_TEXT.format(name=wording.name(view.name)), rows=(row,))


def ended(name: str, *, own: bool = False) -> Card:
    """Say that a pair has ended. own: this person has ended it."""
    title = strings.ENDED_TITLE.format(name=wording.name(name)) if name else strings.ENDED_UNNAMED_TITLE
    return Card(title, strings.ENDED_OWN if own else strings.ENDED)


def lapsed(name: str) -> Card:
    title = strings.LAPSED_TITLE.format(name=wording.name(name)) if name else strings.LAPSED_UNNAMED_TITLE
    return Card(title, strings.LAPSED)


def begun(view: PairView) -> Card:
    at = view.side.next_at
    text = strings.NEXT_NONE if at is None else strings.BEGUN.format(at=when.moment(at))
    row = [Button(strings.SHOW_BUTTON, to("pairs.show", view.pair.id), Tone.CHIEF)]
    return Card(strings.BEGUN_TITLE.format(name=wording.name(view.name)), text, rows=(row,))


def missed(view: PairView) -> Card:
    at = view.side.next_at
    text = strings.NEXT_NONE if at is None else strings.MISSED.format(at=when.moment(at))
    return Card(strings.MISSED_TITLE, text, rows=([*_check(view), *_quiet(view)],))


def silent(view: PairView) -> Card:
    return Card(strings.SILENT_TITLE, strings.SILENT, rows=([*_check(view), *_quiet(view)],))


_ROOM = 3000
"""Room for the three fields after escaping, beside the rest of the card."""


def _spoken(spoken: PairText) -> list[tuple[str, str]]:
    return [(strings.AIM, spoken.aim), (strings.SIGNS, spoken.signs), (strings.SAY, spoken.words)]


def _put(view: PairView, name: str) -> list[str]:
    """Return the schedule changes that wait for an answer: the partner's, and their own."""
    told = []
    if view.offered is not None:
        sentence = strings.OFFERED_RENEW if view.offered.renew else strings.OFFERED
        told.append(sentence.format(name=name, schedule=wording.schedule(view.offered.schedule)))
    if view.change is not None and view.change.proposed:
        told.append(_mine(view.change, name))
    return told


def _mine(change: ScheduleChange, name: str) -> str:
    if change.renew:
        return strings.RENEWING.format(name=name)
    return strings.I_PUT.format(schedule=wording.schedule(change.schedule), name=name)


def _stands(view: PairView) -> str:
    """Return the schedule. A paused pair has no last day yet: the check-ins that are left come later."""
    if view.paused_until is not None:
        return strings.STANDS_PAUSED.format(schedule=wording.sentence(view.pair.schedule))
    last = view.pair.ends_on
    said = "" if last is None else wording.on(last)
    return strings.STANDS.format(schedule=wording.sentence(view.pair.schedule), last=said)


def _next(view: PairView, name: str) -> str:
    until, at = view.paused_until, view.side.next_at
    if until is not None:
        return strings.PAUSED_UNTIL.format(until=wording.on(until.date()))
    return strings.NEXT_NONE if at is None else strings.NEXT_AT.format(at=when.moment(at), name=name)


def _lost_zone(view: PairView) -> list[str]:
    return [strings.LOST_ZONE.format(zone=view.side.zone)] if view.side.zone_lost else []


def as_of(offered: ScheduleChange) -> str:
    """Return a text that differs for each suggestion, so that a button accepts only the one it showed."""
    return str(int(offered.made_at.timestamp()))


def _offered(view: PairView) -> list[Button]:
    if view.offered is None:
        return []
    id = view.pair.id
    return [
        Button(strings.AGREE, to("pairs.agree", id, as_of(view.offered)), Tone.CHIEF),
        Button(strings.AS_IS, to("pairs.as_is", id)),
    ]


def _check(view: PairView) -> list[Button]:
    one = view.open_check_in
    return [] if one is None else [Button(strings.TO_CHECK, to("pairs.check", one.id), Tone.CHIEF)]


def _shared(view: PairView) -> list[Button]:
    return [Button(strings.SHARED_BUTTON, to("pairs.shared", view.pair.id, "0"))] if view.shared else []


def _quiet(view: PairView) -> list[Button]:
    id = view.pair.id
    return [
        Button(strings.CHANGE_BUTTON, to("pairs.change", id)),
        Button(strings.PAUSE_BUTTON, to("pairs.pausing", id)),
        Button(strings.END_BUTTON, to("pairs.ending", id)),
    ]


def _verbs(view: PairView) -> Row:
    id = view.pair.id
    pause = (
        Button(strings.RESUME_BUTTON, to("pairs.resume", id))
        if view.paused_until is not None
        else Button(strings.PAUSE_BUTTON, to("pairs.pausing", id))
    )
    return [
        Button(strings.CHANGE_BUTTON, to("pairs.change", id)),
        pause,
        Button(strings.END_BUTTON, to("pairs.ending", id)),
        Button(strings.HISTORY_BUTTON, to("pairs.history", id, "0")),
        Button(strings.FILE_BUTTON, to("pairs.file", id)),
    ]
