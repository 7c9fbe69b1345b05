"""The cards of `/manage reminders`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.reminders.models import REMINDERS_AT_MOST, Reminder, ReminderKind, ReminderState
from bot.reminders.queries import ReminderList, ReminderView
from bot.scheduling.zones import FALLBACK
from bot.ui import when
from bot.ui.components import Beside, Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.manage.reminders import choices, strings, wording
from cogs.manage.setup import strings as granting
from cogs.manage.setup.wording import channel, permissions

Lacks = tuple[str, ...] | None
"""The permissions that are missing in a channel; None if there is no such channel."""


def home(shown: ReminderList, lacks: Callable[[int], Lacks], now: datetime, notice: str = "") -> Card:
    """Show all reminders of the server, each with its state."""
    items: list[Row] = [_item(one, lacks(one.reminder.channel), now) for one in shown.shown]
    on = [
        one for one in shown.shown if one.reminder.state is ReminderState.ON and not one.reminder.resting(now)
    ]
    row = [
        *([Button(strings.ADD, to("manage.rem_add"), Tone.CHIEF)] if len(items) < REMINDERS_AT_MOST else []),
        *([Button(strings.REST_ALL, to("manage.rem_rest_all"))] if on else []),
    ]
    text = (notice, strings.HOME if items else strings.HOME_EMPTY, "" if shown.norms else strings.NO_NORMS)
    return Card(strings.HOME_TITLE, "\n\n".join(part for part in text if part), rows=(*items, row))


def kind() -> Card:
    row = [Button(strings.BACK, to("manage.reminders"))]
    return Card(strings.KIND_TITLE, strings.KIND_TEXT, rows=(choices.kinds(), row))


def edit(shown: ReminderView, lacks: Lacks) -> Card:
    """Show where and when it is posted, with the current values chosen. The rest is on a card of its own."""
    one = shown.reminder
    text = (
        strings.EDIT_TEXT.format(
            when=wording.comes(one), channel=channel(one.channel), limits=wording.limits(one)
        ),
        wording.hours(one),
        _zone(one),
        _missing(one, lacks, strings.CHANNEL_GONE),
    )
    new = one.state is ReminderState.NEW
    done = Button(strings.START, to("manage.rem_resume", one.id), Tone.CHIEF)
    row = [
        done if new else Button(strings.DONE, to("manage.rem_show", one.id), Tone.CHIEF),
        Button(strings.PREVIEW, to("manage.rem_preview", one.id)),
        Button(strings.LIMITS, to("manage.rem_limits", one.id)),
    ]
    second = [
        Button(strings.ZONE, to("manage.rem_zone", one.id)),
        *([Button(strings.DISCARD, to("manage.rem_remove", one.id))] if new else []),
    ]
    # A deleted channel can't be preselected, because Discord would refuse the card.
    selects = choices.selects(one, None if lacks is None else one.channel)
    return Card(
        strings.TITLES[one.kind],
        "\n\n".join(part for part in text if part),
        rows=(*selects, row, second),
        small=strings.EDIT_SMALL,
    )


def limits(shown: ReminderView) -> Card:
    """Show under which conditions it is posted, and in which time zone."""
    one = shown.reminder
    row = [
        Button(strings.BACK, to("manage.rem_edit", one.id), Tone.CHIEF),
        Button(strings.ZONE, to("manage.rem_zone", one.id)),
    ]
    text = (strings.LIMITS_TEXT.format(limits=wording.limits(one)), wording.hours(one))
    return Card(
        strings.LIMITS_TITLE, "\n\n".join(part for part in text if part), rows=(*choices.limits(one), row)
    )


def one(shown: ReminderView, lacks: Lacks, now: datetime, *, norms: bool) -> Card:
    """Show the state of a reminder, and what can be done with it."""
    it = shown.reminder
    text = (
        strings.ITEM.format(
            title=strings.TITLES[it.kind], channel=channel(it.channel), when=wording.comes(it),
            limits=wording.raised(wording.limits(it)), state=wording.state(shown, now),
        ),
        wording.hours(it),
        _missing(it, lacks, strings.CHANNEL_GONE_HERE),
        _lost_zone(it),
        strings.NO_NORMS if it.kind.shows_norms and not norms else "",
    )  # fmt: skip
    row = [
        Button(strings.PREVIEW, to("manage.rem_preview", it.id)),
        Button(strings.CHANGE, to("manage.rem_edit", it.id)),
        Button(strings.REMOVE, to("manage.rem_removing", it.id)),
        Button(strings.BACK, to("manage.reminders")),
    ]
    return Card("", "\n\n".join(part for part in text if part), rows=(_verbs(shown, now), row))


def times(shown: ReminderView, named: Callable[[int], str]) -> Card:
    """Show the next times of a reminder. `named` returns the name of an event, escaped."""
    it = shown.reminder
    if it.kind.before_events:
        told = [
            strings.TIME_EVENT.format(at=when.moment(at), event=named(one.event))
            for at, one in zip(shown.times, shown.events, strict=True)
        ]
    else:
        told = [strings.TIME.format(at=when.moment(at)) for at in shown.times]
    row = [Button(strings.BACK, to("manage.rem_show", it.id))]
    if not told:
        text = strings.TIMES_NO_EVENT if it.state is ReminderState.ON else strings.TIMES_NONE
        return Card(strings.TIMES_TITLE, text, rows=(row,))
    said = strings.TIMES_TEXT if it.at_least else strings.TIMES_ALWAYS
    text = said.format(times="\n".join(told), after=wording.after(it))
    return Card(strings.TIMES_TITLE, text, rows=(row,))


def removing(shown: ReminderView) -> Card:
    id = shown.reminder.id
    row = [
        Button(strings.REMOVE_SURE, to("manage.rem_remove", id), Tone.CHIEF),
        Button(strings.KEEP, to("manage.rem_show", id)),
    ]
    text = strings.REMOVE_TEXT.format(channel=channel(shown.reminder.channel))
    return Card(strings.REMOVE_TITLE, text, rows=(row,))


def zones(id: str, found: Sequence[str]) -> Card:
    """Say that the typed text is not the name of one time zone, and list those that it may mean."""
    again = Button(strings.EDIT, to("manage.rem_zone", id))
    back = Button(strings.BACK, to("manage.rem_edit", id))
    if not found:
        return Card(strings.ZONE_NONE_TITLE, strings.ZONE_NONE, rows=([again, back],))
    options = [Option(zone.replace("_", " "), zone) for zone in found]
    choice = Choice(strings.ZONE_PROMPT, to("manage.rem_zone_is", id), options)
    return Card(strings.ZONE_WHICH_TITLE, strings.ZONE_WHICH, rows=(choice, [again, back]))


def barred(one: Reminder) -> Card:
    """Tell one moderator, in a direct message, that a reminder can't be posted."""
    text = strings.BARRED if one.state is ReminderState.BARRED else strings.BARRED_OVER
    return Card(strings.BARRED_TITLE, text.format(channel=channel(one.channel)))


# -- parts ------------------------------------------------------------------------------------------


def _lost_zone(one: Reminder) -> str:
    return strings.LOST_ZONE.format(zone=one.zone) if one.zone_lost else ""


def _zone(one: Reminder) -> str:
    """Say that the time zone is UTC, since few groups live by it; the card names any other zone already."""
    return _lost_zone(one) or (strings.ZONE_IS_UTC if one.zone == FALLBACK else "")


def _item(shown: ReminderView, lacks: Lacks, now: datetime) -> Beside:
    it = shown.reminder
    fits = lacks == () or it.state is ReminderState.BARRED
    state = wording.state(shown, now) if fits else strings.TROUBLE
    text = strings.ITEM.format(
        title=strings.TITLES[it.kind], channel=channel(it.channel), when=wording.comes(it),
        limits=wording.raised(wording.limits(it)), state=state,
    )  # fmt: skip
    return Beside(text, Button(strings.OPEN, to("manage.rem_show", it.id)))


def _verbs(shown: ReminderView, now: datetime) -> list[Button]:
    it, at = shown.reminder, shown.next_at
    goes = it.state is ReminderState.ON and not it.resting(now)
    if goes:
        first = [
            Button(strings.PAUSE, to("manage.rem_pause", it.id)),
            Button(strings.REST, to("manage.rem_rest", it.id)),
        ]
    else:
        label = strings.START if it.state is ReminderState.NEW else strings.RESUME
        first = [Button(label, to("manage.rem_resume", it.id), Tone.CHIEF)]
    seen = "" if at is None else str(int(at.timestamp()))
    label = strings.SKIP_STORY if it.kind is ReminderKind.STORY else strings.SKIP
    skip = [Button(label, to("manage.rem_skip", it.id, seen))] if seen else []
    return [*first, *skip, Button(strings.TIMES, to("manage.rem_times", it.id))]


def _missing(it: Reminder, lacks: Lacks, gone: str) -> str:
    if lacks == ():
        return ""
    then = strings.THEN.format(button=strings.START if it.state is ReminderState.NEW else strings.RESUME)
    waits = [then] if it.state in (ReminderState.NEW, ReminderState.BARRED) else []
    if lacks is None:
        return " ".join([gone, *waits])
    lacking = strings.LACKS.format(channel=channel(it.channel), missing=permissions(lacks))
    return " ".join([lacking, granting.WHERE, *waits])
