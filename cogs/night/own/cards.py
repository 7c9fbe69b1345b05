"""The cards of one's own night: planning it, how it stands, one's card, and when to be asked."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from bot.content.library import Library
from bot.content.models import CardText
from bot.nights.hours import LONGEST
from bot.nights.hours import Chosen as Time
from bot.nights.models import NightCard
from bot.nights.queries import NightView
from bot.ui import labels, when
from bot.ui.components import Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.night import strings
from cogs.night.own.chosen import Chosen, days
from cogs.night.parts import back, filled, hand, joined, own, span
from cogs.night.parts import home as im_home
from cogs.shared.calendar.strings import MONTHS, WEEKDAYS
from cogs.shared.calendar.wording import clock

NEVER = "never"
"""The option of a list of times with which somebody says that they don't want to be asked."""
NIGHTS_ON_A_LIST = 25
"""The most options that Discord shows."""


# -- planning -----------------------------------------------------------------------------------------


def first(library: Library, country: str | None, *, kept: bool) -> Card:
    """Say what a night is, to somebody who has planned none."""
    text = filled(library.night.before.home, library, country)
    card = [Button(strings.KEPT_CARD, to("nights.kept"))] if kept else []
    return Card(text.title, text.body, rows=((Button(strings.PLAN, to("nights.plan"), Tone.CHIEF), *card),))


def plan(chosen: Chosen, zone: str, local: datetime) -> Card:
    """Let them choose when it is. `local` is the present time in their zone."""
    word = chosen.word
    whole = range(1, LONGEST // timedelta(hours=1) + 1)
    starts = [
        Option(
            strings.FROM_OPTION.format(time=clock(60 * hour)),
            str(60 * hour),
            chosen=60 * hour == chosen.begins,
        )
        for hour in range(24)
    ]
    ends = [
        Option(
            strings.UNTIL_OPTION.format(time=clock(chosen.ending(hours))), str(hours),
            chosen=hours == chosen.hours,
        )
        for hours in whole
    ]  # fmt: skip
    offered = [
        Option(_day(day, local.date()), f"{day:%Y%m%d}", chosen=day == chosen.day) for day in days(local)
    ]
    rows: tuple[Row, ...] = (
        Choice(strings.DAY, to("nights.day", "", word), offered),
        Choice(strings.FROM, to("nights.from", "", word), starts),
        Choice(strings.UNTIL, to("nights.until", "", word), ends),
        (
            Button(strings.ITS_A_PLAN, to("nights.planned", "", word), Tone.CHIEF),
            Button(strings.SET_ZONE, to("nights.zone")),
        ),
    )
    return Card(strings.PLAN_TITLE, strings.ZONE.format(zone=zone.replace("_", " ")), rows=rows)


def no_zone(begins: str) -> Card:
    """Ask for their time zone first. `begins`: when the event begins before which they plan, if it's one."""
    row = (Button(strings.SET_ZONE, to("nights.zone", "", begins), Tone.CHIEF),)
    return Card(strings.PLAN_TITLE, strings.NO_ZONE, rows=(row,))


def which(views: Sequence[NightView], zone: tzinfo) -> Card:
    """Let them choose one of several nights. `zone`: the one in which their hours are shown."""
    options = [Option(_hours(view, zone), view.member.id) for view in views[:NIGHTS_ON_A_LIST]]
    choice = Choice(strings.WHICH_CHOOSE, to("nights.which"), options)
    row = (Button(strings.PLAN, to("nights.plan")),)
    return Card(strings.WHICH_TITLE, strings.WHICH, rows=(choice, row))


# -- how it stands ------------------------------------------------------------------------------------


def before(view: NightView, now: datetime, notice: str = "") -> Card:
    """Show a night that hasn't begun: who is in it, who looks out for whom, and what is still to do."""
    member = view.member
    text = joined(notice, span(view.night), "\n".join(_lines(view)))
    choose = Button(strings.WHO_LOOKS_OUT, to("nights.choose", member.id), _chief(bool(view.companions)))
    invite = Button(strings.INVITE, to("nights.invite", member.id), _chief(not view.companions))
    card = Button(strings.MY_CARD, to("nights.card", member.id))
    more = Button(strings.MORE, to("nights.more", member.id))
    next_one = choose if view.companions else invite
    row = (hand(member.id), next_one, more) if view.night.watched(now) else (next_one, card, more)
    return Card(strings.HOME_TITLE, text, rows=(row,))


def during(view: NightView, notice: str = "") -> Card:
    """Show a night that is on. Whoever reads it may be drunk: who looks out for them, and the way home."""
    agreed = [one for one in view.look_out if one.agreed]
    lines = [strings.LOOKS_OUT.format(name=labels.name_first(one.name)) for one in agreed]
    lines = lines or [strings.NOBODY_LOOKS_OUT]
    lines += [strings.YOU_LOOK_OUT.format(name=labels.name(one.name)) for one in view.look_after]
    text = joined(notice, "\n".join(lines))
    way = own(NightCard(way=view.card.way))
    at_home = [] if view.member.home_said_at is not None else [im_home(view.member.id)]
    row = (hand(view.member.id), *at_home, Button(strings.MORE, to("nights.more", view.member.id)))
    return Card(strings.TITLE_ON, text, said=way, rows=(row,), large=True)


def more(view: NightView, now: datetime) -> Card:
    """List everything else that can be done now."""
    member, begun = view.member, view.night.begun(now)
    hidden = {"choose"} if not view.companions else set()
    if begun:
        hidden |= {"home"} if member.home_at is not None else set()
    if not view.look_after:
        hidden.add("after")
    options = [Option(label, key) for key, label in strings.MORE_OPTIONS.items() if key not in hidden]
    choice = Choice(strings.MORE_CHOOSE, to("nights.pick", member.id), options)
    return Card(strings.MORE_TITLE, rows=(choice, (back(member.id),)))


# -- one's card ---------------------------------------------------------------------------------------


def card(view: NightView, notice: str = "") -> Card:
    """Show their own card, with the way to change it."""
    member = view.member.id
    row = (Button(strings.CHANGE, to("nights.edit", member)), back(member))
    text = joined(notice, strings.NO_CARD if view.card.blank else "")
    return Card(strings.MY_CARD, text, said=own(view.card), rows=(row,))


def locked(view: NightView) -> Card:
    """Show their own card while it can't be changed."""
    text = strings.LOCKED.format(time=when.clock(view.night.noon_at))
    return Card(strings.MY_CARD, text, said=own(view.card), rows=((back(view.member.id),),))


def kept(card: NightCard, notice: str = "") -> Card:
    """Show the card that they keep for next time."""
    delete = [] if card.blank else [Button(strings.DELETE_KEPT, to("nights.forget"))]
    row = (*delete, Button(strings.BACK, to("nights.open")))
    text = joined(notice, strings.KEPT_NONE if card.blank and not notice else "")
    return Card(strings.KEPT_TITLE, text, said=own(card), rows=(row,))


# -- when to be asked ---------------------------------------------------------------------------------


def home_by(view: NightView, times: Sequence[Time], zone: str) -> Card:
    """Let them say by when they'll be home."""
    prompt, verb = strings.HOME_BY_CHOOSE, to("nights.home_at", view.member.id)
    text = joined(strings.HOME_BY_BODY, "" if view.looked_after else strings.HOME_BY_NOBODY)
    choice = _times(view, times, prompt, verb, view.member.home_at)
    return Card(strings.HOME_BY_TITLE, text, rows=(choice, (back(view.member.id),)), small=_zone(zone))


def check_at(view: NightView, times: Sequence[Time], zone: str) -> Card:
    """Let them choose a time at which they want to be asked how they are."""
    choice = _times(
        view, times, strings.CHECK_CHOOSE, to("nights.check_at", view.member.id), view.member.check_at
    )
    return Card(strings.CHECK_TITLE, strings.CHECK, rows=(choice, (back(view.member.id),)), small=_zone(zone))


def time_of(value: str, view: NightView) -> datetime | None:
    """Return the time that an option of such a list means: minutes after the start; None for no question.

    Raises ValueError for anything else.
    """
    return None if value == NEVER else view.night.starts_at + timedelta(minutes=int(value))


# -- leaving ------------------------------------------------------------------------------------------


def leaving(member: str) -> Card:
    row = (
        Button(strings.YES_LEAVE, to("nights.leave", member)),
        Button(strings.STAY, to("nights.show", member)),
    )
    return Card(strings.LEAVING_TITLE, strings.LEAVING, rows=(row,))


def left() -> Card:
    return Card(strings.LEFT_TITLE, strings.LEFT)


def over(text: CardText) -> Card:
    return Card(text.title, text.body, rows=((Button(strings.TO_NIGHTS, to("nights.open")),),))


# -- parts --------------------------------------------------------------------------------------------


def _lines(view: NightView) -> list[str]:
    names = [labels.name(one.name) for one in view.companions if not one.apart]
    lines = [strings.WITH.format(names=", ".join(names)) if names else strings.ALONE]
    lines += [strings.APART.format(name=labels.name(one.name)) for one in view.companions if one.apart]
    lines += [
        (strings.LOOKS_OUT if one.agreed else strings.HASNT).format(name=labels.name_first(one.name))
        for one in view.look_out
    ] or [strings.NOBODY_LOOKS_OUT]
    lines += [strings.YOU_LOOK_OUT.format(name=labels.name(one.name)) for one in view.look_after]
    asked, checked = view.member.asked_at, view.member.check_at
    way = strings.WAY_HOME if view.looked_after else strings.WAY_HOME_ALONE
    lines.append(strings.NO_WAY_HOME if asked is None else way.format(time=when.clock(asked)))
    lines += [] if checked is None else [strings.CHECK_AT.format(time=when.clock(checked))]
    lines.append(strings.NO_CARD if view.card.blank else strings.HAS_CARD)
    return [f"- {line}" for line in lines]


def _chief(chief: bool) -> Tone:
    return Tone.CHIEF if chief else Tone.QUIET


def _times(view: NightView, times: Sequence[Time], prompt: str, verb: str, chosen: datetime | None) -> Choice:
    options = [
        Option(
            strings.CLOCK_AGAIN.format(time=f"{one.clock:%H:%M}") if one.again else f"{one.clock:%H:%M}",
            str((one.at - view.night.starts_at) // timedelta(minutes=1)),
            chosen=one.at == chosen,
        )
        for one in times
    ]
    return Choice(prompt, verb, [*options, Option(strings.DONT_ASK, NEVER, chosen=chosen is None)])


def _zone(zone: str) -> str:
    return strings.ZONE.format(zone=zone.replace("_", " "))


def _hours(view: NightView, zone: tzinfo) -> str:
    start, end = view.night.starts_at.astimezone(zone), view.night.ends_at.astimezone(zone)
    return strings.NIGHT_OPTION.format(date=_date(start.date()), start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _date(day: date) -> str:
    return strings.DATE.format(weekday=WEEKDAYS[day.weekday()], day=day.day, month=MONTHS[day.month - 1])


def _day(day: date, today: date) -> str:
    special = {-1: strings.LAST_NIGHT, 0: strings.TONIGHT, 1: strings.TOMORROW}.get((day - today).days)
    return special or _date(day)
