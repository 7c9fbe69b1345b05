"""The cards of `/manage reminders`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.reminders.model import MOST, Kind, Reminder, State
from bot.reminders.queries import Home, Shown
from bot.ui import when
from bot.ui.components import Beside, Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.manage.reminders import choices, wording, words
from cogs.manage.setup import words as granting
from cogs.manage.setup.wording import channel, permissions

Lacks = tuple[str, ...] | None
"""Permissions that are missing in a channel; None where there is no such channel."""


def home(shown: Home, lacks: Callable[[int], Lacks], now: datetime, notice: str = "") -> Card:
    """All of them, with what each one waits for."""
    items: list[Row] = [_item(one, lacks(one.reminder.channel), now) for one in shown.shown]
    on = [one for one in shown.shown if one.reminder.state is State.ON and not one.reminder.resting(now)]
    row = [
        *([Button(words.ADD, to("manage.rem_add"), Tone.CHIEF)] if len(items) < MOST else []),
        *([Button(words.REST_ALL, to("manage.rem_rest_all"))] if on else []),
    ]
    text = (notice, words.HOME if items else words.HOME_EMPTY, "" if shown.norms else words.NO_NORMS)
    return Card(words.HOME_TITLE, "\n\n".join(part for part in text if part), rows=(*items, row))


def kind() -> Card:
    row = [Button(words.BACK, to("manage.reminders"))]
    return Card(words.KIND_TITLE, words.KIND_TEXT, rows=(choices.kinds(), row))


def edit(shown: Shown, lacks: Lacks) -> Card:
    """All that can be set, each with what is set now."""
    one = shown.reminder
    there = words.IN.format(channel=channel(one.channel))
    text = (f"{wording.when(one)}. {there}", _missing(one, lacks, words.CHANNEL_GONE), words.EDIT_TEXT)
    new = one.state is State.NEW
    done = Button(words.START, to("manage.rem_resume", one.id), Tone.CHIEF)
    row = [
        done if new else Button(words.DONE, to("manage.rem_show", one.id), Tone.CHIEF),
        Button(words.PREVIEW, to("manage.rem_preview", one.id)),
        Button(words.ZONE, to("manage.rem_zone", one.id)),
        *([Button(words.DISCARD, to("manage.rem_remove", one.id))] if new else []),
    ]
    # A channel that is gone cannot stand as chosen: Discord would refuse the card.
    selects = choices.selects(one, None if lacks is None else one.channel)
    return Card(words.TITLES[one.kind], "\n\n".join(part for part in text if part), rows=(*selects, row))


def one(shown: Shown, lacks: Lacks, now: datetime, *, norms: bool) -> Card:
    """How it stands, and what can be done about it."""
    it = shown.reminder
    text = (
        words.ITEM.format(
            title=words.TITLES[it.kind], channel=channel(it.channel), when=wording.when(it),
            state=wording.state(shown, now),
        ),
        _missing(it, lacks, words.CHANNEL_GONE_HERE),
        "" if norms or it.kind is Kind.STORY else words.NO_NORMS,
    )  # fmt: skip
    row = [
        Button(words.PREVIEW, to("manage.rem_preview", it.id)),
        Button(words.CHANGE, to("manage.rem_edit", it.id)),
        Button(words.REMOVE, to("manage.rem_removing", it.id)),
        Button(words.BACK, to("manage.reminders")),
    ]
    return Card("", "\n\n".join(part for part in text if part), rows=(_verbs(shown, now), row))


def times(shown: Shown, named: Callable[[int], str]) -> Card:
    """`named` gives an event's name, escaped."""
    it = shown.reminder
    if it.kind is Kind.EVENT:
        told = [
            words.TIME_EVENT.format(at=when.moment(at), event=named(one.event))
            for at, one in zip(shown.times, shown.events, strict=True)
        ]
    else:
        told = [words.TIME.format(at=when.moment(at)) for at in shown.times]
    row = [Button(words.BACK, to("manage.rem_show", it.id))]
    if not told:
        text = words.TIMES_NO_EVENT if it.state is State.ON else words.TIMES_NONE
        return Card(words.TIMES_TITLE, text, rows=(row,))
    said = words.TIMES_TEXT if it.at_least else words.TIMES_ALWAYS
    text = said.format(times="\n".join(told), after=wording.after(it))
    return Card(words.TIMES_TITLE, text, rows=(row,))


def removing(shown: Shown) -> Card:
    id = shown.reminder.id
    row = [
        Button(words.REMOVE_SURE, to("manage.rem_remove", id), Tone.CHIEF),
        Button(words.KEEP, to("manage.rem_show", id)),
    ]
    text = words.REMOVE_TEXT.format(channel=channel(shown.reminder.channel))
    return Card(words.REMOVE_TITLE, text, rows=(row,))


def zones(id: str, found: Sequence[str]) -> Card:
    """What was typed is no zone's whole name."""
    again = Button(words.EDIT, to("manage.rem_zone", id))
    back = Button(words.BACK, to("manage.rem_edit", id))
    if not found:
        return Card(words.ZONE_NONE_TITLE, words.ZONE_NONE, rows=([again, back],))
    options = [Option(zone.replace("_", " "), zone) for zone in found]
    choice = Choice(words.ZONE_PROMPT, to("manage.rem_zone_is", id), options)
    return Card(words.ZONE_WHICH_TITLE, words.ZONE_WHICH, rows=(choice, [again, back]))


def barred(one: Reminder) -> Card:
    """For one moderator, in a direct message."""
    text = words.BARRED if one.state is State.BARRED else words.BARRED_OVER
    return Card(words.BARRED_TITLE, text.format(channel=channel(one.channel)))


# -- parts ------------------------------------------------------------------------------------------


def _item(shown: Shown, lacks: Lacks, now: datetime) -> Beside:
    it = shown.reminder
    fits = lacks == () or it.state is State.BARRED
    state = wording.state(shown, now) if fits else words.TROUBLE
    text = words.ITEM.format(
        title=words.TITLES[it.kind], channel=channel(it.channel), when=wording.when(it), state=state
    )
    return Beside(text, Button(words.OPEN, to("manage.rem_show", it.id)))


def _verbs(shown: Shown, now: datetime) -> list[Button]:
    it, at = shown.reminder, shown.next_at
    goes = it.state is State.ON and not it.resting(now)
    if goes:
        first = [
            Button(words.PAUSE, to("manage.rem_pause", it.id)),
            Button(words.REST, to("manage.rem_rest", it.id)),
        ]
    else:
        label = words.START if it.state is State.NEW else words.RESUME
        first = [Button(label, to("manage.rem_resume", it.id), Tone.CHIEF)]
    seen = "" if at is None else str(int(at.timestamp()))
    skip = [Button(words.SKIP, to("manage.rem_skip", it.id, seen))] if seen else []
    return [*first, *skip, Button(words.TIMES, to("manage.rem_times", it.id))]


def _missing(it: Reminder, lacks: Lacks, gone: str) -> str:
    if lacks == ():
        return ""
    then = words.THEN.format(button=words.START if it.state is State.NEW else words.RESUME)
    waits = [then] if it.state in (State.NEW, State.BARRED) else []
    if lacks is None:
        return " ".join([gone, *waits])
    lacking = words.LACKS.format(channel=channel(it.channel), missing=permissions(lacks))
    return " ".join([lacking, granting.WHERE, *waits])
