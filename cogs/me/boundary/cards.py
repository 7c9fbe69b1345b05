"""The cards of `/boundary`. They show a name only after `Show names`, or right after it was chosen."""

from collections.abc import Mapping, Sequence

from bot.boundaries.models import BOUNDARIES_AT_MOST, Boundary
from bot.ids import PersonId
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Tone
from bot.ui.custom_id import to
from cogs.me.boundary import strings
from cogs.me.boundary.noticing import Ties

_ON_A_PAGE = 20
BACK = Button(strings.BACK, to("boundaries.show"))


def boundary(notice: str = "") -> Card:
    """Explain what a boundary is. It looks the same whether or not any is set: others may see the screen."""
    text = "\n\n".join((notice or strings.INTRO, strings.TEXT, strings.FIRST, strings.LIMITS))
    names = Button(strings.SHOW_NAMES, to("boundaries.names", "0"))
    rows = ((Button(strings.ADD, to("boundaries.choose"), Tone.CHIEF), names),)
    small = "\n".join((strings.SMALL.format(most=BOUNDARIES_AT_MOST), strings.WHEN_DONE))
    return Card(strings.TITLE, text, rows=rows, small=small, close=True)


def choose() -> Card:
    rows = (PersonChoice(strings.ADD_CHOOSE, to("boundaries.chosen")), (BACK,))
    return Card(strings.ADD_TITLE, strings.ADD_TEXT, rows=rows, close=True)


def only_in_a_server(server: str) -> Card:
    name = plain.name(server, "")
    text = strings.ADD_IN_SERVER.format(server=name) if name else strings.ADD_IN_A_SERVER
    return Card(strings.ADD_TITLE, text, rows=((BACK,),), close=True)


def before(
    name: str, ties: Ties, sets: str, back: Button = BACK, notice: str = "", untells: str = "", also: str = ""
) -> Card:
    """Say what the other person can notice, before the boundary is set.

    Only what the person can see themselves is on it, so that it reveals no boundary of the other.
    sets, untells: where the buttons that set the boundary and that take back answers lead. also: what else
    they can notice.
    """
    noticed = ties.noticed
    lines = [*noticed, also] if also else noticed
    shows = "\n".join((strings.NOTICE, *lines)) if lines else strings.NOTHING
    parts = (
        notice,
        strings.BEFORE.format(name=labels.name(name)),
        shows,
        strings.UNTELL_FIRST if untells else "",
        strings.GUESS if noticed else "",
        strings.STAYS if ties.read_from_me else "",
    )
    untell = [Button(strings.UNTELL, untells)] if untells else []
    text = "\n\n".join(part for part in parts if part)
    row = (Button(strings.SET, sets, Tone.CHIEF), *untell, back)
    return Card(strings.BEFORE_TITLE, text, rows=(row,), close=True)


def added(id: str, name: str) -> Card:
    rows = ((Button(strings.TAKE_BACK, to("boundaries.lift", id)), BACK),)
    text = strings.ADDED.format(name=labels.name(name))
    return Card(strings.TITLE, text, rows=rows, small=strings.WHEN_DONE, close=True)


def not_with(sentence: str) -> Card:
    """Say that a boundary with oneself or with a bot is not possible."""
    return Card(strings.TITLE, sentence, rows=((BACK,),), close=True)


def named(boundaries: Sequence[Boundary], names: Mapping[PersonId | None, str], page: int) -> Card:
    """Show twenty boundaries on each page, with the day on which each was set, and a select to remove one."""
    first = page * _ON_A_PAGE
    here = boundaries[first : first + _ON_A_PAGE]
    lines = [
        strings.A_NAME.format(name=labels.name(names.get(b.other, "")), day=when.day(b.made_at)) for b in here
    ]
    options = [Option(labels.option(names.get(b.other, "")), b.id) for b in here]
    removing = [Choice(strings.REMOVE_CHOOSE, to("boundaries.lift"), options)] if options else []
    return Card(
        strings.NAMES_TITLE,
        "\n".join(lines) or strings.NONE,
        rows=(*removing, (*_turn(len(boundaries), first, page), BACK)),
        close=True,
    )


def _turn(count: int, first: int, page: int) -> Sequence[Button]:
    if first + _ON_A_PAGE < count:
        return (Button(strings.FURTHER, to("boundaries.names", str(page + 1))),)
    return (Button(strings.EARLIER, to("boundaries.names", "0")),) if page else ()
