"""The cards of the night itself and of the day after. The first are for somebody who has drunk."""

from bot.content.helplines import SupportTopic
from bot.content.library import Library
from bot.content.models import CardText
from bot.nights.models import Call, Heard, NightCard, Quick
from bot.nights.queries import NightView
from bot.ui import labels, when
from bot.ui.components import Button, Card, Row, Tone
from bot.ui.custom_id import to
from cogs.night import strings
from cogs.night.parts import back, filled, hand, joined, own
from cogs.night.parts import home as im_home

FINE, MORE = "fine", "more"
"""The words of the question of the day after."""


# -- questions ----------------------------------------------------------------------------------------


def how(text: CardText, member: str, *, late: bool = False) -> Card:
    """Ask how they are: at the start, or when they wanted to be asked."""
    row = (
        Button(strings.FINE, to("nights.fine", member), Tone.CHIEF),
        Button(strings.HAND, to("nights.hand", member)),
        im_home(member),
    )
    return _large(text, row, strings.LATE if late else "")


def home(view: NightView, library: Library, country: str | None) -> Card:
    """Ask whether they are home, and say what happens if they don't answer, or what has happened."""
    member, texts = view.member, library.night.during
    told = member.told_at
    time = "" if told is None else when.clock(told)
    asked = texts.home if member.missed_at is None else texts.home_told
    text = filled(asked if view.looked_after else texts.home_alone, library, country, time=time)
    row = (
        Button(strings.HOME, to("nights.home", member.id), Tone.CHIEF),
        Button(strings.OUT, to("nights.out", member.id)),
        Button(strings.HAND, to("nights.hand", member.id)),
    )
    return _large(text, row, strings.LATE if member.asked_late else "")


def fine(library: Library, member: str) -> Card:
    return _large(library.night.during.fine, (back(member),))


def out(library: Library, country: str | None, view: NightView) -> Card:
    """Say when they are asked again, or that they aren't."""
    member, texts, again = view.member, library.night.during, view.member.asked_at
    if again is None or again >= view.night.noon_at:
        return _large(filled(texts.out_late, library, country), (hand(member.id), im_home(member.id)))
    out = texts.out if view.looked_after else texts.out_alone
    text = filled(out, library, country, time=when.clock(again))
    return _large(text, (hand(member.id), im_home(member.id)))


def arrived(library: Library, view: NightView) -> Card:
    told = view.looked_after and view.member.missed_at is not None
    return _large(library.night.during.arrived, (), strings.TOLD_HOME if told else "")


# -- I need a hand ------------------------------------------------------------------------------------


def call(
    made: Call, library: Library, country: str | None, *, waited: bool = False, notice: str = ""
) -> Card:
    """Show who has the message. waited: it has taken so long that they should call whoever hasn't got it."""
    texts = library.night.during
    told = texts.reached if made.settled else texts.calling
    text = filled(texts.nobody if made.nobody else told, library, country)
    lines = [_reached(one.name, one.heard, waited=waited) for one in made.friends]
    quick = made.hand.quick
    what = (
        strings.QUICK if quick is None else strings.TOLD_QUICK.format(what=library.night.quick.of(quick).own)
    )
    body = joined("\n".join(lines), text.body, notice, "" if made.nobody else what)
    rows: tuple[Row, ...] = () if made.nobody else (_quick(made, library),)
    return Card(text.title, body, rows=rows, large=True)


def from_memory(view: NightView, *, begun: bool) -> Card:
    """Show a night that is on while the database can't be used: whom to call for, and the way home."""
    lines = [strings.LOOKS_OUT.format(name=labels.name_first(one.name)) for one in view.look_out]
    body = joined("\n".join(lines) or strings.NOBODY_LOOKS_OUT, strings.LATE_CARD)
    title = strings.TITLE_ON if begun else strings.HOME_TITLE
    way = own(NightCard(way=view.card.way))
    return Card(title, body, said=way, rows=((hand(view.member.id),),), large=True)


def _reached(name: str, heard: Heard, *, waited: bool) -> str:
    sentence = {
        Heard.REACHED: strings.REACHED,
        Heard.TRYING: strings.NOT_YET_REACHED if waited else strings.TRYING,
        Heard.NOT: strings.NOT_REACHED,
    }[heard]
    return sentence.format(name=labels.name_first(name))


def _quick(made: Call, library: Library) -> list[Button]:
    return [
        Button(
            library.night.quick.of(one).own, to("nights.quick", made.hand.id, one),
            Tone.CHIEF if made.hand.quick is one else Tone.QUIET,
        )
        for one in Quick
    ]  # fmt: skip


# -- the day after ------------------------------------------------------------------------------------


def noon(view: NightView, library: Library, country: str | None) -> Card:
    """Ask how the night was. What they press is kept nowhere."""
    member, texts = view.member, library.night.after
    unheard = view.looked_after and member.home_at is not None and member.home_said_at is None
    text = texts.missed_home if unheard else texts.noon
    row = (
        Button(strings.WAS_FINE, to("nights.noon", member.id, FINE), Tone.CHIEF),
        Button(strings.HURT, to("support.door", library.country(country).code, SupportTopic.HURT)),
        Button(strings.MORE, to("nights.noon", member.id, MORE)),
    )
    return Card(text.title, text.body, rows=(row,))


def was_fine(view: NightView, library: Library) -> Card:
    text = library.night.after.fine.filled(time=when.moment(view.night.destroyed_at))
    goes = strings.THANKS_GOES.format(names=_names(view)) if _thanks(view) else ""
    return Card(text.title, joined(text.body, goes), rows=(_thanks(view), _mine(view)))


def after(view: NightView) -> Card:
    """Show what else can be done the day after."""
    off = Button(strings.OFF, to("think.open"))
    goes = strings.THANKS_GOES.format(names=_names(view)) if _thanks(view) else ""
    return Card(
        strings.AFTER_NIGHT_TITLE,
        joined(goes, strings.GOES.format(time=when.moment(view.night.destroyed_at))),
        rows=((off, *_thanks(view)), (*_mine(view), Button(strings.PLAN, to("nights.plan")))),
    )


def thanked(view: NightView) -> Card:
    return Card(strings.THANKED, rows=(_mine(view),))


def own_card(view: NightView, library: Library) -> Card:
    """Show their own card the day after, to be copied or kept."""
    text = library.night.before.again
    keep = [] if view.card.blank else [Button(strings.KEEP, to("nights.keep", view.member.id), Tone.CHIEF)]
    body = strings.NO_CARD if view.card.blank else text.body
    return Card(text.title, body, said=own(view.card), rows=((*keep, back(view.member.id)),))


def _thanks(view: NightView) -> tuple[Button, ...]:
    if not view.looked_after or view.member.thanked_at is not None:
        return ()
    return (Button(strings.THANKS, to("nights.thanks", view.member.id)),)


def _names(view: NightView) -> str:
    """Return who has looked out for them."""
    return ", ".join(f"**{labels.name(one.name)}**" for one in view.look_out if one.agreed)


def _mine(view: NightView) -> tuple[Button, ...]:
    return (Button(strings.SHOW_CARD, to("nights.card", view.member.id)),)


def _large(text: CardText, row: Row, notice: str = "") -> Card:
    return Card(text.title, joined(text.body, notice), rows=(row,), large=True)
