"""The cards of `/boundary`; a name stands on one only after `Show names`, or where it was just chosen."""

from collections.abc import Mapping, Sequence

from bot.boundaries.model import MOST, Boundary
from bot.ids import PersonId
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Tone
from bot.ui.custom_id import to
from cogs.me.boundary import words

_ON_A_PAGE = 20
_BACK = Button(words.BACK, to("boundaries.show"))


def boundary(count: int, notice: str = "") -> Card:
    """What a boundary is, and how many there are: no names."""
    match count:
        case 0:
            counted = words.NONE
        case 1:
            counted = words.ONE
        case _:
            counted = words.COUNT.format(count=count)
    text = "\n\n".join(part for part in (notice or words.INTRO, words.TEXT, words.BOTH_WAYS, counted) if part)
    names = [Button(words.SHOW_NAMES, to("boundaries.names", "0"))] if count else []
    rows = ((Button(words.ADD, to("boundaries.choose"), Tone.CHIEF), *names),)
    return Card(words.TITLE, text, rows=rows, small=words.SMALL.format(most=MOST))


def choose() -> Card:
    rows = (PersonChoice(words.ADD_CHOOSE, to("boundaries.chosen")), (_BACK,))
    return Card(words.ADD_TITLE, f"{words.TEXT}\n\n{words.ADD_TEXT}", rows=rows)


def only_in_a_server(server: str) -> Card:
    text = words.ADD_IN_SERVER.format(server=plain.name(server)) if server else words.ADD_IN_A_SERVER
    return Card(words.ADD_TITLE, text, rows=((_BACK,),))


def added(id: str, name: str) -> Card:
    rows = ((Button(words.TAKE_BACK, to("boundaries.lift", id)), _BACK),)
    return Card(words.TITLE, words.ADDED.format(name=_name(name)), rows=rows)


def not_with(sentence: str) -> Card:
    """Oneself, or a bot, was chosen."""
    return Card(words.TITLE, sentence, rows=((_BACK,),))


def named(boundaries: Sequence[Boundary], names: Mapping[PersonId, str], page: int) -> Card:
    """Twenty on a page, each with the day on which it was set, and a select to remove one."""
    first = page * _ON_A_PAGE
    here = boundaries[first : first + _ON_A_PAGE]
    lines = [words.A_NAME.format(name=_name(names.get(b.other, "")), day=when.day(b.made_at)) for b in here]
    options = [Option(plain.option(names.get(b.other, "")) or words.GONE_OPTION, b.id) for b in here]
    removing = [Choice(words.REMOVE_CHOOSE, to("boundaries.lift"), options)] if options else []
    return Card(
        words.NAMES_TITLE,
        "\n".join(lines) or words.NONE,
        rows=(*removing, (*_turn(len(boundaries), first, page), _BACK)),
    )


def _turn(count: int, first: int, page: int) -> Sequence[Button]:
    if first + _ON_A_PAGE < count:
        return (Button(words.FURTHER, to("boundaries.names", str(page + 1))),)
    return (Button(words.EARLIER, to("boundaries.names", "0")),) if page else ()


def _name(name: str) -> str:
    return plain.name(name) if plain.option(name) else words.GONE
