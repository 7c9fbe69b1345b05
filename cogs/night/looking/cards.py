"""The cards of who looks out for whom."""

from collections.abc import Sequence
from enum import Enum

from bot.content.helplines import SupportTopic
from bot.content.library import Library
from bot.nights.models import Quick
from bot.nights.queries import Friend, NightView, Wished
from bot.ui import labels, plain, when
from bot.ui.components import Beside, Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.me.boundary import cards as boundary
from cogs.me.boundary.noticing import Ties
from cogs.night import strings
from cogs.night.parts import back, filled, joined, span, spoken

# -- being looked out for -----------------------------------------------------------------------------


def choose(view: NightView, library: Library, notice: str = "") -> Card:
    """Let them choose who looks out for them, and show who has said yes."""
    text, member = library.night.before.choose, view.member.id
    asked = {one.member for one in view.look_out}
    options = [
        Option(labels.option(one.name), one.member)
        for one in view.companions
        if not one.apart and one.member not in asked
    ]
    rows: list[Row] = [
        Beside(
            (strings.LOOKS_OUT if one.agreed else strings.HASNT).format(name=labels.name_first(one.name)),
            Button(strings.TAKE_BACK, to("nights.take_back", one.id, member)),
        )
        for one in view.look_out
    ]
    rows += [Choice(strings.CHOOSE_PERSON, to("nights.wish", member), options)] if options else []
    alone = not (options or view.look_out)
    invite = [Button(strings.INVITE, to("nights.invite", member))] if not options else []
    body = joined(notice or text.body, strings.CHOOSE_NOBODY if alone else "")
    return Card(text.title, body, rows=(*rows, (*invite, back(member))))


# -- looking out --------------------------------------------------------------------------------------


def wished(one: Wished, library: Library) -> Card:
    """Ask somebody whether they look out for a friend."""
    id = one.look.id
    text = filled(library.night.before.look, library, None, name=labels.name(one.name))
    never = strings.NEVER.format(name=one.name) if one.name else strings.NEVER_UNNAMED
    row = (
        Button(strings.LOOK_OUT, to("nights.agree", id), Tone.CHIEF),
        Button(strings.CANT, to("nights.cant", id)),
        Button(never, to("nights.consider_wish", id)),
    )
    return Card(text.title, joined(span(one.night), text.body), rows=(row,), small=strings.WISHED_SMALL)


def agreed(one: Wished, member: str) -> Card:
    """Confirm that they look out. `member`: the friend's place in the night."""
    row = (Button(strings.THEIR_CARD, to("nights.friend", member)),)
    title = strings.CALM_TITLE.format(name=labels.name(one.name))
    return Card(title, joined(span(one.night), strings.AGREED), rows=(row,))


def declined() -> Card:
    return Card(strings.DECLINED_TITLE, strings.DECLINED)


def before_never(one: Wished, ties: Ties) -> Card:
    """Say what the friend can notice of a boundary, before it is set."""
    back_to = Button(strings.BACK, to("nights.wished", one.look.id))
    sets = to("nights.never_wish", one.look.id)
    return boundary.before(one.name, ties, sets, back_to, also=strings.STAYS_OPEN)


def after(view: NightView) -> Card:
    """List for whom they look out."""
    member = view.member.id
    rows: list[Row] = [
        Beside(
            strings.YOU_LOOK_OUT.format(name=labels.name(one.name)),
            Button(strings.THEIR_CARD, to("nights.friend", one.member)),
        )
        for one in view.look_after
    ]
    options = [Option(labels.option(one.name), one.id) for one in view.look_after]
    rows += [Choice(strings.STOP_CHOOSE, to("nights.stopping", member), options)] if options else []
    text = "" if options else strings.AFTER_NOBODY
    return Card(strings.AFTER_TITLE, text, rows=(*rows, (back(member),)))


def stopping(id: str, name: str, member: str) -> Card:
    row = (Button(strings.YES_STOP, to("nights.stop", id)), back(member))
    return Card(strings.STOPPING_TITLE.format(name=labels.name(name)), strings.STOPPING, rows=(row,))


def stopped(name: str) -> Card:
    return Card(strings.STOPPED_TITLE.format(name=labels.name(name)), strings.STOPPED)


class Why(Enum):
    """Why a friend's card is shown: it was asked for, or they called, or haven't said that they're home."""

    LOOK = "look"
    HAND = "hand"
    MISSED = "missed"


# -- a friend -----------------------------------------------------------------------------------------


def friend(one: Friend, library: Library, country: str | None, why: Why = Why.LOOK, notice: str = "") -> Card:
    """Show a friend's card. When they need a hand, or don't say that they're home, first what to do."""
    name = labels.name_first(one.name)
    texts = {Why.HAND: library.night.during.friend, Why.MISSED: library.night.during.missed}
    if why in texts:
        text = filled(texts[why], library, country, name=name)
        title, body = text.title, text.body
    else:
        title, body = strings.CALM_TITLE.format(name=labels.name(one.name)), span(one.night)
    lines = []
    if one.hand is not None:
        lines.append(strings.CALLED_AT.format(time=when.clock(one.hand.made_at)))
    if one.home:
        lines.append(strings.ALREADY_HOME)
    said = spoken(one.card)
    late = strings.LATE if why is Why.MISSED and one.late else notice
    known = one.hand.quick if why is Why.HAND and one.hand is not None else None
    to_do = _advice(library, country, known, pressed=True) if known is not None else ""
    # What to do comes before what they wrote: it is read in a hurry.
    body = joined(body, to_do, "\n".join(lines), late, "" if said else strings.CARD_EMPTY)
    rows = (_quick(library, one.member.id, known) if why in texts else (), (right_now(library, country),))
    return Card(title, body, said=said, rows=rows, large=why in texts)


def left(name: str, library: Library, country: str | None) -> Card:
    """Say what to do for a friend who called, and has left the night since."""
    text = filled(library.night.during.friend, library, country, name=labels.name_first(name))
    body = joined(text.body, strings.LEFT_SINCE)
    return Card(text.title, body, rows=((right_now(library, country),),), large=True)


def advice(one: Friend, library: Library, country: str | None, quick: Quick) -> Card:
    """Show what to do and say in one of three things that happen."""
    text = library.night.quick.of(quick)
    row = (Button(strings.BACK, to("nights.friend", one.member.id)), right_now(library, country))
    return Card(text.title, _advice(library, country, quick), rows=(row,), large=True)


def gone(text: str, title: str) -> Card:
    return Card(title, text)


def right_now(library: Library, country: str | None) -> Button:
    code = library.country(country).code
    return Button(strings.RIGHT_NOW, to("support.door", code, SupportTopic.NOW))


def _quick(library: Library, member: str, known: Quick | None) -> Sequence[Button]:
    return [
        Button(library.night.quick.of(quick).label, to("nights.friend", member, quick))
        for quick in Quick
        if quick is not known
    ]


def _advice(library: Library, country: str | None, quick: Quick, *, pressed: bool = False) -> str:
    text = library.night.quick.of(quick)
    do = text.do.replace("{emergency}", library.emergency(country))
    words = "\n".join(plain.block(one) for one in text.words)
    head = f"{strings.THEY_PRESSED.format(what=text.own)}\n" if pressed else ""
    return f"{head}{do}\n{strings.SAY}\n{words}"
